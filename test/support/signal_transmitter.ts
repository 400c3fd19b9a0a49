import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as jose from 'jose';

export const SESSION_REVOKED = 'https://schemas.openid.net/secevent/caep/event-type/session-revoked';

/** What a partner says of a session, for a test to change: `claims` and `header` replace what would stand there, null removes it. */
export interface Saying {
  readonly aud: string;
  readonly sub_id: unknown;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** A partner's transmitter: it publishes itself and its keys. */
export interface SignalTransmitter {
  readonly issuer: string;
  readonly public_jwk: jose.JWK;
  /** A security event token of it. */
  say(saying: Saying): Promise<string>;
  close(): Promise<void>;
}

export async function signal_transmitter(now: () => number = Date.now): Promise<SignalTransmitter> {
  const { privateKey, publicKey } = await jose.generateKeyPair('RS256', { extractable: true });
  const public_jwk = { ...(await jose.exportJWK(publicKey)), kid: 'transmitter-1', use: 'sig', alg: 'RS256' };
  let issuer = '';
  const server = createServer((request, response) => {
    const body = request.url === '/jwks' ? { keys: [public_jwk] } : { issuer, jwks_uri: `${issuer}/jwks`, spec_version: '1_0' };
    response.writeHead(request.url === '/jwks' || request.url === '/.well-known/ssf-configuration' ? 200 : 404);
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address
  issuer = `http://127.0.0.1:${port}`;
  let count = 0;
  return {
    ...{ issuer, public_jwk },
    say({ aud, sub_id, claims = {}, header = {} }) {
      const all = {
        ...{ iss: issuer, aud, iat: Math.floor(now() / 1000), jti: `${issuer} ${++count}`, sub_id, events: { [SESSION_REVOKED]: {} } },
        ...claims,
      };
      const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
      const named = Object.entries({ alg: 'RS256', kid: 'transmitter-1', typ: 'secevent+jwt', ...header }).filter(
        ([, value]) => value !== null,
      );
      return new jose.SignJWT(said).setProtectedHeader(Object.fromEntries(named) as unknown as jose.JWTHeaderParameters).sign(privateKey); // made to be wrong
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
