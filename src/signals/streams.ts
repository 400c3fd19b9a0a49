import { Conflict, new_id, NotFound, TooMany } from '../kernel/index.ts';
import type { Act } from '../audit/index.ts';
import type { SignalStreamRow, Tx } from '../storage/index.ts';
import type { TransmitterDeps } from './deps.ts';
import { parse, stream_create, stream_patch, stream_status, stream_verify, type StreamFields, wrong } from './stream_body.ts';
import { delivered_events, kind_of, tell_verification } from './tell.ts';
import { EVENTS, KINDS, POLL, PUSH } from './vocabulary.ts';

/** An app asks no more often whether its stream works. */
const VERIFY_SECONDS = 10;
const WAITING = `"kind" IN ('${KINDS.push}', '${KINDS.poll}', '${KINDS.held}') AND "done_at" IS NULL AND "dead_at" IS NULL`;

export const stream_context = (id: string): string => `signal_stream/${id}`;
export type StreamView = Readonly<Record<string, unknown>> & { readonly stream_id: string };

/** The one stream of one app (section 8.1 of the framework). Another app's is not there. */
export interface Streams {
  create(client_id: string, body: unknown, act: Act): Promise<StreamView>;
  list(client_id: string): Promise<StreamView[]>;
  get(client_id: string, stream_id: string): Promise<StreamView>;
  /** `whole`: what is not said is as if it had never been. */
  update(client_id: string, body: unknown, act: Act, whole: boolean): Promise<StreamView>;
  remove(client_id: string, stream_id: string, act: Act): Promise<void>;
  status(client_id: string, stream_id: string): Promise<Readonly<Record<string, unknown>>>;
  set_status(client_id: string, body: unknown, act: Act): Promise<Readonly<Record<string, unknown>>>;
  verify(client_id: string, body: unknown): Promise<void>;
}

export function make_streams(deps: TransmitterDeps): Streams {
  const { storage, now } = deps;
  const present = (row: SignalStreamRow): StreamView => present_stream(deps.issuer_url, row);
  const own = async (rows: Pick<Tx['gateway']['signal_streams'], 'find_one'>, client_id: string, id: string): Promise<SignalStreamRow> => {
    const row = await rows.find_one({ id, client_id });
    if (row === undefined) throw new NotFound('stream');
    return row;
  };
  const record = (tx: Tx, act: Act, what: 'created' | 'updated' | 'deleted', row: SignalStreamRow, after?: Record<string, unknown>) =>
    deps.record(tx, act, {
      ...{ type: `signal_stream.${what}`, org_id: null, target: { kind: 'signal_stream', id: row.id, name: row.client_id } },
      ...(after !== undefined && { after }),
    });
  /** One change, of the row as it is now; what waits moves to where it is delivered from. */
  const change = (client_id: string, id: string, act: Act, changes_of: (row: SignalStreamRow) => Partial<SignalStreamRow>) =>
    storage.transact(async (tx) => {
      const row = await own(tx.gateway.signal_streams, client_id, id);
      const changes = changes_of(row);
      const next = { ...row, ...changes, updated_at: now(), version: row.version + 1 };
      const { id: _id, client_id: _client, created_at: _made, verified_at: _verified, ...columns } = next;
      if ((await tx.gateway.signal_streams.update({ id, version: row.version }, columns)) === 0)
        throw new Conflict('stale', 'This was changed in the meantime. Read it again and repeat your change.');
      await move_waiting(tx, next, now());
      const { delivery: _delivery, ...shown } = present(next);
      await record(tx, act, 'updated', next, { ...shown, method: next.method, endpoint_url: next.endpoint_url, status: next.status });
      return next;
    });
  return {
    async create(client_id, body, act) {
      const given = parse(stream_create, body);
      const at = now();
      const id = new_id('str');
      const row: SignalStreamRow = {
        ...{ id, client_id, status: 'enabled', status_reason: null, verified_at: null, created_at: at, updated_at: at, version: 1 },
        ...columns_of(deps, id, given, undefined),
      };
      await storage.transact(async (tx) => {
        if ((await tx.gateway.signal_streams.count({ client_id })) > 0)
          throw new Conflict('stream_exists', 'This app has a stream already: read it, change it or delete it.');
        await tx.gateway.signal_streams.insert(row);
        await record(tx, act, 'created', row, { method: row.method, endpoint_url: row.endpoint_url });
      });
      return present(row);
    },
    list: async (client_id) => (await storage.gateway.signal_streams.find({ client_id })).map(present),
    get: async (client_id, id) => present(await own(storage.gateway.signal_streams, client_id, id)),
    async update(client_id, body, act, whole) {
      const { stream_id, ...given } = parse(stream_patch, body);
      const row = await change(client_id, stream_id, act, (before) => {
        require_ours(present(before), body);
        return columns_of(deps, stream_id, given, before, whole);
      });
      return present(row);
    },
    async remove(client_id, id, act) {
      await storage.transact(async (tx) => {
        const row = await own(tx.gateway.signal_streams, client_id, id);
        if ((await tx.gateway.signal_streams.delete({ id, client_id })) === 0) throw new NotFound('stream');
        await give_up(tx, id, now(), 'the app removed its stream');
        await record(tx, act, 'deleted', row);
      });
    },
    status: async (client_id, id) => present_status(await own(storage.gateway.signal_streams, client_id, id)),
    async set_status(client_id, body, act) {
      const { stream_id, status, reason } = parse(stream_status, body);
      return present_status(await change(client_id, stream_id, act, () => ({ status, status_reason: reason ?? null })));
    },
    async verify(client_id, body) {
      const { stream_id, state } = parse(stream_verify, body);
      const at = now();
      await storage.transact(async (tx) => {
        await own(tx.gateway.signal_streams, client_id, stream_id);
        const asked = await tx.sql.run(
          `UPDATE "signal_streams" SET "verified_at" = ? WHERE "id" = ? AND ("verified_at" IS NULL OR "verified_at" <= ?)`,
          [at, stream_id, at - VERIFY_SECONDS * 1000],
        );
        if (asked === 0) throw new TooMany(VERIFY_SECONDS);
        // as it is under the lock of that
        await tell_verification(deps, tx, await own(tx.gateway.signal_streams, client_id, stream_id), state);
      });
    },
  };
}

