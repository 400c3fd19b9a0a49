import { z } from 'zod';
import { Conflict, Unauthenticated } from '../kernel/index.ts';
import type { SecondFactorRow, Tx } from '../storage/index.ts';
import type { FactorUse, Passkeys } from './passkeys.ts';
import { take_recovery_code } from './recovery_codes.ts';
import { target_of } from './second_factors.ts';
import type { DoorDeps } from './sign_in_by_key.ts';
import type { Totp } from './totp.ts';
import { open_visit, read_body, type Visit } from './visit.ts';
import type { Context } from 'koa';

export interface FactorDeps extends DoorDeps {
  readonly totp: Totp;
  readonly passkeys: Passkeys;
}

const code_body = z.strictObject({ code: z.string().min(1).max(100) });
const passkey_body = z.strictObject({ response: z.record(z.string(), z.unknown()) });

/** A code of an authenticator app. @throws Unauthenticated when it is wrong, or was used | TooMany */
export async function show_totp(deps: FactorDeps, ctx: Context): Promise<Visit> {
  const visit = await waiting(deps, ctx);
  const code = (await read_body(ctx, code_body)).code.replaceAll(/\s/g, '');
  return counted(deps, visit, async () => {
    const use = await use_of_code(deps, await deps.factors.rows(visit.row.subject_id), code);
    return use === undefined ? undefined : pass(deps, visit, 'totp', (tx) => use_factor(tx, use, deps.now()));
  });
}

/** A code from the sheet of paper. */
export async function show_recovery_code(deps: FactorDeps, ctx: Context): Promise<Visit> {
  const visit = await waiting(deps, ctx);
  const { code } = await read_body(ctx, code_body);
  const { subject_id } = visit.row;
  return counted(deps, visit, () => pass(deps, visit, 'recovery_code', (tx) => take_recovery_code(tx, subject_id, code)));
}

/** What the browser is to have signed. */
export async function ask_for_passkey(deps: FactorDeps, ctx: Context): Promise<object> {
  const visit = await waiting(deps, ctx);
  const options = await deps.passkeys.request_options(passkeys_of(await deps.factors.rows(visit.row.subject_id)));
  await deps.sessions.challenge(visit.row, options.challenge);
  return options;
}

export async function show_passkey(deps: FactorDeps, ctx: Context): Promise<Visit> {
  const visit = await waiting(deps, ctx);
  const { response } = await read_body(ctx, passkey_body);
  return counted(deps, visit, async () => {
    const challenge = await deps.sessions.take_challenge(visit.row);
    if (challenge === undefined) return undefined;
    const use = await deps.passkeys.prove(passkeys_of(await deps.factors.rows(visit.row.subject_id)), response, challenge);
    return use === undefined ? undefined : pass(deps, visit, 'passkey', (tx) => use_factor(tx, use, deps.now()));
  });
}

/** @throws Conflict when nothing is to be shown */
async function waiting(deps: FactorDeps, ctx: Context): Promise<Visit> {
  const visit = await open_visit(deps, ctx);
  if (visit.row.factor !== 'wanted') throw new Conflict('no_second_factor_wanted', 'No second factor is wanted of this session.');
  return visit;
}

/** Counted before it is looked at: what runs side by side is counted as well. Taken back when it was right. */
async function counted(deps: FactorDeps, visit: Visit, show: () => Promise<Visit | undefined>): Promise<Visit> {
  const { subject_id } = visit.row;
  await deps.rate_limits.count('second_factor', subject_id);
  const passed = await show();
  if (passed !== undefined) {
    await deps.rate_limits.give_back('second_factor', subject_id);
    return passed;
  }
  await deps.storage.transact((tx) =>
    deps.record(tx, visit.act, {
      type: 'console.sign_in_refused',
      target: target_of(subject_id),
      after: { reason: 'second_factor_wrong' },
    }),
  );
  throw new Unauthenticated('second_factor_wrong', 'This is not right, or was used before. Wait for the next code and try again.');
}

async function pass(deps: FactorDeps, visit: Visit, by: string, use: (tx: Tx) => Promise<boolean>): Promise<Visit | undefined> {
  const token = await deps.storage.transact(async (tx) => {
    if (!(await use(tx))) return undefined;
    const next = await deps.sessions.pass(tx, visit.row);
    if (next !== undefined)
      await deps.record(tx, visit.act, { type: 'console.signed_in', after: { by: visit.row.kind, second_factor: by } });
    return next;
  });
  return token === undefined ? undefined : with_token(deps, visit, token);
}

/** Goes on under the new token. */
export function with_token(deps: FactorDeps, visit: Visit, token: string): Visit {
  deps.cookie.give(visit.ctx, token);
  return { ...visit, token, row: { ...visit.row, factor: 'passed', challenge: null } };
}

/** The one statement by which a code or a signature is used: of two that show the same one wins. */
export async function use_factor(tx: Tx, { row, counter }: FactorUse, at: number): Promise<boolean> {
  // passkeys that do not count say 0 for ever
  const used = await tx.sql.run(
    `UPDATE "second_factors" SET "counter" = ?, "last_used_at" = ? WHERE "id" = ? AND ("counter" < ? OR ("counter" = 0 AND "counter" = ? AND "kind" = 'passkey'))`,
    [counter, at, row.id, counter, counter],
  );
  return used === 1;
}

export async function use_of_code(deps: FactorDeps, rows: readonly SecondFactorRow[], code: string): Promise<FactorUse | undefined> {
  for (const row of rows) {
    const counter = await deps.totp.step_of(row, code);
    if (counter !== undefined) return { row, counter };
  }
  return undefined;
}

export const passkeys_of = (rows: readonly SecondFactorRow[]): SecondFactorRow[] => rows.filter(({ kind }) => kind === 'passkey');
