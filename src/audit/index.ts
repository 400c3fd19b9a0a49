/**
 * Audit: the append-only record, login traces, receipts, and appending to the outbox in the writer's own transaction.
 * Owns no delivery (events) and no rule of what is worth recording. Imports kernel and storage.
 */
export * from './act.ts';
export {
  type Audit,
  type AuditDeps,
  type EventListRequest,
  type Exported,
  type ExportRequest,
  make_audit,
  type TraceListRequest,
} from './audit.ts';
export type { LatestEntry } from './append_latest.ts';
export type { AuditEvent } from './event.ts';
export { type ChainReport, ERASED } from './chain/index.ts';
export { EXPORT_FORMATS, type ExportFormat, media_type } from './export/index.ts';
export { ids_of_person } from './ids_of_person.ts';
export { erase_person, traces_of_person } from './erase.ts';
export { EVENT_TYPES, type EventType, is_event_filter, is_event_type } from './event_types.ts';
export { mask_line, mask_personal } from './mask.ts';
export type { Heard } from './publish.ts';
export type { OutboxEntry } from './outbox.ts';
export { EVENT_HOOK, type EventMessage, type Subscriber } from './publish.ts';
export { make_receipts, type NewReceipt, receipt_schemas, type Receipts, type ReceiptView } from './receipt.ts';
export { new_reference, read_reference } from './reference.ts';
export { type RecordKept, trim_record } from './trim_record.ts';
export type { Trace, TraceReader } from './trace.ts';
export { type AuditEventView, audit_schemas, type TraceSummary, type TraceView } from './views.ts';
