import assert from 'node:assert/strict';
import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  type Callback,
  type Check,
  ConnectorError,
  type FaultReason,
  type FetchRequest,
  type FetchResult,
  type Hint,
  type Identity,
  type LoginOutcome,
  type Pending,
  type RedirectConnector,
  type Tools,
} from '../../connectors/connector.ts';
import { new_handle, noted_call, oidc_tools, open_oidc } from './oidc_connector.ts';

export const ISSUER = 'https://idp.partner.example';
export const CLIENT_ID = 'client-at-partner';
export const CLIENT_SECRET = 'planted-client-secret';
export const NOW = Date.UTC(2030, 0, 15, 12);

type Fields = Readonly<Record<string, unknown>>;
type Change = (fields: Record<string, unknown>) => Fields | undefined;

export interface Key {
  readonly kid: string;
  readonly private_key: KeyObject;
  readonly jwk: Record<string, unknown>;
}

type Kind = 'rsa' | 'rsa1024' | 'p256' | 'p384' | 'p521' | 'ed25519';

/** A key pair with its public JWK. */
export function make_key(kind: Kind = 'rsa', kid = `${kind}-${randomBytes(4).toString('hex')}`): Key {
  const { privateKey, publicKey } =
    kind === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : kind === 'rsa' || kind === 'rsa1024'
        ? generateKeyPairSync('rsa', { modulusLength: kind === 'rsa' ? 2048 : 1024 })
        : generateKeyPairSync('ec', { namedCurve: kind.replace('p', 'P-') });
  return { kid, private_key: privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' } };
}

export const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A compact JWS, whatever the header says; PS and ES by their rules, HS with the given secret. */
export function jws(header: Fields, claims: unknown, key: KeyObject | string): string {
  const content = `${encoded(header)}.${encoded(claims)}`;
  const alg = String(header['alg']);
  const bits = /\d{3}$/.exec(alg)?.[0] ?? '512';
  if (typeof key === 'string') return `${content}.${createHmac(`sha${bits}`, key).update(content).digest('base64url')}`;
  const options = alg.startsWith('PS')
    ? { key, padding: 6, saltLength: Number(bits) / 8 } // RSA_PKCS1_PSS_PADDING
    : { key, dsaEncoding: 'ieee-p1363' as const };
  return `${content}.${sign(key.asymmetricKeyType === 'ed25519' ? null : `sha${bits}`, Buffer.from(content), options).toString('base64url')}`;
}

/** The left half of a hash, as `at_hash` and its like hold it. */
export const half_hash = (text: string, hash = 'sha256'): string => {
  const digest = createHash(hash).update(text).digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
};

export const json_answer = (body: unknown, more: Partial<FetchResult> = {}): FetchResult => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(body)),
  ...more,
});

/** A provider in memory that says and signs what it is told to. Changed by assigning to its fields. */
export class HostileProvider {
  time = NOW;
  readonly key: Key;
  /** Everything that was asked, in order. */
  readonly requests: { readonly url: string; readonly request: FetchRequest }[] = [];
  readonly logged: string[] = [];
  code = 'code-of-the-partner';
  access_token = 'planted-access-token';
  settings: Fields = {};
  tools: Partial<Tools> = {};
  discovery: Change = () => undefined;
  jwks: () => FetchResult = () => json_answer({ keys: [this.key.jwk] });
  /** What the ID token claims; undefined as an answer leaves it as it is. */
  claims: Change = () => undefined;
  header: Change = () => undefined;
  sign: (header: Fields, claims: Fields) => string = (header, claims) => jws(header, claims, this.key.private_key);
  token: (body: Record<string, unknown>) => FetchResult = (body) => json_answer(body);
  userinfo: (body: Record<string, unknown>) => FetchResult = (body) => json_answer(body);
  callback: (parameters: Record<string, string>) => Partial<Callback> = () => ({});
  pending: (pending: Pending) => Pending = (pending) => pending;
  #nonce = '';

  constructor(key: Key) {
    this.key = key;
  }

