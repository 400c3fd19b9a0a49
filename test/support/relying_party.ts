import * as client from 'openid-client';
import type { Browser, Page } from './browser.ts';

export interface RelyingParty {
  readonly config: client.Configuration;
  readonly redirect_uri: string;
  /** An authorization request of this app, and what is needed to finish it. */
  begin(parameters?: Readonly<Record<string, string>>, options?: RequestOptions): Promise<Started>;
}

export interface RequestOptions {
  /** Sent to `/par` first. */
  readonly push?: boolean;
  /** As a signed request object (RFC 9101). */
  readonly sign?: client.CryptoKey | client.PrivateKey;
  /** Tokens are bound to this key (RFC 9449). */
  readonly dpop?: client.DPoPHandle;
  /** For an app that is registered without PKCE. */
  readonly without_pkce?: boolean;
}

export interface Started {
  readonly url: string;
  /** The app's callback: its whole address, as the browser arrived there. @throws openid-client's errors */
  finish(arrived: string): Promise<client.TokenEndpointResponse & client.TokenEndpointResponseHelpers>;
}

/** An app that speaks to the issuer with a certified library: code, PKCE, state, nonce, `iss`. Nothing listens at its redirect URI. */
export async function relying_party(options: {
  issuer: string;
  client_id: string;
  client_secret?: string;
  redirect_uri?: string;
  metadata?: Partial<client.ClientMetadata>;
  /** How it proves who it is, when not by its secret in the header. */
  auth?: client.ClientAuth;
}): Promise<RelyingParty> {
  const { issuer, client_id, client_secret, redirect_uri = 'http://127.0.0.1:9/callback' } = options;
  const config = await client.discovery(
    new URL(issuer),
    client_id,
    { ...options.metadata, ...(client_secret !== undefined && { client_secret }) },
    options.auth ?? (client_secret === undefined ? client.None() : client.ClientSecretBasic(client_secret)),
    {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out: this machine has no certificate
      execute: [client.allowInsecureRequests],
    },
  );
  return {
    config,
    redirect_uri,
    async begin(parameters = {}, request = {}) {
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const nonce = client.randomNonce();
      const asked = {
        redirect_uri,
        scope: 'openid profile email groups roles',
        ...(request.without_pkce !== true && {
          code_challenge: await client.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        }),
        state,
        nonce,
        ...parameters,
      };
      const bound = request.dpop === undefined ? {} : { DPoP: request.dpop };
      let url =
        request.sign === undefined
          ? client.buildAuthorizationUrl(config, asked)
          : await client.buildAuthorizationUrlWithJAR(config, asked, request.sign);
      if (request.push === true) url = await client.buildAuthorizationUrlWithPAR(config, url.searchParams, bound);
      return {
        url: url.href,
        finish: (arrived) =>
          client.authorizationCodeGrant(
            config,
            new URL(arrived),
            {
              ...(request.without_pkce !== true && { pkceCodeVerifier: verifier }),
              expectedState: state,
              expectedNonce: nonce,
              idTokenExpected: true,
              ...(parameters['max_age'] !== undefined && { maxAge: Number(parameters['max_age']) }),
            },
            undefined,
            bound,
          ),
      };
    },
  };
}

/** Opens an app's request in a browser that stops at the app's door. */
export function arrive(browser: Browser, app: RelyingParty, url: string): Promise<Page> {
  if (!browser.stop_at.includes(app.redirect_uri)) browser.stop_at.push(app.redirect_uri);
  return browser.open(url);
}
