import type { Connector, Recheck } from '../../connectors/connector.ts';
import { type Act, system_act } from '../audit/index.ts';
import type { AccessScope, OrgId } from '../kernel/index.ts';
import type { Storage, Tx } from '../storage/index.ts';
import type { LoginDeps } from './deps.ts';

export interface RecheckDeps extends Pick<LoginDeps, 'storage' | 'now' | 'connector' | 'record'> {
  readonly end_access: (tx: Tx, scope: AccessScope, act: Act, reason: string) => Promise<unknown>;
  readonly log: (message: string, fields: Readonly<Record<string, unknown>>) => void;
  /** An app waits meanwhile. */
  readonly timeout_ms: number;
}

interface Kept {
  user_id: string;
  connection_id: string;
  sealed_kept: string;
  ask_at: number | string;
  failing_since: number | string | null;
}

interface About {
  readonly org_id: OrgId;
  readonly session_id: string;
}

/** Whoever asks has this long before the next one does; a partner that is down is asked no more often. */
const RETRY_MS = 60_000;

/**
 * Whether the partner still stands by a sign-in: asked when it is time, by one request of all processes; the others go on meanwhile.
 * The partner's no ends the session, its apps told. No answer does not, until the connection's patience is over.
 */
export function make_recheck(deps: RecheckDeps): (about: About) => Promise<boolean> {
  const { storage, now } = deps;
  return async ({ org_id, session_id }) => {
    const at = [org_id, session_id] as const;
    const row = await storage.sql.get<Kept>(
      `SELECT "user_id", "connection_id", "sealed_kept", "ask_at", "failing_since" FROM "rechecks" WHERE "org_id" = ? AND "session_id" = ?`,
      at,
    );
    const asked_at = now();
    if (row === undefined || Number(row.ask_at) > asked_at) return true;
    const recheck = recheck_of(await deps.connector(row.connection_id));
    if (recheck === undefined) return true;
    const mine = await storage.write_once(
      `UPDATE "rechecks" SET "ask_at" = ? WHERE "org_id" = ? AND "session_id" = ? AND "ask_at" = ? AND "ask_at" <= ?`,
      [asked_at + RETRY_MS, ...at, Number(row.ask_at), asked_at],
    );
    if (mine !== 1) return true;
    const about = { connection_id: row.connection_id, session_id };
    const answer = await ask(deps, recheck, storage.seal.open(row.sealed_kept, recheck_context(org_id, session_id)));
    if (answer.kind === 'yes') {
      await storage.write_once(
        `UPDATE "rechecks" SET "sealed_kept" = ?, "ask_at" = ?, "failing_since" = NULL WHERE "org_id" = ? AND "session_id" = ?`,
        [storage.seal.seal(JSON.stringify(answer.kept), recheck_context(org_id, session_id)), now() + recheck.every, ...at],
      );
      return true;
    }
    if (answer.kind === 'no') {
      deps.log('a partner no longer stands by a session', { ...about, detail: answer.detail });
      await end_session(deps, { org_id, session_id }, row, 'refused');
      return false;
    }
    deps.log('a partner could not be asked about a session', { ...about, error: answer.error });
    if (asked_at - Number(row.failing_since ?? asked_at) >= recheck.grace) {
      await end_session(deps, { org_id, session_id }, row, 'no_answer');
      return false;
    }
    await storage.write_once(
      `UPDATE "rechecks" SET "failing_since" = COALESCE("failing_since", ?) WHERE "org_id" = ? AND "session_id" = ?`,
      [asked_at, ...at],
    );
    return true;
  };
}

type Answer =
  | { readonly kind: 'yes'; readonly kept: Readonly<Record<string, string>> }
  | { readonly kind: 'no'; readonly detail: string }
  | { readonly kind: 'none'; readonly error: unknown };

async function ask(deps: RecheckDeps, recheck: Recheck, kept: string): Promise<Answer> {
  try {
    const answer = await recheck.ask(
      JSON.parse(kept) as Record<string, string>, // sealed by keep_recheck
      { signal: AbortSignal.timeout(deps.timeout_ms), check: () => undefined },
    );
    return answer.ok ? { kind: 'yes', kept: answer.kept } : { kind: 'no', detail: answer.detail };
  } catch (error) {
    return { kind: 'none', error };
  }
}

export const recheck_context = (org_id: string, session_id: string): string => `recheck/${org_id}/${session_id}`;

const recheck_of = (connector: Connector): Recheck | undefined => (connector.kind === 'redirect' ? connector.recheck : undefined);

async function end_session(deps: RecheckDeps, about: About, row: Kept, why: 'refused' | 'no_answer'): Promise<void> {
  const { org_id, session_id } = about;
  await deps.storage.transact(async (tx) => {
    await deps.end_access(tx, { org_id, session_id }, system_act, 'session.ended');
    await deps.record(tx, system_act, {
      type: 'session.ended',
      org_id,
      target: { kind: 'session', id: session_id },
      after: { by: 'recheck', why, user_id: row.user_id, connection_id: row.connection_id },
    });
  });
}

/** What the connector gave to ask again with, from its first time on; in the unit of work that starts the session. */
export async function keep_recheck(
  tx: Tx,
  { seal }: Pick<Storage, 'seal'>,
  connector: Connector,
  session: About & {
    readonly user_id: string;
    readonly connection_id: string;
    readonly kept: Readonly<Record<string, string>> | undefined;
    readonly now: number;
    readonly expires_at: number;
  },
): Promise<void> {
  const recheck = recheck_of(connector);
  const { kept, now, org_id, ...row } = session;
  if (recheck === undefined || kept === undefined) return;
  await tx.org(org_id).rechecks.insert({
    ...row,
    sealed_kept: seal.seal(JSON.stringify(kept), recheck_context(org_id, row.session_id)),
    ask_at: now + recheck.every,
    failing_since: null,
  });
}
