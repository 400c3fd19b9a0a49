import { z } from 'zod';
import type { Tools } from '../../connectors/connector.ts';
import { type InlineHook, type InlinePoint, type RawAnswer, read_answer, send_question } from './inline_hook.ts';

const inline_hook_question = z.strictObject({
  /** What it is asked about; absent: an invented person. `test` is added to it. */
  data: z.record(z.string(), z.unknown()).optional(),
});
const inline_hook_test = z.object({
  ok: z.boolean(),
  asked: z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) }),
  took_ms: z.int(),
  /** Null: there was no answer. */
  status: z.int().nullable(),
  /** As it came, the beginning. */
  body: z.string().nullable(),
  /** As it was understood: what would have happened. */
  answer: z
    .object({
      action: z.enum(['continue', 'deny', 'wait']),
      message: z.string().nullable(),
      claims: z.record(z.string(), z.unknown()),
      person: z.record(z.string(), z.string()),
      max_age: z.int(),
    })
    .nullable(),
  /** Why it counts as not answered. */
  problem: z.string().nullable(),
});
export const inline_test_schemas = { inline_hook_question, inline_hook_test };
type InlineHookTest = z.output<typeof inline_hook_test>;

/** Enough to see what went wrong. */
const SHOWN = 4096;

const PERSON = {
  user_name: 'test@example.com',
  email: 'test@example.com',
  given_name: 'Test',
  family_name: 'Person',
  display_name: 'Test Person',
};
const USER = { id: 'usr_test', user_name: 'test@example.com', email: 'test@example.com' };
const SIGN_IN = { connection_id: 'con_test', client_id: 'test', acr: null, amr: ['pwd'] };

/** A question of each kind, about nobody. */
const SAMPLES: Readonly<Record<InlinePoint, Readonly<Record<string, unknown>>>> = {
  before_user_created: { source: 'sign_in', connection_id: 'con_test', subject: 'test', person: PERSON },
  before_token: { ...SIGN_IN, scopes: ['openid'], user: USER },
  after_login: { ...SIGN_IN, created: false, user: { ...USER, email_verified: true, groups: ['Staff'] } },
};

/** Asks one endpoint now, as it is asked while a person waits, and tells everything that came back. Nothing is remembered, and nobody waits for it. */
export async function try_inline_hook(
  deps: { readonly fetch: Tools['fetch']; readonly now: () => number },
  hook: InlineHook & { readonly point: InlinePoint },
  given: Readonly<Record<string, unknown>> | undefined,
): Promise<InlineHookTest> {
  const data = { organization_id: 'org_test', ...(given ?? SAMPLES[hook.point]), test: true };
  const began = deps.now();
  const told = (raw: RawAnswer | undefined) => ({
    asked: { type: `inline.${hook.point}`, data },
    took_ms: deps.now() - began,
    status: raw?.status ?? null,
    body: raw === undefined ? null : new TextDecoder().decode(raw.body.subarray(0, SHOWN)),
  });
  let raw: RawAnswer | undefined;
  try {
    raw = await send_question(deps, hook, hook.point, data);
    const { message = null, person, ...rest } = read_answer(raw);
    const answer = { ...rest, message, person: Object.fromEntries(Object.entries(person).filter(([, value]) => value !== undefined)) };
    return { ok: true, ...told(raw), answer: answer as InlineHookTest['answer'] /* none of them is undefined any more */, problem: null };
  } catch (error) {
    return { ok: false, ...told(raw), answer: null, problem: error instanceof Error ? error.message.slice(0, 500) : 'unknown' };
  }
}
