import { printable } from './faults.ts';

const LONGEST_TOKEN = 65_536;
const MOST_VALUES = 200;
const MOST_CHARACTERS = 300;
const MOST_OF_A_NAME = 100;
const DEEPEST = 4;
const HIDDEN = '***';
const LEFT_OUT = '…';

/** The latest moment that a Date can hold, in seconds. */
const LAST_SECOND = 8.64e12;
const TIMES = new Set(['iat', 'exp', 'nbf', 'auth_time']);
/** A provider may write into a claim what whoever looks on must not have, whatever the name begins with: `access_token`, `accessToken`, `https://acme.example/token`. */
const SECRET_NAME = /(token|secret|password|passwd|passphrase|credential|assertion|cookie|authorization|(api|private)[_-]?key)s?$/i;
const A_JWT = /(?<![\w-])eyJ[\w-]{6,}\.[\w-]+\.[\w-]*/g;
/** Shorter than this, a secret would stand in words of every day. */
const SHORTEST_SECRET = 8;

type Fields = Readonly<Record<string, unknown>>;

export interface Claimed {
  readonly id_token?: { readonly header: Fields; readonly claims: Fields };
  readonly userinfo?: Fields;
}

/**
 * What the answers of a provider say, verified by nobody: for the eyes of whoever looks for a mistake in a test, and for nothing else. Never the token itself,
 * its signature, or another token, also where the provider wrote one into a claim. Undefined for what cannot be read, and for what would cost much.
 */
interface Reader {
  /** Of the token endpoint's answer. `presented`: what it was given for. */
  tokens(body: Uint8Array, presented: readonly string[]): Claimed | undefined;
  userinfo(body: Uint8Array): Claimed | undefined;
}

export function claims_reader(client_secret: string | undefined): Reader {
  const secrets = new Set<string>();
  const keep = (...values: readonly unknown[]): void => {
    for (const value of values) if (typeof value === 'string' && value.length >= SHORTEST_SECRET) secrets.add(value);
  };
  keep(client_secret);
  return {
    tokens(body, presented) {
      const answer = object_in(body);
      keep(...presented, answer?.['access_token'], answer?.['refresh_token']);
      const token = answer?.['id_token'];
      if (typeof token !== 'string' || token.length > LONGEST_TOKEN) return undefined;
      const [head = '', payload = '', signature = ''] = token.split('.', 4);
      keep(token, signature);
      const [header, claims] = [object_in(Buffer.from(head, 'base64url')), object_in(Buffer.from(payload, 'base64url'))];
      if (header === undefined || claims === undefined) return undefined;
      const { alg, kid, typ } = header;
      return { id_token: { header: legible({ alg, kid, typ }, secrets), claims: legible(claims, secrets) } };
    },
    userinfo(body) {
      const claims = body.length > LONGEST_TOKEN ? undefined : object_in(body);
      return claims && { userinfo: legible(claims, secrets) };
    },
  };
}

function object_in(bytes: Uint8Array): Fields | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : undefined;
  } catch {
    return undefined; // whatever is wrong with it, the verifier has said
  }
}

/** A copy that costs little to keep and cannot disturb whoever reads it. */
function legible(fields: Fields, secrets: ReadonlySet<string>): Fields {
  let left = MOST_VALUES;
  // the longest first: a part of it must not keep the rest
  const hidden = [...secrets].sort((a, b) => b.length - a.length);
  const line = (text: string): string => {
    let shown = text;
    for (const secret of hidden) shown = shown.replaceAll(secret, HIDDEN);
    return printable(shown.replace(A_JWT, HIDDEN)).slice(0, MOST_CHARACTERS);
  };
  const value = (of: unknown, depth: number): unknown => {
    left -= 1;
    if (typeof of === 'string') return line(of);
    if (typeof of !== 'object' || of === null) return of;
    if (depth >= DEEPEST) return LEFT_OUT;
    return Array.isArray(of) ? list(of, depth + 1) : object(of as Fields, depth + 1); // it was read from JSON
  };
  const list = (all: readonly unknown[], depth: number): unknown[] => {
    const shown: unknown[] = [];
    for (const one of all) {
      if (left <= 0) return [...shown, LEFT_OUT];
      shown.push(value(one, depth));
    }
    return shown;
  };
  const object = (all: Fields, depth: number): Fields => {
    const shown: [string, unknown][] = [];
    for (const [name, of] of Object.entries(all)) {
      if (of === undefined || name === '__proto__') continue;
      if (left <= 0) {
        shown.push([LEFT_OUT, LEFT_OUT]);
        break;
      }
      const secret = SECRET_NAME.test(name) && of !== null && typeof of !== 'boolean';
      shown.push([line(name).slice(0, MOST_OF_A_NAME), secret ? HIDDEN : TIMES.has(name) ? moment(value(of, depth)) : value(of, depth)]);
    }
    return Object.fromEntries(shown);
  };
  return object(fields, 0);
}

/** Seconds since 1970 say nothing to a person. */
const moment = (value: unknown): unknown =>
  typeof value === 'number' && Math.abs(value) <= LAST_SECOND ? `${value} (${new Date(value * 1000).toISOString()})` : value;
