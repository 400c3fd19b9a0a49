import { Conflict, hash_token, LoginRefused, type OrgId } from '../kernel/index.ts';
import type { Storage, Tx } from '../storage/index.ts';
import type { Step } from './deps.ts';
import type { Pending } from '../../connectors/connector.ts';

/** What the app asked for, as far as later steps need it. */
export interface AskedFor {
  readonly login_hint?: string;
  readonly force_authn?: boolean;
  readonly max_age?: number;
  readonly acr_values?: readonly string[];
  readonly ui_locales?: string;
  /** Of a test: the path of ours where it ends. */
  readonly back?: string;
}

/** One sign-in in flight. The organization and connection in it are the only ones that later steps may use. */
export interface Attempt {
  readonly id: string;
  /** A test ends on a page of its own: no user, no session, no app. */
  readonly purpose: 'login' | 'test';
  readonly browser_hash: string;
  readonly client_id: string;
  readonly asked: AskedFor;
  readonly started_at: number;
  readonly expires_at: number;
  reference: string;
  org_id: OrgId | undefined;
  connection_id: string | undefined;
  /** Typed or hinted, for the partner's page and ours. */
  login_hint: string | undefined;
  handle: string | undefined;
  pending: Pending | undefined;
  steps: Step[];
  /** Of a test: what the answer said of itself before it was verified. For the page at the end and the trace; nothing else reads it, and it is not saved here. */
  heard?: Readonly<Record<string, unknown>>;
}

interface AttemptRow {
  id: string;
  purpose: string;
  browser_hash: string;
  client_id: string | null;
  org_id: string | null;
  connection_id: string | null;
  reference: string;
  request: string;
  sealed_pending: string | null;
  sealed_result: string | null;
  steps: string;
  answered_at: number | string | null;
  finished_at: number | string | null;
  started_at: number | string;
  expires_at: number | string;
}

const context = (id: string, field: string): string => `login_attempt/${id}/${field}`;

