import type { Context, Middleware } from 'koa';
import compose from 'koa-compose';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { form_body } from '../http/index.ts';
import { CONSOLE_CLIENT, PORTAL_CLIENT } from '../kernel/index.ts';
import {
  type AdminAccess,
  admin_access,
  organization_access,
  type OrganizationAccess,
  person_access,
  type PersonAccess,
} from './admin_access.ts';
import { browser_session } from './browser_session.ts';
import { client_metadata } from './client_metadata.ts';
import { take_the_secret_before } from './client_secrets.ts';
import { append_logout } from './end_access.ts';
import { type WaitingRequest, waiting_request } from './interactions.ts';
import type { IssuerDeps } from './issuer_deps.ts';
import { end_session, leave } from './logout.ts';
import { make_own_sign_ins, type OwnSignIns } from './own_sign_ins.ts';
import { make_provider } from './provider.ts';
import { type SignIn, sign_in_of_session } from './sign_in.ts';
import { stream_access } from './stream_access.ts';
import { ProviderKey } from './signer.ts';
import { forget_unknown_sessions } from './unknown_session.ts';

export interface Issuer {
  /** Every address of the issuer. */
  readonly middleware: Middleware;
  /** @throws LoginRefused 400 when this browser has no such request waiting */
  waiting_request(ctx: Context, uid: string): Promise<WaitingRequest>;
  /** Who is signed in in this browser; undefined when nobody is. */
  sign_in_here(ctx: Context): Promise<SignIn | undefined>;
  /** Who may use the admin API with this token; undefined when nobody. */
  admin_access(token: string): Promise<AdminAccess | undefined>;
  /** Which app may keep a stream of security events with this token; undefined when none. */
  stream_access(token: string): Promise<string | undefined>;
  /** People who sign in to the console, which is an app of this very process. */
  readonly console: OwnSignIns<PersonAccess>;
  /** Administrators of an organization who sign in to the set-up portal, likewise. */
  readonly portal: OwnSignIns<OrganizationAccess>;
  /** A logout token for one app (OpenID Connect Back-Channel Logout 1.0, 2.4); undefined when the app is gone or wants none. */
  logout_token(told: { client_id: string; sub: string; sid: string }): Promise<{ url: string; token: string } | undefined>;
}

/** The one OIDC issuer. Keys, and nothing else, make a new provider: everything else is looked up as it is asked for. */
export async function make_issuer(deps: IssuerDeps): Promise<Issuer> {
  const open = async (): Promise<{ provider: Provider; kids: string; run: Middleware }> => {
    const signers = await deps.keys.signers();
    const provider = make_provider(deps, { keys: signers.map((signer) => new ProviderKey(signer)) });
    told_through_the_outbox(provider, deps);
    forget_unknown_sessions(provider);
    take_the_secret_before(provider, deps.now);
    return { provider, kids: signers.map(({ kid }) => kid).join(' '), run: compose(provider.middleware as unknown as Middleware[]) }; // Koa's middleware, typed by another copy
  };
  let current = await open();
  let reopening: Promise<void> | undefined;
  let changes = 0;
  deps.storage.on_config_change(() => {
    changes++;
    reopening ??= (async () => {
      // a change that comes while keys are read may be the one that was not read any more
      for (let seen = 0; seen !== changes; ) {
        seen = changes;
        const kids = (await deps.keys.signers()).map(({ kid }) => kid).join(' ');
        if (kids !== current.kids) current = await open();
      }
    })().finally(() => {
      reopening = undefined;
    });
    reopening.catch(() => undefined); // the next change, or the next start, tries again
  });
  const provider = (): Provider => current.provider;
  return {
    middleware: async (ctx, next) => {
      if (post_as_get(ctx)) return redirect_post(ctx);
      // its cookies are signed with the keys of the application that it runs in
      ctx.app.keys = [...deps.cookie_keys];
      await current.run(ctx, next);
      await after(ctx as unknown as KoaContextWithOIDC, deps); // the same context: oidc is there once a route of the issuer matched
    },
    waiting_request: (ctx, uid) => waiting_request(current.provider, deps, ctx, uid),
    async sign_in_here(ctx) {
      ctx.app.keys = [...deps.cookie_keys];
      const session = await browser_session(current.provider, ctx);
      const sign_in = session.accountId === undefined ? undefined : await sign_in_of_session(deps.storage, session.uid);
      return sign_in !== undefined && sign_in.user.active && sign_in.session_expires_at > deps.now() ? sign_in : undefined;
    },
    admin_access: (token) => admin_access(current.provider, deps, token),
    stream_access: (token) => stream_access(current.provider, deps.directory, token),
    console: make_own_sign_ins(provider, deps, CONSOLE_CLIENT, (sign_in) => person_access(deps, sign_in, CONSOLE_CLIENT)),
    portal: make_own_sign_ins(provider, deps, PORTAL_CLIENT, (sign_in) => organization_access(deps, sign_in, PORTAL_CLIENT)),
    async logout_token({ client_id, sub, sid }) {
      // also when the app has just been switched off: the end of its sessions is what it is told
      const registered = await deps.directory.registered_client(client_id);
      if (typeof registered?.metadata['backchannel_logout_uri'] !== 'string') return undefined;
      const client = new (current.provider.Client as unknown as NewClient)(client_metadata(registered)); // a class, whose types leave its constructor out
      if (client.backchannelLogoutUri === undefined) return undefined;
      const token = new current.provider.IdToken({ sub }, { client, ctx: undefined as unknown as KoaContextWithOIDC }); // no request made this token
      Object.assign(token, { mask: { sub: null } }); // a setter that the types leave out
      token.set('events', { 'http://schemas.openid.net/event/backchannel-logout': {} });
      token.set('jti', `${client_id}.${sid}.${deps.now()}`);
      token.set('sid', sid);
      return { url: client.backchannelLogoutUri, token: await token.issue({ use: 'logout' }) };
    },
  };
}

