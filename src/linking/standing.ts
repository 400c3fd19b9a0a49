import type { OrgId } from '../kernel/index.ts';
import { LoginRefused } from '../kernel/index.ts';
import type { Tx, UserRow } from '../storage/index.ts';
import { type RawUser, read_user } from '../users/index.ts';

type Raw = Omit<RawUser, 'id'> & {
  readonly id: string | null;
  readonly org_status: string;
  readonly connection_enabled: boolean | number;
  readonly identity_id: string | null;
};

export interface Known {
  readonly identity_id: string;
  readonly user: UserRow;
}

/**
 * Whoever this subject of this connection already is; undefined at a first sign-in. One statement, which also sees that organization
 * and connection may still be used. The subject is compared byte by byte.
 * @throws LoginRefused `organization_suspended`, `connection_disabled`
 */
export async function standing(tx: Tx, org_id: OrgId, connection_id: string, subject: string): Promise<Known | undefined> {
  const raw = await tx.sql.get<Raw>(
    `SELECT u.*, o."status" AS "org_status", c."enabled" AS "connection_enabled", i."id" AS "identity_id"
     FROM "connections" c JOIN "organizations" o ON o."id" = c."org_id"
     LEFT JOIN "identities" i ON i."org_id" = c."org_id" AND i."connection_id" = c."id" AND i."subject" = ?
     LEFT JOIN "users" u ON u."org_id" = i."org_id" AND u."id" = i."user_id"
     WHERE c."org_id" = ? AND c."id" = ?`,
    [subject, org_id, connection_id],
  );
  if (raw === undefined) throw new LoginRefused('connection_disabled', 'This connection may not be used.');
  if (raw.org_status !== 'active') throw new LoginRefused('organization_suspended', 'This organization is suspended.');
  if (!raw.connection_enabled) throw new LoginRefused('connection_disabled', 'This connection may not be used.');
  if (raw.identity_id === null || raw.id === null) return undefined;
  const { org_status: _status, connection_enabled: _enabled, identity_id, ...user } = raw;
  return { identity_id, user: read_user({ ...user, id: raw.id }) };
}
