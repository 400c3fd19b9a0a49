import { hash_token, random_token } from '../kernel/index.ts';
import type { ConsoleSessionRow, Storage, Tx } from '../storage/index.ts';

const MINUTE_MS = 60_000;
/** Without a request. */
export const IDLE_MS = 30 * MINUTE_MS;
/** However much it is used. */
const LIFE_MS = 8 * 60 * MINUTE_MS;

/** Who comes in, by what, from where. */
export type NewConsoleSession = Pick<ConsoleSessionRow, 'kind' | 'subject_id' | 'credential_hash' | 'factor' | 'ip' | 'user_agent'>;

/** Sessions of the console: the browser has a random token, the database its hash. */
export interface ConsoleSessions {
  /** Always a token that nobody has seen before: one that the browser brought along is never taken over. */
  open(tx: Tx, session: NewConsoleSession): Promise<string>;
  /** The session while it lives; being asked for keeps it alive. */
  find(token: string): Promise<ConsoleSessionRow | undefined>;
  /** The same session with its factor shown, under a new token; undefined when it has ended meanwhile. */
  pass(tx: Tx, row: ConsoleSessionRow): Promise<string | undefined>;
  /** Keeps what the next passkey ceremony must sign. */
  challenge(row: ConsoleSessionRow, challenge: string): Promise<void>;
  /** Takes it, once: of two that answer it one wins. */
  take_challenge(row: ConsoleSessionRow): Promise<string | undefined>;
  end(id: string): Promise<boolean>;
}

export function make_console_sessions({ storage, now }: { readonly storage: Storage; readonly now: () => number }): ConsoleSessions {
  const insert = async (tx: Tx, row: Omit<ConsoleSessionRow, 'id'>): Promise<string> => {
    const token = random_token();
    await tx.gateway.console_sessions.insert({ ...row, id: hash_token(token) });
    return token;
  };
  return {
    open(tx, session) {
      const at = now();
      return insert(tx, { ...session, challenge: null, created_at: at, ends_at: at + LIFE_MS, expires_at: at + IDLE_MS });
    },
    async find(token) {
      const row = await storage.gateway.console_sessions.find_one({ id: hash_token(token) });
      const at = now();
      if (row === undefined || row.expires_at <= at || row.ends_at <= at) return undefined;
      const kept_until = Math.min(row.ends_at, at + IDLE_MS);
      if (kept_until - row.expires_at >= MINUTE_MS)
        await storage.write_once('UPDATE "console_sessions" SET "expires_at" = ? WHERE "id" = ? AND "expires_at" > ?', [
          kept_until,
          row.id,
          at,
        ]);
      return row;
    },
    async pass(tx, row) {
      if ((await tx.gateway.console_sessions.delete({ id: row.id })) === 0) return undefined;
      return insert(tx, { ...row, factor: 'passed', challenge: null });
    },
    async challenge(row, challenge) {
      await storage.write_once('UPDATE "console_sessions" SET "challenge" = ? WHERE "id" = ?', [challenge, row.id]);
    },
    async take_challenge({ id, challenge }) {
      if (challenge === null) return undefined;
      const taken = await storage.write_once('UPDATE "console_sessions" SET "challenge" = NULL WHERE "id" = ? AND "challenge" = ?', [
        id,
        challenge,
      ]);
      return taken === 1 ? challenge : undefined;
    },
    end: async (id) => (await storage.write_once('DELETE FROM "console_sessions" WHERE "id" = ?', [id])) === 1,
  };
}
