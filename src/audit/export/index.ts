/** Audit events for other systems, one per line. */
export type { ChainedEvent } from './chained_event.ts';
export { EXPORT_FORMATS, type ExportFormat, format_line, media_type } from './formats.ts';
