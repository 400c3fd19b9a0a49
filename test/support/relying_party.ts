import * as client from 'openid-client';
import type { Browser, Page } from './browser.ts';

export interface RelyingParty {
  readonly config: client.Configuration;
  readonly redirect_uri: string;
  /** An authorization request of this app, and what is needed to finish it. */
  begin(parameters?: Readonly<Record<string, string>>): Promise<Started>;
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
}): Promise<RelyingParty> {
  const { issuer, client_id, client_secret, redirect_uri = 'http://127.0.0.1:9/callback' } = options;
  const config = await client.discovery(
    new URL(issuer),
    client_id,
    { ...options.metadata, ...(client_secret !== undefined && { client_secret }) },
    client_secret === undefined ? client.None() : client.ClientSecretBasic(client_secret),
    {
      execute: [client.allowInsecureRequests],
    },
  );
  return {
    config,
    redirect_uri,
    async begin(parameters = {}) {
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const nonce = client.randomNonce();
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri,
        scope: 'openid profile email groups roles',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...parameters,
      });
      return {
        url: url.href,
        finish: (arrived) =>
          client.authorizationCodeGrant(config, new URL(arrived), {
            pkceCodeVerifier: verifier,
            expectedState: state,
            expectedNonce: nonce,
            idTokenExpected: true,
            ...(parameters['max_age'] !== undefined && { maxAge: Number(parameters['max_age']) }),
          }),
      };
    },
  };
}

/** Opens an app's request in a browser that stops at the app's door. */
export function arrive(browser: Browser, app: RelyingParty, url: string): Promise<Page> {
  if (!browser.stop_at.includes(app.redirect_uri)) browser.stop_at.push(app.redirect_uri);
  return browser.open(url);
}
