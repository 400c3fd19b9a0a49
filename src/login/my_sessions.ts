import type { Context } from 'koa';
import { form_of, frame_of, send_page, state_of } from '../http/index.ts';
import { LoginRefused, NotFound } from '../kernel/index.ts';
import { sessions_page, signed_out_page } from '../pages/index.ts';
import type { SignIn } from '../tokens/index.ts';
import { browser_name } from './browser_name.ts';
import { type Conductor, go, name_of } from './conductor.ts';
import { act_of, brand_of } from './visit.ts';

/** The address of the page, and what its forms are about. */
const PATH = '/sessions';

/** Where the person of this browser is signed in, with what, and in which apps. */
export async function my_sessions({ deps }: Conductor, ctx: Context): Promise<void> {
  const here = await deps.issuer.sign_in_here(ctx);
  const ui_locales = asked_locales(ctx);
  if (here === undefined) return send_page(ctx, 200, sessions_page(undefined, frame_of(ctx, { ui_locales })));
  const { org_id, user } = here;
  const organization = await deps.directory.organization_view(org_id);
  const people = deps.people(org_id);
  const [sessions, { identities }] = await Promise.all([people.sessions(user.id), people.get(user.id).then(({ view }) => view)]);
  const names = new Map<string, string>();
  for (const client_id of new Set(sessions.flatMap(({ apps }) => apps.map((app) => app.client_id)))) {
    const app = await deps.directory.client(client_id);
    if (app !== undefined) names.set(client_id, name_of(app) ?? client_id);
  }
  const view = {
    csrf: deps.browsers.of(ctx).csrf(PATH),
    user: user.display_name ?? user.email ?? user.user_name,
    sessions: sessions.map((session) => ({
      id: session.id,
      current: session.id === here.session_id,
      started_at: new Date(session.created_at),
      apps: session.apps.map(({ client_id }) => names.get(client_id) ?? client_id),
      browser: browser_name(session.user_agent),
      ip: session.ip ?? undefined,
      end_action: `${PATH}/end`,
    })),
    identities: await Promise.all(
      identities.map(async ({ connection_id, last_login_at }) => ({
        connection_name: (await deps.directory.connection_view(connection_id))?.name ?? connection_id,
        last_used: last_login_at === null ? undefined : new Date(last_login_at),
      })),
    ),
    end_all_action: `${PATH}/end-all`,
  };
  send_page(ctx, 200, sessions_page(view, frame_of(ctx, { ui_locales, brand: organization && brand_of(organization) })));
}

/** Ends one session of the same person, with its apps. */
export async function end_my_session(conductor: Conductor, ctx: Context): Promise<void> {
  const { deps } = conductor;
  const here = await who(conductor, ctx);
  const id = form_of(ctx).values['session'] ?? '';
  await deps
    .people(here.org_id)
    .end_session(here.user.id, id, act_of(ctx, here.user.id))
    .catch((error: unknown) => {
      // ended meanwhile, in another tab or by itself: what was asked for is so
      if (!(error instanceof NotFound)) throw error;
    });
  if (id === here.session_id) return signed_out(ctx);
  go({ ctx }, PATH);
}

/** Ends every session of the person, this one included. */
export async function end_all_my_sessions(conductor: Conductor, ctx: Context): Promise<void> {
  const here = await who(conductor, ctx);
  await conductor.deps.people(here.org_id).end_sessions(here.user.id, act_of(ctx, here.user.id));
  signed_out(ctx);
}

/** @throws LoginRefused 400 for a form of another browser, or of nobody any more */
async function who({ deps }: Conductor, ctx: Context): Promise<SignIn> {
  deps.browsers.of(ctx).check_csrf(PATH, form_of(ctx).values['csrf']);
  const here = await deps.issuer.sign_in_here(ctx);
  if (here === undefined)
    throw new LoginRefused('login_expired', 'Nobody is signed in here any more.', {
      status: 400,
      detail: `${state_of(ctx).ip}: no session`,
    });
  return here;
}

const signed_out = (ctx: Context): void => send_page(ctx, 200, signed_out_page({}, frame_of(ctx)));

const asked_locales = (ctx: Context): string | undefined => {
  const { ui_locales } = ctx.query;
  return typeof ui_locales === 'string' ? ui_locales : undefined;
};
