import { is_secret_name } from '../kernel/index.ts';

/** What stands where a secret was. */
const MASK = '***';

/** The private members of a JWK (RFC 7518, 6.2.2 and 6.3.2). */
const PRIVATE_JWK = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']);

const PRIVATE_PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const JWT = /(?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g;
/** `https://user:password@host` */
const URL_PASSWORD = /([a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@]*):[^\s/@]+@/gi;
const MAX_DEPTH = 40;

/** Values for the record: what is under a secret's name, and what looks like a secret under any name, is masked. Booleans and null say only whether, and stay. */
export function mask_secrets(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return masked_object(values, 0);
}

function masked_object(object: object, depth: number): Record<string, unknown> {
  const is_jwk = 'kty' in object;
  return Object.fromEntries(
    Object.entries(object).map(([name, value]: [string, unknown]) => [
      name,
      is_secret_name(name) || (is_jwk && PRIVATE_JWK.has(name)) ? hidden(value) : masked(value, depth + 1),
    ]),
  );
}

function masked(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return PRIVATE_PEM.test(value) ? MASK : value.replace(JWT, MASK).replace(URL_PASSWORD, `$1:${MASK}@`);
  if (typeof value !== 'object' || value === null) return value;
  // nothing that is accepted is nested so deep; what is must not exhaust the stack
  if (depth > MAX_DEPTH) return MASK;
  return Array.isArray(value) ? value.map((item: unknown) => masked(item, depth + 1)) : masked_object(value, depth);
}

const hidden = (value: unknown): unknown => (value === null || value === undefined || typeof value === 'boolean' ? value : MASK);

/** What a partner said of a person, for a reader who may not see it: names and how many values, nothing of them. */
export function mask_personal(said: unknown): unknown {
  if (Array.isArray(said)) return said.map(mask_personal);
  if (typeof said === 'object' && said !== null) {
    return Object.fromEntries(Object.entries(said).map(([name, value]: [string, unknown]) => [name, mask_personal(value)]));
  }
  return said === null || said === undefined ? said : MASK;
}

/** Bounded: a long line costs no more than its length. */
const EMAIL = /[^\s@<>"'(),;:[\]]{1,256}@[^\s@<>"'(),;:[\]]+/g;

/** A line of a trace without what it repeats of the person: e-mail addresses, and every value that the partner said. */
export function mask_line(line: string, said: unknown): string {
  let text = line;
  // the longest first: a part of it must not keep the rest
  for (const value of values_of(said).sort((a, b) => b.length - a.length)) text = without(text, value);
  return text.replaceAll(EMAIL, MASK);
}

/** As much of a value as is never part of another by chance. */
const RECOGNIZED = 40;
/** So few letters say nothing of anybody. */
const FEW = 3;

/** A long value may have been cut in the line, or the line within it: what begins like it is it, as far as they agree. */
function without(line: string, value: string): string {
  const beginning = value.slice(0, RECOGNIZED);
  let shown = '';
  let rest = 0;
  for (let at = line.indexOf(beginning); at !== -1; at = line.indexOf(beginning, rest)) {
    shown += line.slice(rest, at) + MASK;
    rest = at + beginning.length;
    while (rest < line.length && line[rest] === value[rest - at]) rest += 1;
  }
  const last = line.slice(rest);
  for (let most = Math.min(beginning.length, last.length); most >= FEW; most--)
    if (last.endsWith(beginning.slice(0, most))) return shown + last.slice(0, -most) + MASK;
  return shown + last;
}

function values_of(said: unknown): string[] {
  if (typeof said === 'string') return said.length >= FEW ? [said] : [];
  return typeof said === 'object' && said !== null ? Object.values(said).flatMap(values_of) : [];
}