type NewClient = new (metadata: ReturnType<typeof client_metadata>) => InstanceType<Provider['Client']>;

/** oidc-provider would send logout tokens while the person waits; here they are committed with the end of the session and delivered until heard. */
function told_through_the_outbox(provider: Provider, deps: IssuerDeps): void {
  const prototype = provider.Client.prototype as unknown as {
    clientId: string;
    backchannelLogout(sub: string, sid: string): Promise<void>;
  }; // a method its types leave out
  prototype.backchannelLogout = async function (sub, sid) {
    const row = await deps.storage.sql.get<{ org_id: string }>(
      `SELECT "org_id" FROM "app_grants" WHERE "client_id" = ? AND ("user_id" = ? OR "told_sub" = ?) AND "sid" = ?`,
      [this.clientId, sub, sub, sid],
    );
    if (row === undefined) return;
    const told = { org_id: row.org_id, client_id: this.clientId, user_id: sub, told_sub: sub, sid };
    await deps.storage.transact((tx) => append_logout(deps, tx, told));
  };
}

/** A cross-site POST brings no Lax cookie; the GET that follows does (OIDC Core 3.1.2.1 asks for both methods). */
const post_as_get = (ctx: Context): boolean => ctx.method === 'POST' && (ctx.path === '/authorize' || ctx.path === '/logout');

const read_form = form_body(12 * 1024);

async function redirect_post(ctx: Context): Promise<void> {
  await read_form(ctx, async () => {});
  ctx.status = 303;
  ctx.redirect(`${ctx.path}?${ctx.request.rawBody ?? ''}`);
}

async function after(ctx: KoaContextWithOIDC, deps: IssuerDeps): Promise<void> {
  const { oidc } = ctx;
  if (oidc?.route === undefined) return;
  // switched on for what must not go out unbound; announced only where certificates arrive
  if (oidc.route === 'discovery' && !deps.client_certificates.arrive && is_object(ctx.body))
    delete ctx.body['tls_client_certificate_bound_access_tokens'];
  const { session } = oidc;
  const is_over = (session as { destroyed?: boolean } | undefined)?.destroyed === true; // set by destroy(), not in the types
  // the person confirmed: what the session stood for ends with it
  if (oidc.route === 'end_session_confirm' && session !== undefined && is_over) {
    const after = new URL(ctx.response.get('location'), deps.issuer).href;
    leave(ctx, await end_session(deps, session, after), after);
  }
  // nobody is signed in: nothing to confirm
  if (oidc.route === 'end_session' && ctx.status === 200 && session !== undefined && session.accountId === undefined && !is_over)
    leave(ctx);
}

const is_object = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
