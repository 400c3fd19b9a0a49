import type { AccessScope } from '../../kernel/index.ts';
import type { Tx } from '../../storage/index.ts';
import { accounts_of, groups_there } from './accounts.ts';
import type { OutboundDeps } from './deps.ts';
import { enqueue } from './enqueue.ts';

/** An account at an app, whose end is on its way. */
export interface EndingAccount {
  readonly target_id: string;
  readonly client_id: string;
  readonly user_id: string;
  readonly delivery_id: string;
}

/**
 * Whose access ends is switched off at every target where they have an account: on its way in the same unit of work, before the answer leaves.
 * Answers what a receipt lists. Of people and organizations; what ends one connection or session leaves accounts as they are.
 */
export async function end_accounts(deps: Pick<OutboundDeps, 'append_latest'>, tx: Tx, scope: AccessScope): Promise<EndingAccount[]> {
  if (!('org_id' in scope) || 'client_id' in scope || 'session_id' in scope || 'connection_id' in scope) return [];
  const accounts = await accounts_of(tx, scope);
  if (accounts.length === 0) return [];
  const deliveries = await enqueue(deps, tx, accounts, { urgent: true });
  if (!('user_id' in scope)) await enqueue(deps, tx, await groups_there(tx, scope.org_id));
  const targets = await tx.sql.all<{ id: string; client_id: string }>(`SELECT "id", "client_id" FROM "scim_targets"`);
  const clients = new Map(targets.map(({ id, client_id }) => [id, client_id]));
  return accounts.map(({ target_id, id }, index) => ({
    ...{ target_id, client_id: clients.get(target_id) ?? '', user_id: id },
    delivery_id: deliveries[index] ?? '',
  }));
}
