import type { Act } from '../audit/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { Tx, UserRow } from '../storage/index.ts';
import type { RecordEvent } from '../users/index.ts';
import { sync_groups } from './sync_groups.ts';

interface GroupsDeps {
  readonly record: RecordEvent;
  readonly users: { settle_access(tx: Tx, org_id: OrgId, user_ids: readonly string[], act: Act): Promise<void> };
}

/** Makes the groups that the connection holds a person in those of this sign-in, records it, and lets in or keeps out. Answers whether anything changed. */
export async function apply_groups(
  deps: GroupsDeps,
  tx: Tx,
  user: UserRow,
  names: readonly string[],
  input: { readonly org_id: OrgId; readonly connection: { readonly id: string }; readonly act: Act },
  at: number,
): Promise<boolean> {
  const { org_id, connection, act } = input;
  const { joined, left, made } = await sync_groups(tx, org_id, user.id, names, connection.id, at);
  for (const group of made)
    await deps.record(tx, act, {
      type: 'group.created',
      org_id,
      target: { kind: 'group', id: group.id, name: group.display_name },
      after: { display_name: group.display_name, source: 'login', connection_id: connection.id },
    });
  if (joined.length + left.length === 0) return false;
  await deps.record(tx, act, {
    type: 'user.groups_changed',
    org_id,
    target: { kind: 'user', id: user.id, name: user.user_name },
    before: { left },
    after: { joined, connection_id: connection.id },
  });
  await deps.users.settle_access(tx, org_id, [user.id], act);
  return true;
}
