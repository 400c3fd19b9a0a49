import type { Act, Audit } from '../audit/index.ts';
import { Conflict, NotFound, rfc3339 } from '../kernel/index.ts';
import type { SecondFactorRow, Storage, Tx } from '../storage/index.ts';
import { forget_recovery_codes } from './recovery_codes.ts';

export interface SecondFactorView {
  readonly id: string;
  readonly kind: 'totp' | 'passkey';
  readonly name: string;
  readonly last_used_at: string | null;
  readonly created_at: string;
}

/** What the holders of admin keys show beside them. */
export interface SecondFactors {
  /** Those that count, oldest first. */
  list(admin_key_id: string): Promise<SecondFactorView[]>;
  rows(admin_key_id: string): Promise<SecondFactorRow[]>;
  codes_left(admin_key_id: string): Promise<number>;
  /** One that its owner has begun and not shown yet. */
  begun(admin_key_id: string, id: string): Promise<SecondFactorRow | undefined>;
  /** @throws NotFound | Conflict for the last one where one must stay */
  remove(admin_key_id: string, id: string, act: Act, one_must_stay: boolean): Promise<void>;
  /** All of a key: its holder lost them. Sessions under it end. */
  reset(admin_key_id: string, act: Act): Promise<void>;
  /** The key is gone. */
  forget(tx: Tx, admin_key_id: string): Promise<void>;
}

export function make_second_factors({ storage, record }: { readonly storage: Storage; readonly record: Audit['record'] }): SecondFactors {
  const rows: SecondFactors['rows'] = async (admin_key_id) =>
    (await storage.gateway.second_factors.find({ admin_key_id }))
      .filter(({ confirmed_at }) => confirmed_at !== null)
      .sort((a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1));
  const forget: SecondFactors['forget'] = async (tx, admin_key_id) => {
    await tx.gateway.second_factors.delete({ admin_key_id });
    await forget_recovery_codes(tx, admin_key_id);
    await tx.gateway.console_sessions.delete({ subject_id: admin_key_id });
  };
  return {
    rows,
    forget,
    list: async (admin_key_id) => (await rows(admin_key_id)).map(present),
    codes_left: (admin_key_id) => storage.gateway.recovery_codes.count({ admin_key_id }),
    async begun(admin_key_id, id) {
      const row = await storage.gateway.second_factors.find_one({ admin_key_id, id });
      return row?.confirmed_at === null ? row : undefined;
    },
    async remove(admin_key_id, id, act, one_must_stay) {
      await storage.transact(async (tx) => {
        await one_at_a_time(tx, admin_key_id);
        const row = await tx.gateway.second_factors.find_one({ admin_key_id, id });
        if (row === undefined || (await tx.gateway.second_factors.delete({ admin_key_id, id })) === 0) throw new NotFound('second factor');
        const left = (await tx.gateway.second_factors.find({ admin_key_id })).filter(({ confirmed_at }) => confirmed_at !== null);
        if (one_must_stay && left.length === 0)
          throw new Conflict('last_second_factor', 'A second factor is required here: set up another before you remove this one.');
        // codes stand in for a factor: without one they would be all there is
        if (left.length === 0) await forget_recovery_codes(tx, admin_key_id);
        await record(tx, act, { type: 'second_factor.removed', target: target_of(admin_key_id), before: { ...present(row) } });
      });
    },
    async reset(admin_key_id, act) {
      const before = await rows(admin_key_id);
      await storage.transact(async (tx) => {
        await forget(tx, admin_key_id);
        await record(tx, act, { type: 'second_factor.removed', target: target_of(admin_key_id), before: { all: before.map(present) } });
      });
    },
  };
}

/** Of two that change the factors of a key at once, each from a session of it, the second waits and then sees what the first has done. */
export const one_at_a_time = (tx: Tx, admin_key_id: string): Promise<unknown> =>
  tx.sql.run(`UPDATE "console_sessions" SET "factor" = "factor" WHERE "subject_id" = ?`, [admin_key_id]);

export const target_of = (admin_key_id: string) => ({ kind: 'admin_key', id: admin_key_id });

export const present = ({ id, kind, name, last_used_at, created_at }: SecondFactorRow): SecondFactorView => ({
  ...{ id, kind, name },
  last_used_at: last_used_at === null ? null : rfc3339(last_used_at),
  created_at: rfc3339(created_at),
});
