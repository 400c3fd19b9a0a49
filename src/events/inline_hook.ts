import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Tools } from '../../connectors/connector.ts';
import { new_id, rfc3339 } from '../kernel/index.ts';
import { signed } from './event_hook.ts';

export type InlinePoint = 'before_user_created' | 'before_token' | 'after_login';

export interface InlineHook {
  readonly id: string;
  readonly version: number;
  readonly url: string;
  readonly on_failure: 'fail_open' | 'fail_closed';
  readonly timeout_ms: number;
  secrets(now: number): readonly string[];
}

/** What the endpoints said, taken together. */
export type Verdict =
  | {
      readonly action: 'continue';
      readonly claims: Readonly<Record<string, unknown>>;
      readonly person: Readonly<Record<string, string>>;
    }
  /** `failed`: an endpoint that must be heard could not be. */
  | { readonly action: 'deny' | 'wait' | 'failed'; readonly message: string | undefined; readonly detail: string };

export interface InlineHooksDeps {
  /** Those that are enabled, in the order in which they are asked. */
  readonly hooks: (point: InlinePoint, org_id: string) => Promise<readonly InlineHook[]>;
  readonly fetch: Tools['fetch'];
  readonly now: () => number;
  readonly log: (level: 'warn', message: string, fields: Record<string, unknown>) => void;
}

export interface InlineHooks {
  /** Asks every hook of this point, one after the other, until one refuses. `data` must not differ where the question does not. */
  ask(point: InlinePoint, org_id: string, data: Readonly<Record<string, unknown>>): Promise<Verdict>;
  /** What happens where none of them can be asked; undefined: there is none to ask. */
  on_failure(point: InlinePoint, org_id: string): Promise<InlineHook['on_failure'] | undefined>;
}

const MAX_BYTES = 64 * 1024;
const MAX_CLAIMS = 8 * 1024;
/** Answers that are remembered in one process. */
const KEPT = 10_000;

// with the characters that reorder what is shown
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;
const line = z
  .string()
  .max(500)
  .refine((text) => !UNPRINTABLE.test(text));

/** Who somebody is and what was checked is ours to say. */
const OURS = new Set(
  'iss sub aud exp nbf iat jti azp nonce auth_time acr amr sid at_hash c_hash s_hash cnf scope client_id act may_act events active token_type username org_id org_slug org_name idp email email_verified groups roles'.split(
    ' ',
  ),
);
const claims = z
  .record(z.string().regex(/^[A-Za-z][\w.:/-]{0,127}$/), z.unknown())
  .refine((given) => !Object.keys(given).some((name) => OURS.has(name) || name in {}), 'names a claim that is not the hook\u2019s to say')
  .refine((given) => JSON.stringify(given).length <= MAX_CLAIMS, 'is too large');

const answer_schema = z.object({
  action: z.enum(['continue', 'deny', 'wait']).default('continue'),
  /** Shown to the person, as text. */
  message: line.optional(),
  claims: claims.default({}),
  person: z.strictObject({ display_name: line, given_name: line, family_name: line, external_id: line }).partial().default({}),
  /** Seconds for which the same question need not be asked again. */
  max_age: z.int().min(0).max(86_400).default(0),
});
type Answer = z.output<typeof answer_schema>;

/** Asks endpoints of the vendor while a person waits: signed, within their time, by their rule when they fail. */
export function make_inline_hooks(deps: InlineHooksDeps): InlineHooks {
  const kept = new Map<string, { readonly answer: Answer; readonly until: number }>();
  const remembered = (key: string): Answer | undefined => {
    const found = kept.get(key);
    if (found === undefined || found.until > deps.now()) return found?.answer;
    kept.delete(key);
    return undefined;
  };
  const remember = (key: string, answer: Answer): void => {
    if (answer.max_age === 0) return;
    kept.set(key, { answer, until: deps.now() + answer.max_age * 1000 });
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? key);
  };
  const ask_one = async (hook: InlineHook, point: InlinePoint, data: object): Promise<Answer> => {
    const key = createHash('sha256')
      .update(JSON.stringify([hook.id, hook.version, point, data]))
      .digest('base64url');
    const known = remembered(key);
    if (known !== undefined) return known;
    const answer = await question(deps, hook, point, data);
    remember(key, answer);
    return answer;
  };
  return {
    async on_failure(point, org_id) {
      const rules = (await deps.hooks(point, org_id)).map((hook) => hook.on_failure);
      return rules.includes('fail_closed') ? 'fail_closed' : rules[0];
    },
    async ask(point, org_id, data) {
      const said = { claims: {}, person: {} };
      for (const hook of await deps.hooks(point, org_id)) {
        try {
          const answer = await ask_one(hook, point, { organization_id: org_id, ...data });
          const { action, message } = answer;
          if (action !== 'continue') return { action, message, detail: `inline hook ${hook.id} said ${action}` };
          Object.assign(said.claims, answer.claims);
          Object.assign(said.person, answer.person);
        } catch (error) {
          const reason = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
          deps.log('warn', 'an inline hook did not answer as it should', { hook: hook.id, point, reason, on_failure: hook.on_failure });
          if (hook.on_failure === 'fail_closed')
            return { action: 'failed', message: undefined, detail: `inline hook ${hook.id} failed: ${reason}` };
        }
      }
      return { action: 'continue', ...said };
    },
  };
}

async function question(deps: InlineHooksDeps, hook: InlineHook, point: InlinePoint, data: object): Promise<Answer> {
  return read_answer(await send_question(deps, hook, point, data));
}

/** What came back, unread. */
export interface RawAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

export function send_question(
  deps: Pick<InlineHooksDeps, 'fetch' | 'now'>,
  hook: InlineHook,
  point: InlinePoint,
  data: object,
): Promise<RawAnswer> {
  const now = deps.now();
  const body = JSON.stringify({ type: `inline.${point}`, timestamp: rfc3339(now), data });
  return deps.fetch(hook.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...signed(hook.secrets(now), new_id('ask'), body, now) },
    body,
    timeout_ms: hook.timeout_ms,
    max_bytes: MAX_BYTES,
  });
}

/** @throws Error that says what is wrong with it */
export function read_answer({ status, body }: RawAnswer): Answer {
  if (status === 204) return answer_schema.parse({});
  if (status !== 200) throw new Error(`the endpoint answered ${status}`);
  const result = answer_schema.safeParse(JSON.parse(new TextDecoder().decode(body)));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`the answer is wrong at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
