import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Person } from '../people.ts';
import type { Switches } from '../switches.ts';

export interface ProviderKey {
  readonly kid: string;
  readonly private_key: CryptoKeyOf;
  readonly public_jwk: JWK;
}
type CryptoKeyOf = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

export async function make_provider_key(kid: string): Promise<ProviderKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, private_key: privateKey, public_jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
}

/** Somebody signed in at the mock. */
export interface ProviderSession {
  readonly username: string;
  readonly sid: string;
  readonly at: number;
}

/** What a code stands for until it is exchanged. */
export interface Granted {
  readonly client_id: string;
  readonly redirect_uri: string;
  readonly code_challenge: string | undefined;
  readonly nonce: string | undefined;
  readonly max_age: number | undefined;
  readonly acr: string | undefined;
  readonly scope: readonly string[];
  readonly person: Person;
  readonly session: ProviderSession;
}

/** Everything that the mock is while it runs. */
export interface MockProvider {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly key: ProviderKey;
  readonly other_key: ProviderKey;
  readonly people: readonly Person[];
  readonly switches: Switches;
  readonly now: () => number;
  readonly auto: boolean;
  readonly sessions: Map<string, ProviderSession>;
  readonly codes: Map<string, Granted>;
  readonly access_tokens: Map<string, Granted>;
  /** Each is good once: its use gives the next. */
  readonly refresh_tokens: Map<string, Granted>;
  /** The last ID token, for the switch `replay`. */
  last_id_token: string | undefined;
  renewals: number;
  /** How often each path was asked for. */
  readonly requests: Map<string, number>;
  last_assertion: string | undefined;
}

/** One request to the mock, its parameters read. */
export interface Exchange {
  readonly provider: MockProvider;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fields: URLSearchParams;
}

const COOKIE = 'mock_oidc_session';
const MOST = 5000;

export const random = (): string => randomBytes(24).toString('base64url');

/** Keeps one more; the oldest go when there are many. */
export function keep<Kept>(map: Map<string, Kept>, value: Kept): string {
  const id = random();
  map.set(id, value);
  const [oldest] = map.keys();
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
  return id;
}

const session_id = (request: IncomingMessage): string => new RegExp(`${COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';

export const session_of = ({ provider, request }: Exchange): ProviderSession | undefined => provider.sessions.get(session_id(request));

export function start_session({ provider, response }: Exchange, username: string): ProviderSession {
  const session: ProviderSession = { username, sid: random(), at: provider.now() };
  response.setHeader('set-cookie', `${COOKIE}=${keep(provider.sessions, session)}; Path=/; HttpOnly; SameSite=Lax`);
  return session;
}

export function end_session({ provider, request, response }: Exchange): void {
  provider.sessions.delete(session_id(request));
  response.setHeader('set-cookie', `${COOKIE}=; Path=/; Max-Age=0`);
}
