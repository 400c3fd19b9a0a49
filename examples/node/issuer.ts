import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';

/** What the ID token says, checked: the claims that this app relies on. */
export interface Claims {
  /** Who. Stable, opaque, never an e-mail address: the key under which you keep a person. */
  readonly sub: string;
  /** Which customer's employee. Stable as well: the key of your tenant. Never tell tenants apart by the domain of an address. */
  readonly org_id: string;
  readonly sid: string | undefined;
  readonly [name: string]: unknown;
}

/** A sign-in that this browser has begun: what the answer must match. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly code_verifier: string;
  /** The organization that was asked for, if one was: the answer must be about no other. */
  readonly organization: string | undefined;
  readonly return_to: string;
}

export interface SignedIn {
  readonly claims: Claims;
  readonly id_token: string;
  readonly access_token: {
    /** `jwt` was verified as an API would, `opaque` is for introspection. */
    readonly kind: 'jwt' | 'opaque';
    readonly claims: Readonly<Record<string, unknown>> | undefined;
    readonly scope: string | undefined;
    readonly expires_at: number | undefined;
  };
  readonly refresh_token: string | undefined;
}

export interface IssuerOptions {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly redirect_uri: string;
  readonly post_logout_redirect_uri: string;
  /** The API that access tokens are for; without one they are opaque. */
  readonly resource?: string;
}

/** The answer is about somebody, or some organization, that was not asked for. */
export class NotWhoWasAskedFor extends Error {}

const SCOPE = 'openid profile email groups roles offline_access';
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];

type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

/** Everything between this app and its OpenID Connect issuer. */
export class Issuer {
  readonly #options: IssuerOptions;
  #discovered: Promise<client.Configuration> | undefined;
  #keys: ReturnType<typeof createRemoteJWKSet> | undefined;

  constructor(options: IssuerOptions) {
    this.#options = options;
  }