/** A header is never shown to an address that it was not entered for. */
function columns_of(
  { storage }: Pick<TransmitterDeps, 'storage'>,
  id: string,
  given: StreamFields,
  before: SignalStreamRow | undefined,
  whole = true,
): Pick<SignalStreamRow, 'method' | 'endpoint_url' | 'sealed_authorization' | 'events_requested' | 'description'> {
  const kept = whole ? undefined : before;
  const others = {
    events_requested: given.events_requested ?? kept?.events_requested ?? null,
    description: given.description ?? kept?.description ?? null,
  };
  const { delivery } = given;
  if (delivery === undefined && before !== undefined && !whole) {
    const { method, endpoint_url, sealed_authorization } = before;
    return { ...others, method, endpoint_url, sealed_authorization };
  }
  if (delivery?.method !== PUSH) return { ...others, method: 'poll', endpoint_url: null, sealed_authorization: null };
  const { endpoint_url, authorization_header: header } = delivery;
  const same_place = before?.endpoint_url === endpoint_url ? before.sealed_authorization : null;
  const sealed = typeof header === 'string' ? storage.seal.seal(header, stream_context(id)) : null;
  return { ...others, method: 'push', endpoint_url, sealed_authorization: header === undefined ? same_place : sealed };
}

/** What only a transmitter says may be sent back, unchanged (section 8.1.1.3). */
function require_ours(view: StreamView, body: unknown): void {
  const given = body as Readonly<Record<string, unknown>>; // an object, as its schema found
  const problems = ['iss', 'aud', 'events_supported', 'events_delivered', 'min_verification_interval']
    .filter((name) => given[name] !== undefined && JSON.stringify(given[name]) !== JSON.stringify(view[name]))
    .map((path) => ({ path, message: 'is for the transmitter to say' }));
  if (problems.length > 0) throw wrong(problems);
}

async function move_waiting(tx: Tx, stream: SignalStreamRow, at: number): Promise<void> {
  const kind = kind_of(stream);
  if (kind === undefined) return give_up(tx, stream.id, at, 'the app switched its stream off');
  await tx.sql.run(`UPDATE "outbox" SET "kind" = ? WHERE "receiver" = ? AND ${WAITING} AND "kind" <> ?`, [kind, stream.id, kind]);
}

async function give_up(tx: Tx, id: string, at: number, why: string): Promise<void> {
  await tx.sql.run(`UPDATE "outbox" SET "dead_at" = ?, "last_error" = ? WHERE "receiver" = ? AND ${WAITING}`, [at, why, id]);
}

const present_status = ({ id, status, status_reason }: SignalStreamRow) => ({
  ...{ stream_id: id, status },
  ...(status_reason !== null && { reason: status_reason }),
});

function present_stream(issuer_url: string, row: SignalStreamRow): StreamView {
  const base = issuer_url.replace(/\/$/, '');
  return {
    stream_id: row.id,
    iss: issuer_url,
    aud: row.client_id,
    events_supported: EVENTS,
    events_requested: row.events_requested ?? EVENTS,
    events_delivered: delivered_events(row.events_requested),
    delivery:
      row.method === 'push'
        ? { method: PUSH, endpoint_url: row.endpoint_url }
        : { method: POLL, endpoint_url: `${base}/ssf/poll/${row.id}` },
    min_verification_interval: VERIFY_SECONDS,
    ...(row.description !== null && { description: row.description }),
  };
}
