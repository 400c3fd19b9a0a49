import { type OrgId, parse_email, rfc3339 } from '../kernel/index.ts';
import type { GroupRow, Sql, UserRow } from '../storage/index.ts';
import { batches, marks } from './batches.ts';
import type { PresentedGroup, PresentedUser, RoleGrant } from './schemas.ts';

/** Anything that reads: the storage, or a unit of work. */
export type Reader = Pick<Sql, 'all'>;

/** A row that hangs on one of the shown ones. */
interface Joined {
  owner: string;
}

/** People as the API shows them: four statements for a whole page. */
export async function present_users(
  sql: Reader,
  org_id: OrgId,
  rows: readonly UserRow[],
  proven: ReadonlySet<string>,
): Promise<PresentedUser[]> {
  const ids = rows.map((row) => row.id);
  const identities = await grouped<Joined & { connection_id: string; subject: string; last_login_at: number | string | null }>(
    sql,
    `SELECT "user_id" AS "owner", "connection_id", "subject", "last_login_at" FROM "identities" WHERE "org_id" = ? AND "user_id" IN (:ids) ORDER BY "created_at", "id"`,
    org_id,
    ids,
  );
  const groups = await grouped<Joined & { id: string; display_name: string }>(
    sql,
    `SELECT m."user_id" AS "owner", g."id", g."display_name" FROM "group_members" m JOIN "groups" g ON g."org_id" = m."org_id" AND g."id" = m."group_id"
     WHERE m."org_id" = ? AND m."user_id" IN (:ids) ORDER BY g."display_name_key"`,
    org_id,
    ids,
  );
  const roles = await grouped<Joined & { role: string; client_id: string }>(
    sql,
    `SELECT "user_id" AS "owner", "role", "client_id" FROM "user_roles" WHERE "org_id" = ? AND "user_id" IN (:ids) ORDER BY "role", "client_id"`,
    org_id,
    ids,
  );
  const former = await grouped<Joined & { id: string }>(
    sql,
    `SELECT "user_id" AS "owner", "id" FROM "user_aliases" WHERE "org_id" = ? AND "user_id" IN (:ids) ORDER BY "created_at", "id"`,
    org_id,
    ids,
  );
  return rows.map((row) => ({
    id: row.id,
    former_ids: (former.get(row.id) ?? []).map(({ id }) => id),
    user_name: row.user_name,
    email: row.email,
    email_verified: email_verified(row, proven),
    given_name: row.given_name,
    family_name: row.family_name,
    display_name: row.display_name,
    active: row.active,
    in_allowed_group: row.kept_out_at === null,
    external_id: row.external_id,
    attributes: row.attributes,
    written_by: row.written_by ?? {},
    identities: (identities.get(row.id) ?? []).map(({ connection_id, subject, last_login_at }) => ({
      connection_id,
      subject,
      last_login_at: time_or_null(last_login_at),
    })),
    groups: (groups.get(row.id) ?? []).map(({ id, display_name }) => ({ id, display_name })),
    roles: (roles.get(row.id) ?? []).map(present_role),
    source: row.source,
    last_login_at: time_or_null(row.last_login_at),
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  }));
}

/** True only under a domain that the organization has proven, and never when the partner itself said false. */
export function email_verified(row: Pick<UserRow, 'email' | 'email_denied'>, proven: ReadonlySet<string>): boolean {
  const domain = row.email === null || row.email_denied ? undefined : parse_email(row.email)?.domain;
  return domain !== undefined && proven.has(domain);
}

/** Groups as the API shows them: one statement for the members of a whole page. */
export async function present_groups(sql: Reader, org_id: OrgId, rows: readonly GroupRow[]): Promise<PresentedGroup[]> {
  const members = await grouped<Joined & { user_id: string }>(
    sql,
    `SELECT "group_id" AS "owner", "user_id" FROM "group_members" WHERE "org_id" = ? AND "group_id" IN (:ids) ORDER BY "user_id"`,
    org_id,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    display_name: row.display_name,
    external_id: row.external_id,
    members: (members.get(row.id) ?? []).map((member) => member.user_id),
    source: row.source,
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  }));
}

const present_role = ({ role, client_id }: { role: string; client_id: string }): RoleGrant =>
  client_id === '' ? role : { role, client_id };
const time_or_null = (at: number | string | null): string | null => (at === null ? null : rfc3339(Number(at)));

async function grouped<Row extends Joined>(
  sql: Reader,
  statement: string,
  org_id: OrgId,
  ids: readonly string[],
): Promise<Map<string, Row[]>> {
  const found = new Map<string, Row[]>();
  for (const batch of batches(ids)) {
    for (const row of await sql.all<Row>(statement.replace(':ids', marks(batch)), [org_id, ...batch])) {
      const list = found.get(row.owner);
      if (list === undefined) found.set(row.owner, [row]);
      else list.push(row);
    }
  }
  return found;
}
