/** Audit events for other systems, one per line. */
export { EXPORT_FORMATS, type ExportFormat, format_line, media_type } from './formats.ts';
