import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import type { Tools } from '../../connectors/connector.ts';
import type { Audit } from '../audit/index.ts';
import { Forbidden, InvalidInput, NotFound } from '../kernel/index.ts';
import type { Storage } from '../storage/index.ts';
import { wants_factor } from './present_operator.ts';
import { open_visit, read_body, type Visit, type VisitDeps } from './visit.ts';

export interface MockPartnersDeps extends VisitDeps {
  readonly storage: Storage;
  readonly record: Audit['record'];
  /** The guarded way out. */
  readonly fetch: Tools['fetch'];
  /** The control pages of this installation's mock partners. Nothing else is ever asked. */
  readonly mocks: readonly string[];
}

export const MOCKS_PATH = '/console/mocks';

const text = z.string().max(4096);
/** What a partner says of itself. It is another program: what does not fit is not passed on. */
const told = z.object({
  name: text,
  facts: z.record(z.string(), text).default({}),
  switches: z.array(z.object({ name: text, summary: text, on: z.boolean() })).max(200),
  people: z.array(z.record(z.string(), z.unknown())).max(1000),
});
const wanted = z.strictObject({
  reset: z.boolean().optional(),
  switches: z.record(z.string().max(100), z.boolean()).optional(),
  people: z.array(z.record(z.string(), z.unknown())).max(1000).optional(),
});
const refused = z.object({ error: text });

export type MockPartner =
  | ({ readonly id: string; readonly url: string; readonly state: 'there' } & z.output<typeof told>)
  | { readonly id: string; readonly url: string; readonly state: 'away'; readonly problem: string };

/** The switches and people of mock partners, for the console's own page: it may not ask another server itself. Owners and operators only. */
export function mock_partner_routes(deps: MockPartnersDeps): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== MOCKS_PATH && !ctx.path.startsWith(`${MOCKS_PATH}/`)) return next();
    ctx.set('cache-control', 'no-store');
    const visit = await open_visit(deps, ctx);
    require_writer(deps, visit);
    if (ctx.method === 'GET' && ctx.path === MOCKS_PATH)
      ctx.body = { partners: await Promise.all(deps.mocks.map((url, at) => look(deps, url, at))) };
    else if (ctx.method === 'POST') ctx.body = await change(deps, visit);
    else return refuse(ctx);
    ctx.status = 200;
  };
}

function require_writer(deps: VisitDeps, { row, operator }: Visit): void {
  if (wants_factor(deps, row)) throw new Forbidden('second_factor_required', 'Show your second factor first.');
  if (operator.role !== 'owner' && operator.role !== 'operator')
    throw new Forbidden('role_not_allowed', 'The role of this key or token does not allow this.');
}

function refuse(ctx: Context): never {
  if (ctx.path !== MOCKS_PATH) throw new NotFound('page');
  ctx.set('allow', 'GET');
  throw new InvalidInput('method_not_allowed', 'This address does not take that method.', { status: 405 });
}

async function look(deps: MockPartnersDeps, url: string, at: number): Promise<MockPartner> {
  const about = { id: String(at), url };
  try {
    const { status, body } = await deps.fetch(control_of(url), { headers: { accept: 'application/json' }, timeout_ms: 3000 });
    const read = told.safeParse(status === 200 ? json_of(body) : undefined);
    if (read.success) return { ...about, state: 'there', ...read.data };
    return { ...about, state: 'away', problem: `It answers (${status}), but not as a mock partner does.` };
  } catch (error) {
    return { ...about, state: 'away', problem: error instanceof Error ? error.message.slice(0, 300) : 'It does not answer.' };
  }
}

async function change(deps: MockPartnersDeps, { ctx, act }: Visit): Promise<MockPartner> {
  const id = ctx.path.slice(MOCKS_PATH.length + 1);
  const url = /^\d{1,3}$/.test(id) ? deps.mocks[Number(id)] : undefined;
  if (url === undefined) throw new NotFound('mock partner');
  const asked = await read_body(ctx, wanted);
  const { status, body } = await deps.fetch(control_of(url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(asked),
  });
  if (status !== 200) {
    const why = refused.safeParse(json_of(body));
    throw new InvalidInput('mock_refused', why.success ? why.data.error : `The mock partner answered ${status}.`, { status: 422 });
  }
  const partner = await look(deps, url, Number(id));
  await deps.storage.transact((tx) =>
    deps.record(tx, act, {
      ...{ type: 'mock_partner.changed', org_id: null, target: { kind: 'mock_partner', id: url } },
      after: {
        ...(asked.reset === true && { reset: true }),
        ...asked.switches,
        ...(asked.people !== undefined && { people: asked.people.length }),
      },
    }),
  );
  return partner;
}

/** The one address of a partner that is asked, whatever stands behind its host in the settings. */
const control_of = (url: string): string => new URL('/__control', url).href;

function json_of(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
