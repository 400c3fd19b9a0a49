import { ConnectorError, type FetchResult } from '../../../connectors/connector.ts';
import type { Authorization } from './authorization.ts';
import type { OutboundDeps } from './deps.ts';
import type { OpenTarget } from './open_target.ts';
import { Later, TargetFault } from './outcome.ts';
import type { Pace } from './pace.ts';

type Json = Readonly<Record<string, unknown>>;

/** An answer that says something: 2xx, and the 4xx that a caller knows what to make of. */
export interface Answer {
  readonly status: number;
  /** Empty when there was none. */
  readonly body: Json;
  /** `409 uniqueness`: never what the target says in words. */
  readonly in_short: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One target, as one delivery speaks to it. */
export interface Remote {
  /** @throws Later when it asks for patience, TargetFault when it cannot be reached, fails, forbids, redirects or talks nonsense */
  send(method: Method, path: string, body?: Json): Promise<Answer>;
}

export interface Hearing {
  readonly signal: AbortSignal;
  /** For the log of deliveries. */
  readonly note: (answer: string) => void;
  /** What must not be repeated from an answer. */
  readonly private_words: readonly string[];
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 4 * 1024 * 1024;
const SCIM = 'application/scim+json';
/** When it says that it is too much, and not for how long. */
const USUAL_PATIENCE_MS = 30_000;
const MOST_PATIENCE_MS = 86_400_000;

export function make_remote(
  deps: Pick<OutboundDeps, 'fetch' | 'now'> & { readonly authorization: Authorization; readonly pace: Pace },
  target: OpenTarget,
  hearing: Hearing,
): Remote {
  const once = async (method: Method, path: string, body: Json | undefined): Promise<FetchResult> => {
    await deps.pace(target, hearing.signal);
    return deps.fetch(`${target.row.base_url}${path}`, {
      method,
      headers: {
        authorization: await deps.authorization.header(target, hearing.signal),
        accept: `${SCIM}, application/json`,
        ...(body !== undefined && { 'content-type': SCIM }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...{ signal: hearing.signal, timeout_ms: TIMEOUT_MS, max_bytes: MAX_BYTES },
    });
  };
  return {
    async send(method, path, body) {
      try {
        let result = await once(method, path, body);
        if (result.status === 401 && deps.authorization.refused(target)) result = await once(method, path, body);
        return read(result, hearing, target.secret, deps.now());
      } catch (error) {
        if (error instanceof ConnectorError) throw new TargetFault(error.message, { cause: error });
        throw error;
      }
    },
  };
}

/** Statuses that the caller decides on. */
const TELLING: ReadonlySet<number> = new Set([400, 404, 405, 409, 410, 412, 413, 422, 501]);

function read(result: FetchResult, hearing: Hearing, secret: string, now: number): Answer {
  const { status } = result;
  const body = parse(result.body);
  const said = typeof body?.['scimType'] === 'string' && /^[A-Za-z]{1,40}$/.test(body['scimType']) ? ` ${body['scimType']}` : '';
  const in_short = `${status}${said}`;
  const detail = typeof body?.['detail'] === 'string' && status >= 400 ? `: ${body['detail']}` : '';
  hearing.note(without(`${in_short}${detail}`, [secret, ...hearing.private_words]));
  if (status === 429 || (status === 503 && result.headers['retry-after'] !== undefined))
    throw new Later(patience(result.headers['retry-after'], now), `the target asked for patience (${status})`);
  if (status >= 300 && status < 400) throw new TargetFault(`the target answered with a redirect (${status}), which is not followed`);
  if (status === 401 || status === 403) throw new TargetFault(`the target does not let us in (${in_short})`);
  if (TELLING.has(status)) return { status, body: body ?? {}, in_short };
  if (status < 200 || status >= 300) throw new TargetFault(`the target answered ${in_short}`);
  if (body === undefined) throw new TargetFault(`the target answered ${status} with what is no SCIM`);
  return { status, body, in_short };
}

/** Undefined for what is no JSON object; nothing at all is an empty one. */
function parse(bytes: Uint8Array): Json | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined; // an object
  } catch {
    return undefined;
  }
}

const EMAIL = /[^\s@<>"'(),;:[\]]{1,256}@[^\s@<>"'(),;:[\]]+/g;

/** Whoever reads the log of deliveries need not know the person, and nobody our token. */
function without(text: string, words: readonly string[]): string {
  let clean = text.slice(0, 2000);
  for (const word of words.filter(({ length }) => length >= 3).sort((a, b) => b.length - a.length)) clean = clean.replaceAll(word, '***');
  return clean.replaceAll(EMAIL, '***');
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function patience(header: string | undefined, now: number): number {
  const text = header?.trim() ?? '';
  const asked = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  if (Number.isNaN(asked)) return USUAL_PATIENCE_MS;
  return Math.min(Math.max(asked, 1000), MOST_PATIENCE_MS);
}
