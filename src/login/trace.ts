import type { Context } from 'koa';
import { state_of } from '../http/index.ts';
import { PosternError } from '../kernel/index.ts';
import type { Attempt } from './attempt.ts';
import type { LoginDeps, Trace } from './deps.ts';
import type { Conductor } from './conductor.ts';
import { code_of, outcome_of } from './refusals.ts';
import { note } from './visit.ts';

export function trace_of(
  deps: Pick<LoginDeps, 'now'>,
  attempt: Attempt,
  end: Pick<Trace, 'outcome' | 'code' | 'user_id' | 'personal'>,
): Trace {
  const { reference, org_id, connection_id, client_id, steps, started_at } = attempt;
  return {
    reference,
    org_id: org_id ?? null,
    connection_id: connection_id ?? null,
    client_id,
    steps,
    started_at,
    finished_at: deps.now(),
    ...end,
  };
}

/** Keeps what happened under the reference that the person sees, and gives the attempt a fresh one for another try. */
export async function keep_failure({ deps, attempts }: Conductor, ctx: Context, attempt: Attempt, error: unknown): Promise<string> {
  const code = code_of(error);
  const outcome = outcome_of(error);
  note(deps, attempt, { name: 'outcome', ok: false, detail: `${code}: ${detail_of(error)}`, ...fix_of(error) });
  const trace = trace_of(deps, attempt, { outcome, code, user_id: null, personal: null });
  const { request_id, ip } = state_of(ctx);
  const connection = attempt.connection_id === undefined ? undefined : await deps.directory.connection_view(attempt.connection_id);
  deps.observe(outcome, connection?.protocol ?? 'none', code, deps.now() - attempt.started_at);
  await deps.storage.transact(async (tx) => {
    await deps.save_trace(tx, trace);
    await deps.record(
      tx,
      { actor: { kind: 'user' }, request_id, ip },
      {
        type: 'login.failed',
        org_id: attempt.org_id ?? null,
        target: { kind: 'login_trace', id: trace.reference },
        after: { code, connection_id: attempt.connection_id ?? null, client_id: attempt.client_id },
      },
    );
  });
  deps.log_error(error, { reference: trace.reference, request_id });
  if (await attempts.find(attempt.id)) {
    attempt.reference = deps.new_reference();
    attempt.steps = [];
    await attempts.renew(attempt);
  }
  return trace.reference;
}

export const detail_of = (error: unknown): string =>
  error instanceof PosternError ? (error.detail ?? error.message) : 'an error nobody foresaw; the log has it under the request id';

export function fix_of(error: unknown): { fix?: string } {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'fix' in cause && typeof cause.fix === 'string' ? { fix: cause.fix } : {};
}
