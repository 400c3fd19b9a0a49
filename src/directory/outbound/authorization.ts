import type { FetchResult } from '../../../connectors/connector.ts';
import type { OutboundDeps } from './deps.ts';
import type { OpenTarget } from './open_target.ts';
import { TargetFault } from './outcome.ts';

export interface Authorization {
  /** The header's value. @throws TargetFault */
  header(target: OpenTarget, signal: AbortSignal): Promise<string>;
  /** The target did not take it. True when another one may be had. */
  refused(target: OpenTarget): boolean;
}

interface Kept {
  readonly version: number;
  readonly token: string;
  readonly until: number;
}

/** Access tokens of the client credentials grant are asked for again so long before they end. */
const EARLY_MS = 30_000;
const USUAL_LIFE_S = 300;
const TIMEOUT_MS = 10_000;

/** A bearer token as it was entered, or one that the target's authorization server gives out (RFC 6749 section 4.4), kept in memory while it lasts. */
export function make_authorization({ fetch, now }: Pick<OutboundDeps, 'fetch' | 'now'>): Authorization {
  const kept = new Map<string, Kept>();
  return {
    async header(target, signal) {
      const { id, version, auth } = target.row;
      if (auth.method === 'token') return `Bearer ${target.secret}`;
      const known = kept.get(id);
      if (known?.version === version && known.until > now()) return `Bearer ${known.token}`;
      const answer = await fetch(auth.token_url, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
          authorization: `Basic ${Buffer.from(`${form(auth.client_id)}:${form(target.secret)}`).toString('base64')}`,
        },
        body: new URLSearchParams({ grant_type: 'client_credentials', ...(auth.scope !== null && { scope: auth.scope }) }).toString(),
        ...{ signal, timeout_ms: TIMEOUT_MS, max_bytes: 64 * 1024 },
      });
      const { token, life_s } = read_token(answer);
      kept.set(id, { version, token, until: now() + life_s * 1000 - EARLY_MS });
      return `Bearer ${token}`;
    },
    refused: ({ row }) => row.auth.method === 'oauth' && kept.delete(row.id),
  };
}

/** RFC 6749 section 2.3.1: each is encoded before they are joined. */
const form = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');

function read_token({ status, body }: FetchResult): { token: string; life_s: number } {
  if (status !== 200) throw new TargetFault(`the token endpoint of the target answered ${status}`);
  let said: unknown;
  try {
    said = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    said = undefined;
  }
  if (typeof said !== 'object' || said === null || !('access_token' in said) || typeof said.access_token !== 'string')
    throw new TargetFault('the token endpoint of the target gave no access token');
  const life = 'expires_in' in said ? Number(said.expires_in) : Number.NaN;
  return { token: said.access_token, life_s: life > 0 ? life : USUAL_LIFE_S };
}
