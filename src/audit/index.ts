/**
 * Audit: the append-only record, login traces, and appending to the outbox in the writer's own transaction.
 * Owns no delivery (events) and no rule of what is worth recording. Imports kernel and storage.
 */
export * from './act.ts';
