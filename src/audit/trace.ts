import { NotFound, type OrgId } from '../kernel/index.ts';
import type { Storage, Tx } from '../storage/index.ts';
import { read_reference } from './reference.ts';
import { present_trace, type TraceView } from './views.ts';

/** One sign-in, step by step, from its first page to its end. */
export interface Trace {
  /** What the person saw. */
  readonly reference: string;
  /** A test sign-in makes no user and no session. Default `login`. */
  readonly purpose?: 'login' | 'test';
  readonly org_id: string | null;
  readonly connection_id: string | null;
  readonly client_id: string | null;
  readonly user_id: string | null;
  /** `pending`: a test that nobody has finished yet. */
  readonly outcome: 'pending' | 'succeeded' | 'refused' | 'failed';
  readonly code: string | null;
  readonly steps: readonly {
    readonly at: number;
    readonly name: string;
    readonly ok: boolean;
    readonly detail: string;
    readonly fix?: string;
  }[];
  /** What the partner said of the person: sealed, shown masked by role. */
  readonly personal: unknown;
  readonly started_at: number;
  readonly finished_at: number | null;
}

/** Who opens a trace. */
export interface TraceReader {
  /** May see what the partner said of the person. */
  readonly personal: boolean;
  /** Bound to one organization: anything else is not there. */
  readonly org_id?: OrgId | undefined;
}

const DAY_MS = 86_400_000;

const context_of = (reference: string): string => `login_trace/${reference}`;

export async function save_trace(storage: Pick<Storage, 'seal'>, trace_days: number, tx: Tx, trace: Trace): Promise<void> {
  const { reference, personal } = trace;
  const sealed = personal === null || personal === undefined ? null : storage.seal.seal(JSON.stringify(personal), context_of(reference));
  await tx.sql.run(
    // only what is pending can still become something else
    `INSERT INTO "login_traces" ("id", "purpose", "org_id", "connection_id", "client_id", "user_id", "outcome", "code", "steps", "sealed_personal", "started_at", "finished_at", "expires_at")
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT ("id") DO UPDATE SET "outcome" = excluded."outcome", "code" = excluded."code", "steps" = excluded."steps", "user_id" = excluded."user_id",
       "sealed_personal" = excluded."sealed_personal", "finished_at" = excluded."finished_at", "expires_at" = excluded."expires_at"
     WHERE "login_traces"."outcome" = 'pending' AND "login_traces"."purpose" = 'test'`,
    [
      reference,
      trace.purpose ?? 'login',
      trace.org_id,
      trace.connection_id,
      trace.client_id,
      trace.user_id,
      trace.outcome,
      trace.code,
      JSON.stringify(trace.steps),
      sealed,
      trace.started_at,
      trace.finished_at,
      (trace.finished_at ?? trace.started_at) + trace_days * DAY_MS,
    ],
  );
}

/** @throws NotFound: unknown, expired, or another organization's */
export async function find_trace(
  { storage, now }: { readonly storage: Storage; readonly now: () => number },
  reference: string,
  reader: TraceReader,
): Promise<TraceView> {
  const row = await storage.gateway.login_traces.find_one({ id: read_reference(reference) });
  const visible = row !== undefined && row.expires_at > now() && (reader.org_id === undefined || row.org_id === reader.org_id);
  if (!visible) throw new NotFound('login trace');
  const said = row.sealed_personal === null ? null : (JSON.parse(storage.seal.open(row.sealed_personal, context_of(row.id))) as unknown); // sealed by save_trace
  return present_trace(row, said, reader.personal);
}