  /** Where to send the browser, and what to remember until it comes back. */
  async begin(wanted: {
    organization?: string | undefined;
    login_hint?: string | undefined;
    return_to: string;
  }): Promise<{ url: string; pending: PendingSignIn }> {
    const config = await this.#configuration();
    const pending: PendingSignIn = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      code_verifier: client.randomPKCECodeVerifier(),
      organization: wanted.organization,
      return_to: wanted.return_to,
    };
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: this.#options.redirect_uri,
      scope: SCOPE,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(pending.code_verifier),
      code_challenge_method: 'S256',
      ...(wanted.organization !== undefined && { organization: wanted.organization }),
      ...(wanted.login_hint !== undefined && { login_hint: wanted.login_hint }),
      ...(this.#options.resource !== undefined && { resource: this.#options.resource }),
    });
    return { url: url.href, pending };
  }

  /** Exchanges the code. `iss` in the answer, state, nonce, PKCE and the ID token with its signature are checked; then whose organization it is. */
  async finish(query: URLSearchParams, pending: PendingSignIn): Promise<SignedIn> {
    const config = await this.#configuration();
    // the address as registered: what a Host header says is the sender's word
    const answer = new URL(`?${query.toString()}`, this.#options.redirect_uri);
    const tokens = await client.authorizationCodeGrant(config, answer, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.code_verifier,
      idTokenExpected: true,
    });
    const signed_in = await this.#signed_in(tokens);
    const { organization } = pending;
    const { org_id, org_slug } = signed_in.claims;
    if (organization !== undefined && organization !== org_id && organization !== org_slug) {
      throw new NotWhoWasAskedFor(`asked for ${organization}, signed in to ${org_id}`);
    }
    return signed_in;
  }

  /** New tokens; the refresh token is rotated, the old one is spent. @throws client.ResponseBodyError `invalid_grant` once access has ended */
  async refresh(before: SignedIn): Promise<SignedIn> {
    if (before.refresh_token === undefined) throw new Error('there is no refresh token');
    const tokens = await client.refreshTokenGrant(await this.#configuration(), before.refresh_token);
    const after = await this.#signed_in(tokens, before);
    if (after.claims.sub !== before.claims.sub || after.claims.org_id !== before.claims.org_id) {
      throw new NotWhoWasAskedFor('a refresh answered for somebody else');
    }
    return after;
  }

  /** RP-initiated logout: where the browser goes so that the session at the issuer ends too. */
  async sign_out_url(signed_in: SignedIn): Promise<string> {
    const url = client.buildEndSessionUrl(await this.#configuration(), {
      id_token_hint: signed_in.id_token,
      post_logout_redirect_uri: this.#options.post_logout_redirect_uri,
    });
    return url.href;
  }

  /** OpenID Connect Back-Channel Logout 1.0, 2.6. @throws when it is not a logout token of our issuer for this app */
  async read_logout_token(token: string): Promise<{ sid?: string | undefined; sub?: string | undefined }> {
    const { issuer, client_id } = this.#options;
    const { payload } = await jwtVerify(token, await this.#jwks(), {
      issuer,
      audience: client_id,
      algorithms: ALGORITHMS,
      typ: 'logout+jwt',
      requiredClaims: ['iat', 'jti', 'exp'],
      maxTokenAge: '5 minutes',
      clockTolerance: 30,
    });
    const { events, nonce, sid, sub } = payload;
    const event = is_record(events) ? events['http://schemas.openid.net/event/backchannel-logout'] : undefined;
    if (!is_record(event) || nonce !== undefined) throw new Error('not a logout token');
    if (typeof sid !== 'string' && typeof sub !== 'string') throw new Error('a logout token that names nobody');
    return { sid: typeof sid === 'string' ? sid : undefined, sub };
  }

  async #signed_in(tokens: Tokens, before?: SignedIn): Promise<SignedIn> {
    const id_token = tokens.id_token ?? before?.id_token;
    const claims = tokens.claims() ?? before?.claims;
    if (id_token === undefined || claims === undefined) throw new Error('the issuer sent no ID token');
    const { org_id, sid } = claims as Record<string, unknown>;
    if (typeof org_id !== 'string' || org_id === '') throw new NotWhoWasAskedFor('the ID token names no organization');
    const life = tokens.expiresIn();
    const api_claims = await this.#api_claims(tokens.access_token);
    return {
      claims: { ...claims, org_id, sid: typeof sid === 'string' ? sid : undefined },
      id_token,
      access_token: {
        kind: api_claims === undefined ? 'opaque' : 'jwt',
        claims: api_claims,
        scope: tokens.scope,
        expires_at: life === undefined ? undefined : Date.now() + life * 1000,
      },
      refresh_token: tokens.refresh_token ?? before?.refresh_token,
    };
  }

  /** How an API reads the access token that it is sent: verified, for this API and no other (RFC 9068, 4). An app itself never needs to. */
  async #api_claims(access_token: string): Promise<Record<string, unknown> | undefined> {
    const { issuer, resource } = this.#options;
    if (resource === undefined || access_token.split('.').length !== 3) return undefined;
    const { payload } = await jwtVerify(access_token, await this.#jwks(), {
      issuer,
      audience: resource,
      algorithms: ALGORITHMS,
      typ: 'at+jwt',
    });
    return payload;
  }

  async #jwks(): Promise<ReturnType<typeof createRemoteJWKSet>> {
    const { jwks_uri } = (await this.#configuration()).serverMetadata();
    if (jwks_uri === undefined) throw new Error('the issuer publishes no keys');
    this.#keys ??= createRemoteJWKSet(new URL(jwks_uri));
    return this.#keys;
  }

  /** Discovered at the first need, so that this app starts without its issuer; after a failure it is tried again. */
  #configuration(): Promise<client.Configuration> {
    this.#discovered ??= this.#discover().catch((error: unknown) => {
      this.#discovered = undefined;
      throw error;
    });
    return this.#discovered;
  }

  async #discover(): Promise<client.Configuration> {
    const { issuer, client_id, client_secret } = this.#options;
    const url = new URL(issuer);
    // plain http is for an issuer on this machine only: its deprecation is a warning sign
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const insecure = url.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {};
    const config = await client.discovery(url, client_id, undefined, client.ClientSecretBasic(client_secret), insecure);
    // without this line the signature of an ID token that came straight from the issuer is not looked at
    client.enableNonRepudiationChecks(config);
    return config;
  }
}

const is_record = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
