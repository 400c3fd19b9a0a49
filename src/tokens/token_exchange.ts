import { hash } from 'node:crypto';
import { errors, type FindAccount, type KoaContextWithOIDC, type Provider, type ResourceServer } from 'oidc-provider';
import { certificate_of } from './client_certificate.ts';
import { may_use } from './claims.ts';
import { dpop_thumbprint } from './dpop_proof.ts';
import type { IssuerClient } from './directory.ts';
import { exchange_grant } from './exchange_grant.ts';
import type { IssuerDeps } from './issuer_deps.ts';
import { read_subject, type Subject } from './subject_token.ts';

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const JWT = 'urn:ietf:params:oauth:token-type:jwt';

const PARAMETERS = ['subject_token', 'subject_token_type', 'requested_token_type', 'resource', 'audience', 'scope', 'actor_token'];

/** With what a resource is like for this app, and whose token it is. */
export interface ExchangeDeps extends IssuerDeps {
  readonly resource_info: (ctx: KoaContextWithOIDC, identifier: string) => Promise<ResourceServer>;
  readonly find_account: FindAccount;
}

/** Who acts for the person: this app, and whoever acted before it (RFC 8693 section 4.1). */
const ACTORS = new WeakMap<object, Record<string, unknown>>();
export const actor_of = (ctx: object): Record<string, unknown> | undefined => ACTORS.get(ctx);

/**
 * RFC 8693: an app that holds a person's token asks for another one, for an API that it calls on their behalf. The token that it shows was issued to it,
 * or for a resource that it is itself. What it gets ends with the sign-in behind the first, lives no longer, and can do no more.
 */
export function add_token_exchange(provider: Provider, deps: ExchangeDeps): void {
  provider.registerGrantType(TOKEN_EXCHANGE, (ctx) => exchange(provider, deps, ctx), PARAMETERS);
}

async function exchange(provider: Provider, deps: ExchangeDeps, ctx: KoaContextWithOIDC): Promise<void> {
  const { client } = ctx.oidc;
  if (client === undefined) throw new errors.InvalidClient('no client');
  const asked = params_of(ctx);
  const app = await deps.directory.client(client.clientId);
  const subject = await read_subject(provider, deps, asked.subject_token);
  if (app === undefined || subject === undefined || !is_held_by(app, subject)) throw new errors.InvalidGrant('subject_token is not valid');
  const [theirs, ours] = [await deps.directory.client(subject.client_id), app];
  for (const one of [theirs, ours]) {
    if (one === undefined || !(await may_use(deps, subject.sign_in, one))) throw new errors.InvalidGrant('subject_token is not valid');
  }
  const jkt = await dpop_thumbprint(provider, deps, ctx);
  if (jkt === undefined && client.dpopBoundAccessTokens) throw new errors.InvalidGrant('DPoP proof JWT not provided');
  // its own token stays with its own key; what an API got was proved to that API
  if (subject.client_id === client.clientId && subject.jkt !== undefined && subject.jkt !== jkt)
    throw new errors.InvalidGrant('failed jkt verification');
  const certificate = certificate_of(deps, ctx);
  const x5t = certificate === undefined ? undefined : hash('sha256', certificate.raw, 'base64url');
  if (x5t === undefined && client.tlsClientCertificateBoundAccessTokens)
    throw new errors.InvalidGrant('mutual TLS client certificate not provided');
  if (subject.client_id === client.clientId && subject.x5t !== undefined && subject.x5t !== x5t)
    throw new errors.InvalidGrant('failed x5t#S256 verification');

  const target = await target_of(provider, deps, ctx, app, subject, asked);
  const grant = await exchange_grant(provider, deps, { subject, client_id: client.clientId, ...target });
  const now = Math.floor(deps.now() / 1000);
  const seconds = Math.min(target.server?.accessTokenTTL ?? 600, subject.exp - now);
  if (seconds < 1) throw new errors.InvalidGrant('subject_token is expired');
  const token = new provider.AccessToken({
    client,
    accountId: subject.sign_in.user.id,
    grantId: grant.jti,
    gty: 'token_exchange',
    expiresWithSession: false,
    scope: target.scope,
    ...(target.server !== undefined && { resourceServer: target.server }),
  });
  // properties that the types leave out; counted from when it is saved, its end could be a second after that of what it was made from
  Object.assign(token, { expiresIn: seconds, exp: now + seconds });
  if (jkt !== undefined) token.setThumbprint('jkt', jkt);
  // oidc-provider binds to one of the two
  else if (certificate !== undefined && (client.tlsClientCertificateBoundAccessTokens || subject.x5t === x5t))
    token.setThumbprint('x5t', certificate);
  const account = await deps.find_account(ctx, token.accountId, token);
  if (account === undefined) throw new errors.InvalidGrant('access has ended');
  ctx.oidc.entity('Account', account);
  ctx.oidc.entity('Grant', grant);
  ctx.oidc.entity('AccessToken', token);
  ACTORS.set(ctx, { sub: client.clientId, ...(subject.act !== undefined && { act: subject.act }) });
  const value = await token.save();
  ctx.body = {
    access_token: value,
    issued_token_type: ACCESS_TOKEN,
    token_type: token.tokenType,
    expires_in: token.expiration,
    ...(target.scope !== '' && { scope: target.scope }),
  };
}

