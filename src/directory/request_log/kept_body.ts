import { is_secret_name } from '../../kernel/index.ts';

/** Characters of a body that are kept: more is one of thousands of members, told by what it changed. */
export const MOST_KEPT = 65_536;
const SECRET = /pass(?:word|wd|phrase)|secret|token|credential/i;
const MAX_DEPTH = 40;

export interface KeptBody {
  readonly text: string;
  /** It was longer: only its beginning is kept. */
  readonly truncated: boolean;
}

/** A body as it came, but for passwords, which nobody keeps. Undefined where a password may stand in what is no JSON. */
export function kept_body(raw: string, parsed: unknown): KeptBody | undefined {
  const suspicious = SECRET.test(raw);
  if (suspicious && (typeof parsed !== 'object' || parsed === null)) return undefined;
  const text = suspicious ? JSON.stringify(without_secrets(parsed)) : raw;
  return text.length > MOST_KEPT ? { text: text.slice(0, MOST_KEPT), truncated: true } : { text, truncated: false };
}

/** The same without passwords, wherever they stand. */
export function without_secrets(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '***';
  if (Array.isArray(value)) return value.map((one: unknown) => without_secrets(one, depth + 1));
  const fields = Object.entries(value) as [string, unknown][]; // of an object that was JSON
  // {op, path: "password", value}: there the name is a value itself
  const path = fields.find(([name]) => name.toLowerCase() === 'path')?.[1];
  const secret = typeof path === 'string' && is_secret_name(path.split(/[:.]/).at(-1) ?? '');
  return Object.fromEntries(
    fields.map(([name, one]) => [
      name,
      is_secret_name(name) || (secret && name.toLowerCase() === 'value') ? '***' : without_secrets(one, depth + 1),
    ]),
  );
}

const HIDDEN = new Set(['authorization', 'proxy-authorization', 'cookie']);
const MOST_HEADERS = 40;

/** The headers of a request but for those that say who may. */
export const kept_headers = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => value !== undefined && !HIDDEN.has(name) && !is_secret_name(name))
      .slice(0, MOST_HEADERS)
      .map(([name, value]) => [name, String(value).slice(0, 1000)]),
  );
