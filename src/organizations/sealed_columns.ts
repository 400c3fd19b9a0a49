import type { SealedColumn } from '../storage/index.ts';
import { client_secret_context } from './client/index.ts';
import { hook_context } from './hooks/index.ts';
import { target_context } from './scim_target/index.ts';
import { key_context, secrets_context } from './connection/index.ts';

/** What this room seals, for whoever seals it anew under another secret. */
export const sealed_columns: readonly SealedColumn[] = [
  { table: 'clients', column: 'sealed_secret', key: ['id'], context: ({ id = '' }) => client_secret_context(id) },
  { table: 'inline_hooks', column: 'sealed_secrets', key: ['id'], context: ({ id = '' }) => hook_context(id) },
  { table: 'event_hooks', column: 'sealed_secrets', key: ['id'], context: ({ id = '' }) => hook_context(id) },
  { table: 'scim_targets', column: 'sealed_secret', key: ['id'], context: ({ id = '' }) => target_context(id) },
  {
    table: 'connections',
    column: 'sealed_secrets',
    key: ['org_id', 'id'],
    context: ({ org_id = '', id = '' }) => secrets_context(org_id, id),
  },
  {
    table: 'connection_keys',
    column: 'sealed_private_key',
    key: ['org_id', 'id'],
    context: ({ org_id = '', id = '' }) => key_context(org_id, id),
  },
];
