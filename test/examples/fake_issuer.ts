import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An issuer that answers as the test says: the claims, the key and the `iss` of its next answer. */
export interface FakeIssuer {
  readonly url: string;
  /** Claims of the next ID token, over the ordinary ones; undefined removes one. */
  claims: Record<string, unknown>;
  /** The `iss` of the next answer at the callback. */
  iss: string | undefined;
  /** True: the next ID token is signed by somebody else's key. */
  forged: boolean;
  /** True: refresh tokens are over. */
  revoked: boolean;
  readonly requests: URLSearchParams[];
  sign(payload: JWTPayload, typ: string, by?: 'ours' | 'other'): Promise<string>;
  close(): Promise<void>;
}

export async function start_fake_issuer(): Promise<FakeIssuer> {
  const [ours, other] = [await generateKeyPair('ES256', { extractable: true }), await generateKeyPair('ES256')];
  const public_key = { ...(await exportJWK(ours.publicKey)), kid: 'ours', alg: 'ES256', use: 'sig' };
  const codes = new Map<string, { nonce: string; challenge: string; client_id: string }>();
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: FakeIssuer = {
    url,
    claims: {},
    iss: url,
    forged: false,
    revoked: false,
    requests: [],
    sign: (payload, typ, by = 'ours') =>
      new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'ours', typ }).sign(by === 'ours' ? ours.privateKey : other.privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function tokens(client_id: string, nonce?: string): Promise<Record<string, unknown>> {
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      iss: url,
      sub: 'usr_ann',
      aud: client_id,
      iat: now,
      exp: now + 300,
      ...(nonce !== undefined && { nonce }),
      ...ordinary,
      ...issuer.claims,
    };
    const id_token = await issuer.sign(JSON.parse(JSON.stringify(payload)) as JWTPayload, 'JWT', issuer.forged ? 'other' : 'ours');
    return {
      access_token: randomBytes(8).toString('hex'),
      token_type: 'Bearer',
      expires_in: 300,
      refresh_token: 'r',
      scope: 'openid',
      id_token,
    };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const json = (status: number, body: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (pathname === '/.well-known/openid-configuration') return json(200, metadata(url));
    if (pathname === '/jwks') return json(200, { keys: [public_key] });
    if (pathname === '/authorize') {
      issuer.requests.push(searchParams);
      const code = randomBytes(8).toString('hex');
      const get = (name: string): string => searchParams.get(name) ?? '';
      codes.set(code, { nonce: get('nonce'), challenge: get('code_challenge'), client_id: get('client_id') });
      const back = new URL(get('redirect_uri'));
      back.searchParams.set('code', code);
      back.searchParams.set('state', get('state'));
      if (issuer.iss !== undefined) back.searchParams.set('iss', issuer.iss);
      response.writeHead(303, { location: back.href }).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    if (form.get('grant_type') === 'refresh_token') {
      return issuer.revoked ? json(400, { error: 'invalid_grant' }) : json(200, await tokens('app'));
    }
    const grant = codes.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (grant === undefined || grant.challenge !== challenge) return json(400, { error: 'invalid_grant' });
    codes.delete(form.get('code') ?? '');
    return json(200, await tokens(grant.client_id, grant.nonce));
  }
  return issuer;
}

const ordinary = {
  sid: 'sid_1',
  org_id: 'org_acme',
  org_slug: 'acme',
  org_name: 'Acme',
  name: 'Ann <Archer>',
  email: 'ann@acme.example',
  email_verified: true,
  groups: ['Engineers'],
  roles: ['editor'],
  auth_time: 1_767_225_600,
};

const metadata = (url: string) => ({
  issuer: url,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  jwks_uri: `${url}/jwks`,
  end_session_endpoint: `${url}/logout`,
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  id_token_signing_alg_values_supported: ['ES256'],
});
