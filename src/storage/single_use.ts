import { hash_token } from '../kernel/index.ts';
import type { Storage, Tx } from './storage.ts';

const FIRST_USE = `INSERT INTO "first_uses" ("scope", "key_hash", "expires_at") VALUES (?, ?, ?) ON CONFLICT DO NOTHING`;

/** True the first time `key` is seen in `scope` before `expires_at` (epoch milliseconds), in every process: the row is the use. */
export async function first_use(storage: Storage, scope: string, key: string, expires_at: number): Promise<boolean> {
  return (await storage.write_once(FIRST_USE, [scope, hash_token(key), expires_at])) === 1;
}

/** The same within a unit of work: when that is undone, so is the use. */
export async function first_use_within({ sql }: Pick<Tx, 'sql'>, scope: string, key: string, expires_at: number): Promise<boolean> {
  return (await sql.run(FIRST_USE, [scope, hash_token(key), expires_at])) === 1;
}

/** Removes what has expired, a batch of each table; answers how many rows went. */
export async function sweep_expired(storage: Storage, now: number): Promise<number> {
  // what is known of an app's grant goes with the grant
  let swept = await storage.write_once(
    `DELETE FROM "app_grants" WHERE "grant_hash" IN (SELECT "id_hash" FROM "oidc_payloads" WHERE "kind" = 'Grant' AND "expires_at" < ?)`,
    [now],
  );
  for (const table of [
    'oidc_payloads',
    'login_attempts',
    'first_uses',
    'login_traces',
    'idempotency_keys',
    'sessions',
    'rechecks',
    'console_sessions',
  ]) {
    swept += await storage.write_once(`DELETE FROM "${table}" WHERE "expires_at" < ?`, [now]);
  }
  swept += await storage.write_once(`DELETE FROM "rate_limits" WHERE "expire" < ?`, [now]);
  return swept;
}