interface Asked {
  readonly subject_token: string;
  readonly resource: string | undefined;
  readonly scopes: readonly string[];
}

function params_of(ctx: KoaContextWithOIDC): Asked {
  const params: Readonly<Record<string, unknown>> = ctx.oidc.params ?? {};
  const text = (name: string): string | undefined => (typeof params[name] === 'string' ? params[name] : undefined);
  const subject_token = text('subject_token');
  if (subject_token === undefined) throw new errors.InvalidRequest('missing required parameter subject_token');
  const type = text('subject_token_type');
  if (type !== ACCESS_TOKEN && type !== JWT) throw new errors.InvalidRequest('subject_token_type must be that of an access token');
  if ((text('requested_token_type') ?? ACCESS_TOKEN) !== ACCESS_TOKEN)
    throw new errors.InvalidRequest('requested_token_type must be that of an access token');
  if (params['actor_token'] !== undefined) throw new errors.InvalidRequest('the actor is the client itself: actor_token is not taken');
  if (params['audience'] !== undefined) throw new errors.InvalidTarget('name the API by resource (RFC 8707)');
  return { subject_token, resource: text('resource'), scopes: (text('scope') ?? '').split(' ').filter((name) => name !== '') };
}

const is_held_by = (app: IssuerClient, subject: Subject): boolean => {
  if (subject.client_id === app.client_id) return true;
  const own = app.metadata['own_resources'];
  return Array.isArray(own) && subject.resource !== undefined && own.includes(subject.resource);
};

/** What the new token is for, and may do. @throws errors.InvalidScope for more than the app's registration, or the token shown, allows */
async function target_of(
  provider: Provider,
  deps: ExchangeDeps,
  ctx: KoaContextWithOIDC,
  app: IssuerClient,
  subject: Subject,
  { resource, scopes }: Asked,
): Promise<{ resource: string | undefined; scope: string; server: ReturnType<typeof resource_server> | undefined }> {
  const identifier = resource ?? subject.resource;
  const same = identifier === subject.resource;
  const server = identifier === undefined ? undefined : resource_server(provider, identifier, await deps.resource_info(ctx, identifier));
  // of another API, only what the registration of this app names: to act for people there is given, not implied
  const named = typeof app.metadata['scope'] === 'string' ? app.metadata['scope'].split(' ') : [];
  const allowed = same ? subject.scopes : named;
  const offered = server === undefined ? subject.scopes : [...server.scopes];
  const wanted = scopes.length > 0 ? scopes : offered.filter((name) => allowed.includes(name));
  const refused = wanted.find((name) => !allowed.includes(name) || !offered.includes(name) || name === 'offline_access');
  if (scopes.length > 0 && refused !== undefined) throw new errors.InvalidScope('requested scope is not allowed', refused);
  return { resource: identifier, scope: wanted.filter((name) => name !== 'offline_access').join(' '), server };
}

const resource_server = (provider: Provider, identifier: string, info: object) =>
  new provider.ResourceServer(identifier, info as ConstructorParameters<typeof provider.ResourceServer>[1]); // as our own getResourceServerInfo made it
