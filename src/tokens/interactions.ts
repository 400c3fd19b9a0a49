import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import { LoginRefused } from '../kernel/index.ts';
import { browser_session } from './browser_session.ts';
import { keep_consent } from './consents.ts';
import type { IssuerDeps } from './issuer_deps.ts';
import { end_sign_in } from './logout.ts';
import { sign_in_of_session } from './sign_in.ts';

/** A request of an app that waits for a person: what `/login/{uid}` is about. */
export interface WaitingRequest {
  readonly uid: string;
  readonly prompt: 'login' | 'consent';
  readonly client_id: string;
  /** The app's authorization request, by parameter name. */
  readonly params: Readonly<Record<string, string>>;
  /** Scopes not yet consented to, with the resource they belong to ('' for the issuer's own). */
  readonly missing_scopes: readonly { readonly resource: string; readonly name: string }[];
  /** The person signed in here before, if anyone. */
  readonly account_id: string | undefined;
  /** Where the person goes on once the result is stored. */
  readonly return_url: string;
  /** Stores the result of a sign-in. */
  signed_in(login: FinishedLogin): Promise<void>;
  /** Stores what the person allowed. */
  consented(grant: { readonly account_id: string }): Promise<void>;
  /** Stores an answer for the app. */
  refused(error: string, description: string): Promise<void>;
}

export interface FinishedLogin {
  readonly account_id: string;
  readonly session_id: string;
  /** Epoch milliseconds. */
  readonly auth_time: number;
  readonly acr: string | undefined;
  readonly amr: readonly string[];
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** The request that this browser's cookie names. @throws LoginRefused 400 when there is none: expired, finished, or another browser's */
export async function waiting_request(
  provider: Provider,
  deps: Pick<IssuerDeps, 'storage' | 'now' | 'end_access' | 'session_ended'>,
  ctx: Context,
  uid: string,
): Promise<WaitingRequest> {
  const { storage, now } = deps;
  const interaction = await find(provider, ctx);
  if (interaction.uid !== uid)
    throw new LoginRefused('login_expired', 'This sign-in has ended.', { status: 400, detail: 'the cookie names another interaction' });
  const store = async (result: Record<string, unknown>): Promise<void> => {
    interaction.result = result as NonNullable<Interaction['result']>; // our own keys ride along (signed_in)
    await interaction.save(Math.max(1, interaction.exp - Math.floor(now() / 1000)));
  };
  return {
    uid,
    prompt: interaction.prompt.name === 'consent' ? 'consent' : 'login',
    client_id: String(interaction.params['client_id']),
    params: texts(interaction.params),
    missing_scopes: missing(interaction.prompt.details),
    account_id: interaction.session?.accountId,
    return_url: interaction.returnTo,
    async signed_in(login) {
      await leave_session(provider, deps, ctx, interaction, login.account_id);
      await store({
        login: {
          accountId: login.account_id,
          ts: Math.floor(login.auth_time / 1000),
          ...(login.acr !== undefined && { acr: login.acr }),
          amr: [...login.amr],
          remember: true,
        },
        signed_in: login.session_id,
        // signing in was the choice
        select_account: {},
      });
    },
    async consented({ account_id }) {
      const sign_in = interaction.session?.uid === undefined ? undefined : await sign_in_of_session(storage, interaction.session.uid);
      if (sign_in === undefined || sign_in.user.id !== account_id)
        throw new LoginRefused('login_expired', 'This sign-in has ended.', { status: 400, detail: 'the session has ended' });
      const client_id = String(interaction.params['client_id']);
      const known = interaction.grantId === undefined ? undefined : await provider.Grant.find(interaction.grantId);
      const grant = known ?? new provider.Grant({ accountId: account_id, clientId: client_id });
      const scopes: Record<string, string[]> = {};
      for (const { resource, name } of missing(interaction.prompt.details)) {
        (scopes[resource] ??= []).push(name);
        if (resource === '') grant.addOIDCScope(name);
        else grant.addResourceScope(resource, name);
      }
      const asked = interaction.prompt.details['missingOIDCClaims'];
      const claims = Array.isArray(asked) ? asked.map(String) : [];
      if (claims.length > 0) grant.addOIDCClaims(claims);
      await keep_consent(storage, { org_id: sign_in.org_id, user_id: account_id, client_id }, { scopes, claims }, now());
      await store({ ...interaction.lastSubmission, consent: { grantId: await grant.save() } });
    },
    refused: (error, description) => store({ error, error_description: description }),
  };
}

async function find(provider: Provider, ctx: Context): Promise<Interaction> {
  try {
    return await provider.interactionDetails(ctx.req, ctx.res);
  } catch (cause) {
    const no_cookie = ctx.get('cookie') === '';
    throw new LoginRefused(no_cookie ? 'cookies_blocked' : 'login_expired', 'This sign-in has ended, or belongs to another browser.', {
      status: 400,
      cause,
    });
  }
}

/** Whoever else is signed in in this browser by now, in another tab perhaps: that session does not come along, nor stays behind where nobody could sign out of it. */
async function leave_session(
  provider: Provider,
  deps: Parameters<typeof end_sign_in>[0],
  ctx: Context,
  interaction: Interaction,
  account_id: string,
): Promise<void> {
  const here = await browser_session(provider, ctx);
  if (here.accountId !== undefined && here.accountId !== account_id) {
    const sign_in = await sign_in_of_session(deps.storage, here.uid);
    if (sign_in !== undefined) await end_sign_in(deps, sign_in, 'other_sign_in');
    await here.destroy();
  }
  // the request goes on only in the session that it names
  if (here.accountId !== account_id || here.uid !== interaction.session?.uid) delete interaction.session;
}

function missing(details: Readonly<Record<string, unknown>>): { resource: string; name: string }[] {
  const own = Array.isArray(details['missingOIDCScope'])
    ? details['missingOIDCScope'].map((name) => ({ resource: '', name: String(name) }))
    : [];
  const by_resource = details['missingResourceScopes'];
  const others = typeof by_resource === 'object' && by_resource !== null ? Object.entries(by_resource) : [];
  return [
    ...own,
    ...others.flatMap(([resource, names]) => (Array.isArray(names) ? names.map((name) => ({ resource, name: String(name) })) : [])),
  ];
}

const texts = (params: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
