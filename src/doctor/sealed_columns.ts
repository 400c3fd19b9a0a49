import { sealed_columns as of_organizations } from '../organizations/index.ts';
import type { SealedColumn } from '../storage/index.ts';

type Key = Readonly<Record<string, string>>;

const at =
  (kind: string, names: readonly string[], field = '') =>
  (key: Key): string =>
    [kind, ...names.map((name) => key[name] ?? '')].join('/') + field;

const column = (table: string, name: string, key: readonly string[], context: SealedColumn['context']): SealedColumn => ({
  table,
  column: name,
  key,
  context,
});

/** Every column that holds something sealed, with the context it was sealed under. A test holds this list to the schema, and to what is really written. */
export const sealed_columns: readonly SealedColumn[] = [
  ...of_organizations,
  column('signal_streams', 'sealed_authorization', ['id'], at('signal_stream', ['id'])),
  column('signing_keys', 'sealed_private_jwk', ['id'], at('signing_key', ['id'])),
  column('oidc_payloads', 'payload', ['kind', 'id_hash'], at('oidc', ['kind', 'id_hash'])),
  column('login_attempts', 'sealed_pending', ['id'], at('login_attempt', ['id'], '/pending')),
  column('login_attempts', 'sealed_result', ['id'], at('login_attempt', ['id'], '/result')),
  column('sessions', 'sealed_upstream', ['org_id', 'id'], at('session', ['org_id', 'id'])),
  column('rechecks', 'sealed_kept', ['org_id', 'session_id'], at('recheck', ['org_id', 'session_id'])),
  column('import_rows', 'sealed_row', ['org_id', 'job_id', 'id'], at('import_row', ['org_id', 'job_id', 'id'])),
  column('import_rows', 'sealed_report', ['org_id', 'job_id', 'id'], at('import_row', ['org_id', 'job_id', 'id'], '/report')),
  column('scim_requests', 'sealed_request', ['org_id', 'id'], at('scim_request', ['org_id', 'id'])),
  column('login_traces', 'sealed_personal', ['id'], at('login_trace', ['id'])),
  column('idempotency_keys', 'sealed_answer', ['scope', 'key_hash'], at('idempotency', ['scope', 'key_hash'])),
  column('outbox', 'sealed_payload', ['id'], at('outbox', ['id'])),
  column('second_factors', 'sealed_secret', ['id'], at('second_factor', ['id'])),
  column('audit_chain', 'sealed_head', ['id'], at('audit_chain', ['id'])),
];
