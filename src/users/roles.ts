import type { Act } from '../audit/index.ts';
import type { OrgId } from '../kernel/index.ts';
import { require_delegable } from '../organizations/index.ts';
import type { Tx, UserRow } from '../storage/index.ts';
import type { WriteDeps } from './record.ts';
import type { RoleGrant } from './schemas.ts';

/** Makes the roles that a person was given by hand exactly these, and records it. Answers whether anything changed. */
export async function set_roles(
  deps: Pick<WriteDeps, 'record'>,
  tx: Tx,
  user: Pick<UserRow, 'org_id' | 'id' | 'user_name'>,
  roles: readonly RoleGrant[],
  act: Act,
): Promise<boolean> {
  const org_id = user.org_id as OrgId; // a row comes from its organization's store
  const { user_roles } = tx.org(org_id);
  const wanted = new Map(roles.map((grant) => [key_of(grant), parts_of(grant)]));
  const present = new Map(
    (await user_roles.find({ user_id: user.id })).map(({ role, client_id }) => [key_of({ role, client_id }), { role, client_id }]),
  );
  const added = [...wanted].filter(([key]) => !present.has(key)).map(([, grant]) => grant);
  const removed = [...present].filter(([key]) => !wanted.has(key)).map(([, grant]) => grant);
  if (added.length + removed.length === 0) return false;
  await require_delegable(tx.sql, act, [...added, ...removed]);
  for (const grant of removed) await user_roles.delete({ user_id: user.id, ...grant });
  for (const grant of added) await user_roles.insert({ user_id: user.id, ...grant });
  await deps.record(tx, act, {
    type: 'user.roles_changed',
    org_id,
    target: { kind: 'user', id: user.id, name: user.user_name },
    before: { removed },
    after: { added },
  });
  return true;
}

/** A role without an app is for every app. */
const parts_of = (grant: RoleGrant): { role: string; client_id: string } =>
  typeof grant === 'string' ? { role: grant, client_id: '' } : grant;

const key_of = (grant: RoleGrant): string => JSON.stringify(Object.values(parts_of(grant)));
