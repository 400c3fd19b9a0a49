import type { Act } from '../audit/index.ts';
import { Forbidden } from '../kernel/index.ts';
import type { Sql } from '../storage/index.ts';

/** A role as it is given: for one app, or, where that is empty, for every one. */
export interface GivenRole {
  readonly role: string;
  readonly client_id: string;
}

/**
 * What an organization's own administrator may map, give and take away: every role but those that the vendor keeps to itself (`delegable: false`).
 * @throws Forbidden `role_not_delegable`, naming the role
 */
export async function require_delegable(sql: Pick<Sql, 'all'>, { role: of_actor }: Act, given: readonly GivenRole[]): Promise<void> {
  if (of_actor !== 'org_admin' || given.length === 0) return;
  const kept = await sql.all<GivenRole>(`SELECT "name" AS "role", "client_id" FROM "roles" WHERE "delegable" = ?`, [false]);
  const refused = given.find(({ role, client_id }) =>
    kept.some((one) => one.role === role && (one.client_id === '' || client_id === '' || one.client_id === client_id)),
  );
  if (refused !== undefined)
    throw new Forbidden('role_not_delegable', `The role ${JSON.stringify(refused.role)} is for the vendor to give and to take away.`);
}