export function make_attempts(storage: Storage, now: () => number) {
  const read = (row: AttemptRow): Attempt & { answer: unknown; finished: boolean } => {
    const request = JSON.parse(row.request) as { asked: AskedFor; login_hint?: string }; // written by save
    return {
      id: row.id,
      purpose: row.purpose === 'test' ? 'test' : 'login',
      browser_hash: row.browser_hash,
      client_id: row.client_id ?? '',
      asked: request.asked,
      login_hint: request.login_hint,
      started_at: Number(row.started_at),
      expires_at: Number(row.expires_at),
      reference: row.reference,
      org_id: (row.org_id ?? undefined) as OrgId | undefined, // branded when it was written
      connection_id: row.connection_id ?? undefined,
      handle: undefined,
      pending:
        row.sealed_pending === null
          ? undefined
          : (JSON.parse(storage.seal.open(row.sealed_pending, context(row.id, 'pending'))) as Pending), // sealed by save
      steps: JSON.parse(row.steps) as Step[], // written by save
      answer: row.sealed_result === null ? undefined : JSON.parse(storage.seal.open(row.sealed_result, context(row.id, 'result'))),
      finished: row.finished_at !== null,
    };
  };
  const live = (row: AttemptRow | undefined): ReturnType<typeof read> | undefined =>
    row === undefined || row.purpose === 'logout' || Number(row.expires_at) <= now() ? undefined : read(row);

  return {
    /** Stores the whole attempt as it is now; a departure of before, and its answer, are forgotten. @throws LoginRefused 400 when it is another browser's or finished */
    async save(attempt: Attempt): Promise<void> {
      const request = JSON.stringify({ asked: attempt.asked, ...(attempt.login_hint !== undefined && { login_hint: attempt.login_hint }) });
      const sealed_pending =
        attempt.pending === undefined ? null : storage.seal.seal(JSON.stringify(attempt.pending), context(attempt.id, 'pending'));
      const stored = await storage.write_once(
        `INSERT INTO "login_attempts" ("id", "purpose", "browser_hash", "handle_hash", "org_id", "connection_id", "client_id", "reference", "request", "sealed_pending", "steps", "started_at", "expires_at")
         VALUES (?, 'login', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT ("id") DO UPDATE SET "handle_hash" = excluded."handle_hash", "org_id" = excluded."org_id", "connection_id" = excluded."connection_id",
           "reference" = excluded."reference", "request" = excluded."request", "sealed_pending" = excluded."sealed_pending", "sealed_result" = NULL, "answered_at" = NULL, "steps" = excluded."steps"
         WHERE "login_attempts"."browser_hash" = excluded."browser_hash" AND "login_attempts"."finished_at" IS NULL`,
        [
          attempt.id,
          attempt.browser_hash,
          attempt.handle === undefined ? null : hash_token(attempt.handle),
          attempt.org_id ?? null,
          attempt.connection_id ?? null,
          attempt.client_id,
          attempt.reference,
          request,
          sealed_pending,
          JSON.stringify(attempt.steps.slice(-100)),
          attempt.started_at,
          attempt.expires_at,
        ],
      );
      if (stored === 0)
        throw new LoginRefused('login_expired', 'This sign-in has ended.', {
          status: 400,
          detail: 'attempt finished, or of another browser',
        });
    },

    /** Another try of the same attempt: its reference and steps start anew, what is pending stays. */
    async renew(attempt: Attempt): Promise<void> {
      await storage.write_once(`UPDATE "login_attempts" SET "reference" = ?, "steps" = ? WHERE "id" = ? AND "finished_at" IS NULL`, [
        attempt.reference,
        JSON.stringify(attempt.steps),
        attempt.id,
      ]);
    },

    async find(id: string): Promise<(Attempt & { answer: unknown; finished: boolean }) | undefined> {
      return live(await storage.sql.get<AttemptRow>(`SELECT * FROM "login_attempts" WHERE "id" = ?`, [id]));
    },

    /** The attempt that a callback answers, if it belongs to this connection and nobody has answered it yet. */
    async find_by_handle(handle: string, connection_id: string): Promise<Attempt | undefined> {
      const row = await storage.sql.get<AttemptRow>(
        `SELECT * FROM "login_attempts" WHERE "handle_hash" = ? AND "connection_id" = ? AND "answered_at" IS NULL AND "finished_at" IS NULL`,
        [hash_token(handle), connection_id],
      );
      return live(row);
    },

    /** Stores the verified answer, once: of parallel answers to one request exactly one gets here. @throws Conflict */
    async answer(attempt: Attempt, handle: string, result: unknown): Promise<void> {
      const won = await storage.write_once(
        `UPDATE "login_attempts" SET "sealed_result" = ?, "answered_at" = ?, "steps" = ?, "sealed_pending" = NULL
         WHERE "id" = ? AND "handle_hash" = ? AND "answered_at" IS NULL AND "finished_at" IS NULL AND "expires_at" > ?`,
        [
          storage.seal.seal(JSON.stringify(result), context(attempt.id, 'result')),
          now(),
          JSON.stringify(attempt.steps.slice(-100)),
          attempt.id,
          hash_token(handle),
          now(),
        ],
      );
      if (won !== 1) throw new Conflict('answer_replayed', 'This answer was used before.');
    },

    /** Keeps what the partner said while the person is asked something. @throws LoginRefused 400 when the sign-in is over */
    async keep_answer(attempt: Attempt, result: unknown): Promise<void> {
      const kept = await storage.write_once(
        `UPDATE "login_attempts" SET "sealed_result" = ?, "answered_at" = ?, "steps" = ? WHERE "id" = ? AND "purpose" = 'login' AND "finished_at" IS NULL AND "expires_at" > ?`,
        [
          storage.seal.seal(JSON.stringify(result), context(attempt.id, 'result')),
          now(),
          JSON.stringify(attempt.steps.slice(-100)),
          attempt.id,
          now(),
        ],
      );
      if (kept !== 1) throw new LoginRefused('login_expired', 'This sign-in has ended.', { status: 400 });
    },

    /** The first browser that opens a test has it. @throws LoginRefused 400 for any other, and for a test that is over */
    async claim_test(id: string, browser_hash: string): Promise<void> {
      const won = await storage.write_once(
        `UPDATE "login_attempts" SET "browser_hash" = ? WHERE "id" = ? AND "purpose" = 'test' AND ("browser_hash" = '' OR "browser_hash" = ?) AND "expires_at" > ?`,
        [browser_hash, id, browser_hash, now()],
      );
      if (won !== 1)
        throw new LoginRefused('login_expired', 'This test has ended.', {
          status: 400,
          detail: 'test unknown, over, or of another browser',
        });
    },

    /** Keeps what came of a test, once. @throws LoginRefused 400 when it ended before */
    async end_test(tx: Tx, attempt: Attempt, result: unknown): Promise<void> {
      const won = await tx.sql.run(
        `UPDATE "login_attempts" SET "sealed_result" = ?, "answered_at" = ?, "sealed_pending" = NULL, "handle_hash" = NULL
         WHERE "id" = ? AND "purpose" = 'test' AND "answered_at" IS NULL AND "expires_at" > ?`,
        [storage.seal.seal(JSON.stringify(result), context(attempt.id, 'result')), now(), attempt.id, now()],
      );
      if (won !== 1) throw new LoginRefused('login_expired', 'This test has ended.', { status: 400 });
    },

    /** The end, once; what the partner said is not kept. @throws LoginRefused 400 when it ended before */
    async finish(tx: Tx, attempt: Attempt): Promise<void> {
      const won = await tx.sql.run(
        `UPDATE "login_attempts" SET "finished_at" = ?, "sealed_result" = NULL, "sealed_pending" = NULL WHERE "id" = ? AND "finished_at" IS NULL AND "expires_at" > ?`,
        [now(), attempt.id, now()],
      );
      if (won !== 1) throw new LoginRefused('login_expired', 'This sign-in has ended.', { status: 400 });
    },
  };
}

export type Attempts = ReturnType<typeof make_attempts>;
