import type { Context, Middleware } from 'koa';
import { state_of, text_body } from '../http/index.ts';
import { hash_token, InvalidInput, type OrgId } from '../kernel/index.ts';
import type { SignalSourceRow } from '../storage/index.ts';
import type { ReceiverDeps, TransmitterKeys } from './deps.ts';
import { type Place, take_event } from './end_sessions.ts';
import { read_set, SetRefused } from './read_set.ts';
import { SET_MEDIA_TYPE } from './vocabulary.ts';

/** An event about one person fits many times. */
const LARGEST_SET = 16 * 1024;
/** Transmitters whose keys are remembered in one process. */
const KEPT = 500;
const MINUTE_MS = 60_000;

/** `/ssf/{connection_id}/events`: a partner's transmitter says that sessions have ended (RFC 8935). One address for each connection. */
export function receive_routes(deps: ReceiverDeps): Middleware {
  const keys = make_keys(deps);
  const read_body = text_body(LARGEST_SET, SET_MEDIA_TYPE);
  return async (ctx, next) => {
    const [, connection_id] = /^\/ssf\/(con_[^/]{1,60})\/events$/.exec(ctx.path) ?? [];
    if (connection_id === undefined || ctx.method !== 'POST') return next();
    ctx.set('cache-control', 'no-store');
    try {
      const place = await authenticate(deps, ctx, connection_id);
      await read_body(ctx, async () => {});
      await receive(deps, ctx, place, keys(place.source));
      ctx.status = 202;
      ctx.body = '';
    } catch (error) {
      refuse(deps, ctx, connection_id, error);
    }
  };
}

async function receive(deps: ReceiverDeps, ctx: Context, place: Place, keys: TransmitterKeys): Promise<void> {
  const { org_id, source } = place;
  const { ip, request_id } = state_of(ctx);
  const claims = await read_set(deps, source, keys, ctx.request.rawBody ?? '');
  await take_event(deps, place, claims, { actor: { kind: 'system', name: `transmitter ${source.issuer}` }, ip, request_id });
  const at = deps.now();
  if (source.last_received_at === null || at - source.last_received_at >= MINUTE_MS)
    await deps.storage.write_once(`UPDATE "signal_sources" SET "last_received_at" = ? WHERE "org_id" = ? AND "id" = ?`, [
      ...[at, org_id, source.id],
    ]);
}

/** A connection that is not there, one without a transmitter and a wrong token look alike. @throws SetRefused | TooMany */
async function authenticate(deps: ReceiverDeps, ctx: Context, connection_id: string): Promise<Place> {
  const { ip } = state_of(ctx);
  await deps.rate_limits.check('credential', ip);
  const token = /^bearer +([\x21-\x7e]{1,1024})$/i.exec(ctx.get('authorization'))?.[1];
  const connection = token === undefined ? undefined : await deps.directory.connection(connection_id);
  const source =
    token === undefined || connection === undefined
      ? undefined
      : await deps.storage.org(connection.org_id).signal_sources.find_one({ connection_id, token_hash: hash_token(token) });
  if (connection === undefined || source === undefined) {
    await deps.rate_limits.count('credential', ip);
    ctx.set('www-authenticate', token === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
    throw new SetRefused('authentication_failed', 'Send the token of this connection: Authorization: Bearer <token>.');
  }
  await deps.rate_limits.count('signal_events', connection_id);
  const own = [source.issuer, connection.settings['issuer'], connection.settings['entity_id']];
  const org_id: OrgId = connection.org_id;
  return { org_id, source, issuers: new Set(own.filter((name) => typeof name === 'string')) };
}

/** RFC 8935 section 2.3. What is not ours to say so, a database that is away, goes on to the edge: the transmitter tries again. */
function refuse(deps: ReceiverDeps, ctx: Context, connection_id: string, error: unknown): void {
  const refusal = error instanceof InvalidInput ? new SetRefused('invalid_request', error.message, { cause: error }) : error;
  if (!(refusal instanceof SetRefused)) throw error;
  const too_large = error instanceof InvalidInput && error.status === 413;
  ctx.status = refusal.err === 'authentication_failed' ? 401 : too_large ? 413 : 400;
  ctx.set('content-type', 'application/json');
  ctx.body = JSON.stringify({ err: refusal.err, description: refusal.message });
  deps.log('a security event was refused', { connection_id, reason: refusal.message, error: refusal.cause });
}

/** One key store for each source, as long as it names the same address. */
function make_keys({ key_store }: Pick<ReceiverDeps, 'key_store'>): (source: Pick<SignalSourceRow, 'id' | 'jwks_uri'>) => TransmitterKeys {
  const kept = new Map<string, { readonly jwks_uri: string; readonly keys: TransmitterKeys }>();
  return ({ id, jwks_uri }) => {
    const known = kept.get(id);
    if (known?.jwks_uri === jwks_uri) return known.keys;
    const keys = key_store(jwks_uri);
    kept.set(id, { jwks_uri, keys });
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? id);
    return keys;
  };
}
