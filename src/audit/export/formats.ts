import { cef_line } from './cef.ts';
import type { ChainedEvent } from './chained_event.ts';
import { ecs_event } from './ecs.ts';
import { ocsf_event } from './ocsf.ts';

export const EXPORT_FORMATS = ['ndjson', 'ocsf', 'ecs', 'cef'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** One line per event, without its end. */
export const format_line: Readonly<Record<ExportFormat, (event: ChainedEvent) => string>> = {
  ndjson: (event) => JSON.stringify(event),
  ocsf: (event) => JSON.stringify(ocsf_event(event)),
  ecs: (event) => JSON.stringify(ecs_event(event)),
  cef: cef_line,
};

export const media_type = (format: ExportFormat): string =>
  format === 'cef' ? 'text/plain; charset=utf-8' : 'application/x-ndjson; charset=utf-8';
