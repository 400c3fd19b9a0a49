import { z } from 'zod';
import type { FetchResult, Tools } from '../../connectors/connector.ts';
import { type Deliverer, Hopeless, PutOff } from './worker.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const TIMEOUT_MS = 15 * SECOND;
const MAX_BYTES = 16 * 1024;
const PATIENCE_MS = 10 * MINUTE;

/** A security event token with where it goes. */
export interface SignedSet {
  readonly url: string;
  /** What the app wants to see in the header. */
  readonly authorization: string | undefined;
  readonly token: string;
}

/** The app has read the token and says that it is not one for it (RFC 8935 section 2.4): it would say so again. */
const FINAL = new Set(['invalid_request', 'invalid_issuer', 'invalid_audience']);

/** Tells an app of a security event (RFC 8935). Tried for a day, as back-channel logout is. */
export function signal_push(deps: {
  readonly fetch: Tools['fetch'];
  /** `gone`: with its app, nobody is there to be told; `waits`: the stream does not take pushes now. */
  readonly signed: (id: string, payload: unknown) => Promise<SignedSet | 'gone' | 'waits'>;
}): Deliverer {
  return {
    schedule: [SECOND, 3 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
    async deliver({ id, payload, signal, note }) {
      const set = await deps.signed(id, payload);
      if (set === 'gone') return;
      if (set === 'waits') throw new PutOff(MINUTE, 'the stream takes no pushes now');
      const answer = await deps.fetch(set.url, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/secevent+jwt', accept: 'application/json' },
          ...(set.authorization !== undefined && { authorization: set.authorization }),
        },
        body: set.token,
        ...{ signal, timeout_ms: TIMEOUT_MS, max_bytes: MAX_BYTES },
      });
      note(String(answer.status));
      understand(answer);
    },
  };
}

/** 202 is heard, and so is 200 or 204 of an app that is not so exact. Never more of what it says than a code. */
function understand(answer: FetchResult): void {
  if ([200, 202, 204].includes(answer.status)) return;
  if (answer.status === 429 || answer.status === 503) {
    const seconds = Number(answer.headers['retry-after'] ?? '');
    if (seconds > 0) throw new PutOff(Math.min(seconds * SECOND, PATIENCE_MS), `the app answered ${answer.status}`);
  }
  const err = answer.status === 400 ? error_of(answer.body) : undefined;
  const reason = `the app answered ${answer.status}${err === undefined ? '' : ` ${err}`}`;
  if (err !== undefined && FINAL.has(err)) throw new Hopeless(reason);
  throw new Error(reason);
}

const error_body = z.object({ err: z.string().regex(/^[\w-]{1,64}$/) });

function error_of(body: Uint8Array): string | undefined {
  try {
    return error_body.safeParse(JSON.parse(new TextDecoder().decode(body))).data?.err;
  } catch {
    return undefined;
  }
}
