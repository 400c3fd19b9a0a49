import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { type Clock, hash_token } from '../kernel/index.ts';
import type { Storage } from '../storage/index.ts';

/** Kinds that exist only while their grant lives. */
const GRANTED = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

/** oidc-provider names no life for what never expires. */
const NO_EXPIRY_SECONDS = 10 * 365 * 86_400;

const COLUMNS = '"kind", "id_hash", "payload", "grant_hash", "uid_hash", "user_code_hash", "account_id", "client_id", "expires_at"';
const ON_CONFLICT = `ON CONFLICT ("kind", "id_hash") DO UPDATE SET "payload" = excluded."payload", "grant_hash" = excluded."grant_hash",
  "uid_hash" = excluded."uid_hash", "user_code_hash" = excluded."user_code_hash", "account_id" = excluded."account_id",
  "client_id" = excluded."client_id", "expires_at" = excluded."expires_at" WHERE "oidc_payloads"."consumed_at" IS NULL`;

export interface AdapterDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  /** Registration metadata of a client that may be used now. */
  find_client(client_id: string): Promise<AdapterPayload | undefined>;
}

/**
 * What oidc-provider keeps, in one table: ids hashed, payloads sealed, consumption conditional, tokens only under a living grant.
 * @see https://github.com/panva/node-oidc-provider/blob/main/example/my_adapter.js for the contract
 */
export function make_adapter(deps: AdapterDeps): (kind: string) => Adapter {
  return (kind) => (kind === 'Client' ? client_adapter(deps) : payload_adapter(deps, kind));
}

function client_adapter(deps: AdapterDeps): Adapter {
  const refuse = async (): Promise<never> => {
    throw new errors.InvalidRequest('clients are registered through the admin API');
  };
  return {
    find: (id) => deps.find_client(id),
    upsert: refuse,
    destroy: refuse,
    consume: refuse,
    revokeByGrantId: refuse,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
  };
}

interface Stored {
  id_hash: string;
  payload: string;
  consumed_at: number | string | null;
}

function payload_adapter({ storage, clock }: AdapterDeps, kind: string): Adapter {
  const context = (id_hash: string): string => `oidc/${kind}/${id_hash}`;
  // the row lock keeps a grant from being revoked between this look and the insert
  const live_grant = `EXISTS (SELECT 1 FROM "oidc_payloads" WHERE "kind" = 'Grant' AND "id_hash" = ?${storage.kind === 'postgres' ? ' FOR SHARE' : ''})`;

  const find_by = async (column: string, value: string): Promise<AdapterPayload | undefined> => {
    const row = await storage.sql.get<Stored>(
      `SELECT "id_hash", "payload", "consumed_at" FROM "oidc_payloads" WHERE "kind" = ? AND "${column}" = ?`,
      [kind, value],
    );
    if (row === undefined) return undefined;
    const payload = JSON.parse(storage.seal.open(row.payload, context(row.id_hash))) as AdapterPayload; // sealed by upsert
    return row.consumed_at === null ? payload : { ...payload, consumed: Math.floor(Number(row.consumed_at) / 1000) };
  };

  return {
    async upsert(id, payload, expires_in) {
      const id_hash = hash_token(id);
      const grant_hash = kind === 'Grant' ? id_hash : hashed(payload.grantId);
      const values = [
        kind,
        id_hash,
        storage.seal.seal(JSON.stringify(payload), context(id_hash)),
        grant_hash,
        hashed(payload.uid),
        hashed(payload.userCode),
        payload.accountId ?? null,
        payload.clientId ?? null,
        clock.now() + (expires_in ?? NO_EXPIRY_SECONDS) * 1000,
      ];
      if (!GRANTED.has(kind) || grant_hash === null) {
        await storage.write_once(`INSERT INTO "oidc_payloads" (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ${ON_CONFLICT}`, values);
        return;
      }
      const select = `SELECT ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS bigint)`;
      const inserted = await storage.write_once(`INSERT INTO "oidc_payloads" (${COLUMNS}) ${select} WHERE ${live_grant} ${ON_CONFLICT}`, [
        ...values,
        grant_hash,
      ]);
      if (inserted === 0) throw new errors.InvalidGrant('grant was revoked');
    },
    find: (id) => find_by('id_hash', hash_token(id)),
    findByUid: (uid) => find_by('uid_hash', hash_token(uid)),
    findByUserCode: (user_code) => find_by('user_code_hash', hash_token(user_code)),
    async consume(id) {
      const id_hash = hash_token(id);
      const won = await storage.write_once(
        `UPDATE "oidc_payloads" SET "consumed_at" = ? WHERE "kind" = ? AND "id_hash" = ? AND "consumed_at" IS NULL`,
        [clock.now(), kind, id_hash],
      );
      if (won === 1) return;
      // used twice at once: nobody can tell the thief from the owner, so the whole family ends (RFC 9700 section 4.14.2)
      const row = await storage.sql.get<{ grant_hash: string | null }>(
        `SELECT "grant_hash" FROM "oidc_payloads" WHERE "kind" = ? AND "id_hash" = ?`,
        [kind, id_hash],
      );
      if (row?.grant_hash != null) await storage.write_once(`DELETE FROM "oidc_payloads" WHERE "grant_hash" = ?`, [row.grant_hash]);
      throw kind === 'PushedAuthorizationRequest'
        ? new errors.InvalidRequestUri('request_uri was already used')
        : new errors.InvalidGrant(`${kind} already used`);
    },
    async destroy(id) {
      const id_hash = hash_token(id);
      if (kind === 'Grant') {
        await storage.transact(async (tx) => {
          await tx.sql.run(`DELETE FROM "oidc_payloads" WHERE "grant_hash" = ?`, [id_hash]);
          await tx.sql.run(`DELETE FROM "app_grants" WHERE "grant_hash" = ?`, [id_hash]);
        });
      } else {
        await storage.write_once(`DELETE FROM "oidc_payloads" WHERE "kind" = ? AND "id_hash" = ?`, [kind, id_hash]);
      }
    },
    async revokeByGrantId(grant_id) {
      await storage.write_once(`DELETE FROM "oidc_payloads" WHERE "kind" = ? AND "grant_hash" = ?`, [kind, hash_token(grant_id)]);
    },
  };
}

const hashed = (value: string | undefined): string | null => (value === undefined ? null : hash_token(value));
