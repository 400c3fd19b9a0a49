import type { Callback, Tools } from '../connector.ts';
import { peek_in_response_to } from './verify/index.ts';

/** URL-safe, at most 80 bytes, and fit to be part of an xs:ID: what our own handles look like. */
const HANDLE = /^[A-Za-z0-9_-]{16,80}$/;
const REQUEST = /^_([A-Za-z0-9_-]{16,80})\.[A-Za-z0-9_-]{22}$/;

/**
 * The ID of a request: the handle of the attempt, and 128 random bits of its own, so that no two requests share one. An answer that comes back
 * without its RelayState still finds the attempt, and still has to name the whole ID.
 */
export function new_request_id(handle: string, tools: Pick<Tools, 'random_bytes'>): string {
  const random = Buffer.from(tools.random_bytes(16)).toString('base64url');
  return HANDLE.test(handle) ? `_${handle}.${random}` : `_${random}`;
}

/** The handle that an answer names: in RelayState, or else in the request that it says it answers. Believed by nobody: it only finds the attempt. */
export function handle_of({ parameters, repeated }: Callback): string | undefined {
  if (repeated.includes('RelayState') || repeated.includes('SAMLResponse')) return undefined;
  const relay_state = parameters['RelayState'];
  if (relay_state !== undefined && relay_state !== '' && Buffer.byteLength(relay_state) <= 80 && !/[\s:/?#]/.test(relay_state))
    return relay_state;
  const message = parameters['SAMLResponse'];
  if (message === undefined) return undefined;
  return REQUEST.exec(peek_in_response_to(message) ?? '')?.[1];
}
