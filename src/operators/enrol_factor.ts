import type { Context } from 'koa';
import { z } from 'zod';
import { Conflict, Forbidden, InvalidInput } from '../kernel/index.ts';
import type { SecondFactorRow, Tx } from '../storage/index.ts';
import { wants_factor } from './present_operator.ts';
import { make_recovery_codes } from './recovery_codes.ts';
import { one_at_a_time, present, target_of } from './second_factors.ts';
import { type FactorDeps, passkeys_of, use_factor, with_token } from './show_factor.ts';
import type { NewTotp } from './totp.ts';
import { open_visit, read_body, type Visit } from './visit.ts';

const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;
const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !UNPRINTABLE.test(text), 'must be text without control characters');
const totp_body = z.strictObject({ name: name.default('Authenticator app') });
const confirm_body = z.strictObject({ id: z.string().max(64), code: z.string().max(20) });
const passkey_body = z.strictObject({ name: name.default('Passkey'), response: z.record(z.string(), z.unknown()) });

/** A factor that counts from now on. */
export interface Enrolled {
  readonly visit: Visit;
  /** Shown once, with the first factor. */
  readonly recovery_codes: readonly string[] | null;
}

export async function begin_totp(deps: FactorDeps, ctx: Context): Promise<NewTotp> {
  const { row, operator } = await enrolling(deps, ctx);
  const { name: given } = await read_body(ctx, totp_body);
  return deps.totp.begin({ admin_key_id: row.subject_id, name: given, label: operator.actor.name ?? row.subject_id });
}

/** @throws InvalidInput when the code is wrong */
export async function confirm_totp(deps: FactorDeps, ctx: Context): Promise<Enrolled> {
  const visit = await enrolling(deps, ctx);
  const { id, code } = await read_body(ctx, confirm_body);
  const row = await deps.factors.begun(visit.row.subject_id, id);
  const counter = row === undefined ? undefined : await deps.totp.step_of(row, code.replaceAll(/\s/g, ''));
  if (row === undefined || counter === undefined)
    throw new InvalidInput('second_factor_wrong', 'This code is not right. Is the clock of the phone?', {
      status: 422,
      fields: [{ path: 'code', message: 'is not the code of this moment' }],
    });
  return keep(deps, visit, row, (tx) => use_factor(tx, { row, counter }, deps.now()));
}

export async function begin_passkey(deps: FactorDeps, ctx: Context): Promise<object> {
  const { row, operator } = await enrolling(deps, ctx);
  const known = passkeys_of(await deps.factors.rows(row.subject_id));
  const options = await deps.passkeys.creation_options({ id: row.subject_id, name: operator.actor.name ?? row.subject_id }, known);
  await deps.sessions.challenge(row, options.challenge);
  return options;
}

/** @throws InvalidInput when the browser's answer is not to our question */
export async function confirm_passkey(deps: FactorDeps, ctx: Context): Promise<Enrolled> {
  const visit = await enrolling(deps, ctx);
  const { name: given, response } = await read_body(ctx, passkey_body);
  const challenge = await deps.sessions.take_challenge(visit.row);
  if (challenge === undefined) throw new Conflict('passkey_not_asked', 'Begin again: this question was answered before.');
  const row = await deps.passkeys.read_new(response, challenge, { admin_key_id: visit.row.subject_id, name: given });
  return keep(deps, visit, row, async (tx) => {
    await tx.gateway.second_factors.insert(row);
    return true;
  });
}

/** New codes; those before are void. */
export async function renew_recovery_codes(deps: FactorDeps, ctx: Context): Promise<readonly string[]> {
  const { row, act } = await passed(deps, ctx);
  return deps.storage.transact(async (tx) => {
    const codes = await make_recovery_codes(tx, row.subject_id);
    await deps.record(tx, act, { type: 'second_factor.recovery_codes_made', target: target_of(row.subject_id), after: { by: 'hand' } });
    return codes;
  });
}

/** @throws Conflict for the last one where one is required */
export async function remove_factor(deps: FactorDeps, ctx: Context, id: string): Promise<void> {
  const { row, act } = await passed(deps, ctx);
  await deps.factors.remove(row.subject_id, id, act, deps.second_factor_required);
}

/** Whoever may set up a factor: signed in by a key, with its factor shown where it has one. @throws Forbidden */
async function enrolling(deps: FactorDeps, ctx: Context): Promise<Visit> {
  const visit = await open_visit(deps, ctx);
  const { kind, subject_id } = visit.row;
  if (kind !== 'admin_key') throw new Forbidden('no_admin_key', 'Your identity provider asks for your second factor.');
  if (wants_factor(deps, visit.row) && (await deps.factors.rows(subject_id)).length > 0)
    throw new Forbidden('second_factor_required', 'Show your second factor first.');
  return visit;
}

async function passed(deps: FactorDeps, ctx: Context): Promise<Visit> {
  const visit = await open_visit(deps, ctx);
  if (visit.row.factor !== 'passed') throw new Forbidden('second_factor_required', 'Show your second factor first.');
  return visit;
}

/** The factor counts, this session has shown it, and every other session of the key must. */
async function keep(deps: FactorDeps, visit: Visit, row: SecondFactorRow, use: (tx: Tx) => Promise<boolean>): Promise<Enrolled> {
  const { admin_key_id, id } = row;
  const may_add = visit.row.factor === 'passed';
  const { token, recovery_codes } = await deps.storage.transact(async (tx) => {
    await one_at_a_time(tx, admin_key_id);
    const shown = await use(tx);
    const confirmed = await tx.sql.run(
      `UPDATE "second_factors" SET "confirmed_at" = ? WHERE "id" = ? AND "confirmed_at" IS NULL${may_add ? '' : ALONE}`,
      may_add ? [deps.now(), id] : [deps.now(), id, admin_key_id],
    );
    if (!shown || confirmed === 0) throw new Conflict('second_factor_exists', 'A second factor was set up meanwhile. Sign in with it.');
    await tx.sql.run(`UPDATE "console_sessions" SET "factor" = 'wanted' WHERE "subject_id" = ? AND "factor" = 'none'`, [admin_key_id]);
    const next = await deps.sessions.pass(tx, visit.row);
    if (next === undefined) throw new Conflict('console_signed_out', 'You were signed out meanwhile.');
    await deps.record(tx, visit.act, { type: 'second_factor.added', target: target_of(admin_key_id), after: { ...present(row) } });
    if (visit.row.factor === 'wanted')
      await deps.record(tx, visit.act, { type: 'console.signed_in', after: { by: visit.row.kind, second_factor: row.kind } });
    return { token: next, recovery_codes: may_add ? null : await make_recovery_codes(tx, admin_key_id) };
  });
  return { visit: with_token(deps, visit, token), recovery_codes };
}

const ALONE = ` AND NOT EXISTS (SELECT 1 FROM "second_factors" f WHERE f."admin_key_id" = ? AND f."confirmed_at" IS NOT NULL)`;