  readonly fetch: Tools['fetch'] = async (url, request = {}) => {
    this.requests.push({ url, request });
    switch (url) {
      case `${ISSUER}/.well-known/openid-configuration`:
        return json_answer(changed(this.discovery, metadata()));
      case `${ISSUER}/jwks`:
        return this.jwks();
      case `${ISSUER}/token`:
        return this.token({ access_token: this.access_token, token_type: 'Bearer', expires_in: 300, id_token: this.id_token() });
      case `${ISSUER}/userinfo`:
        return this.userinfo({ sub: 'subject-1', email: 'alice@partner.example', email_verified: true, name: 'Alice' });
      default:
        throw new ConnectorError('misconfigured', `${url} was asked`);
    }
  };

  id_token(): string {
    const seconds = Math.floor(this.time / 1000);
    const claims = changed(this.claims, {
      iss: ISSUER,
      aud: CLIENT_ID,
      sub: 'subject-1',
      nonce: this.#nonce,
      iat: seconds,
      exp: seconds + 300,
      auth_time: seconds,
      email: 'alice@partner.example',
    });
    return this.sign(changed(this.header, { alg: 'RS256', kid: this.key.kid }), claims);
  }

  open(): Promise<RedirectConnector> {
    const settings = { issuer: ISSUER, client_id: CLIENT_ID, client_secret: CLIENT_SECRET, ...this.settings };
    const log: Tools['log'] = (...line) => void this.logged.push(JSON.stringify(line));
    return open_oidc(settings, oidc_tools({ now: () => this.time, fetch: this.fetch, log, ...this.tools }));
  }

  /** One sign-in, from leaving to the outcome. */
  async sign_in(hint: Partial<Hint> = {}, connector?: RedirectConnector, checks: Check[] = []): Promise<LoginOutcome> {
    const opened = connector ?? (await this.open());
    const call = { ...noted_call(), check: (check: Check) => void checks.push(check) };
    const { send, pending } = await opened.begin({ handle: new_handle(), ...hint }, call);
    const asked = new URL(send.url).searchParams;
    this.#nonce = asked.get('nonce') ?? '';
    this.code = `code-${randomBytes(8).toString('hex')}`;
    const parameters = { code: this.code, state: asked.get('state') ?? '', iss: ISSUER };
    const callback: Callback = { method: 'GET', parameters, repeated: [], query: '', ...this.callback(parameters) };
    return opened.finish(callback, this.pending(pending), call);
  }
}

const changed = (change: Change, fields: Record<string, unknown>): Fields => change(fields) ?? fields;

const metadata = (): Record<string, unknown> => ({
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  userinfo_endpoint: `${ISSUER}/userinfo`,
  jwks_uri: `${ISSUER}/jwks`,
  end_session_endpoint: `${ISSUER}/logout`,
  id_token_signing_alg_values_supported: ['none', 'HS256', 'RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'],
  authorization_response_iss_parameter_supported: true,
});

export async function accepted(provider: HostileProvider, hint: Partial<Hint> = {}): Promise<Identity> {
  const outcome = await provider.sign_in(hint);
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.identity;
}

/** Nobody is signed in: a fault for one of these reasons, with a failed check, and no secret in what is noted, said or logged. */
export async function refused(
  provider: HostileProvider,
  reasons: readonly FaultReason[] = ['untrusted', 'malformed', 'expired'],
  hint: Partial<Hint> = {},
): Promise<ConnectorError> {
  const checks: Check[] = [];
  const result = await provider.sign_in(hint, undefined, checks).catch((error: unknown) => error);
  assert.ok(result instanceof ConnectorError, `not refused: ${result instanceof Error ? result.stack : JSON.stringify(result)}`);
  assert.ok(reasons.includes(result.reason), `${result.reason}: ${result.message}`);
  assert.ok(
    checks.some(({ ok }) => !ok),
    'no failed check',
  );
  const told = JSON.stringify([checks, result.message, result.fix, provider.logged, causes(result)]);
  for (const secret of [CLIENT_SECRET, provider.access_token, provider.code, encoded({ iss: ISSUER }).slice(0, 20)])
    assert.ok(!told.includes(secret), 'a secret was told');
  return result;
}

/** What a logger would write of an error: its causes with everything that can be enumerated. */
function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let one = error, depth = 0; one !== undefined && depth < 6; one = one instanceof Error ? one.cause : undefined, depth++)
    found.push(one instanceof Error ? [Object.entries(one), one.message, one.stack] : one);
  return found;
}
