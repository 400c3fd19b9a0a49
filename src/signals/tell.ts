import type { Act } from '../audit/index.ts';
import type { SignalStreamRow, Tx } from '../storage/index.ts';
import type { TransmitterDeps } from './deps.ts';
import type { WaitingSet } from './sign_set.ts';
import { EVENTS, KINDS, SESSION_REVOKED, STREAM_UPDATED, VERIFICATION } from './vocabulary.ts';

/** One sign-in that one app knew of. */
export interface EndedSession {
  readonly org_id: string;
  readonly client_id: string;
  readonly user_id: string;
  /** Who the app thinks that is; null: the user id. */
  readonly told_sub: string | null;
  readonly sid: string;
}

type Stream = Pick<SignalStreamRow, 'id' | 'client_id' | 'method' | 'status' | 'events_requested'>;
type TellDeps = Pick<TransmitterDeps, 'append_outbox' | 'directory' | 'issuer_url' | 'now'>;

/** Where what is for a stream waits, as the stream is; undefined: nowhere. */
export const kind_of = ({ method, status }: Pick<Stream, 'method' | 'status'>): string | undefined =>
  status === 'disabled' ? undefined : status === 'paused' ? KINDS.held : KINDS[method];

/** Apps that have a stream hear of their own sessions that ended, each once, where the organization may use the app. Answers the deliveries, by `client_id sid`. */
export async function tell_ended(
  deps: TellDeps,
  tx: Tx,
  ended: readonly EndedSession[],
  why?: { readonly act: Act; readonly reason: string },
): Promise<ReadonlyMap<string, string>> {
  const sent = new Map<string, string>();
  const streams = await streams_of(tx, [...new Set(ended.map(({ client_id }) => client_id))]);
  if (streams.size === 0) return sent;
  const iat = Math.floor(deps.now() / 1000);
  for (const session of ended) {
    const stream = streams.get(session.client_id);
    if (stream === undefined || !wants(stream) || !(await is_open_to(deps, session))) continue;
    const sub_id = {
      format: 'complex',
      user: { format: 'iss_sub', iss: deps.issuer_url, sub: session.told_sub ?? session.user_id },
      session: { format: 'opaque', id: session.sid },
      tenant: { format: 'opaque', id: session.org_id },
    };
    const about = { event_timestamp: iat, ...(why !== undefined && reasons(why)) };
    const set = { stream_id: stream.id, client_id: stream.client_id, iat, sub_id, events: { [SESSION_REVOKED]: about } };
    const key = `${session.user_id}/${session.sid}`;
    const id = await append(deps, tx, stream, { org_id: session.org_id, key, set });
    if (id !== undefined) sent.set(`${session.client_id} ${session.sid}`, id);
  }
  return sent;
}

/** CAEP 1.0 section 2. */
const reasons = ({ act, reason }: { readonly act: Act; readonly reason: string }) => ({
  initiating_entity: act.actor.kind === 'user' ? 'user' : act.actor.kind === 'system' ? 'system' : 'admin',
  reason_admin: { en: reason },
});

const wants = ({ events_requested }: Stream): boolean => events_requested === null || events_requested.includes(SESSION_REVOKED);

async function is_open_to({ directory }: TellDeps, { client_id, org_id }: EndedSession): Promise<boolean> {
  const client = await directory.registered_client(client_id);
  return client !== undefined && (client.organizations === null || client.organizations.includes(org_id));
}

/** As they are, and as they stay until this unit of work is over: whoever changes one moves what waits for it, and must see this as well. */
async function streams_of(tx: Tx, clients: readonly string[]): Promise<Map<string, Stream>> {
  const rows = await tx.sql.all<Omit<Stream, 'events_requested'> & { events_requested: string | null }>(
    `SELECT "id", "client_id", "method", "status", "events_requested" FROM "signal_streams" WHERE "client_id" IN (${clients.map(() => '?').join(', ')})${tx.kind === 'postgres' ? ' FOR SHARE' : ''}`,
    clients,
  );
  const named = (events: string | null): string[] | null => (events === null ? null : (JSON.parse(events) as string[])); // a JSON column of names
  return new Map(rows.map((row) => [row.client_id, { ...row, events_requested: named(row.events_requested) }]));
}

/** The app asked whether its stream works (section 8.1.4 of the framework). */
export const tell_verification = (deps: TellDeps, tx: Tx, stream: Stream, state: string | undefined): Promise<string | undefined> =>
  tell_of_stream(deps, tx, stream, VERIFICATION, state === undefined ? {} : { state });

/** Postern itself stops or starts: an app that is switched off has no sessions that could end (section 8.1.5). */
export async function tell_switched(deps: TellDeps, tx: Tx, client_id: string, enabled: boolean): Promise<void> {
  const stream = (await streams_of(tx, [client_id])).get(client_id);
  if (stream === undefined) return;
  const about = enabled ? { status: stream.status } : { status: 'disabled', reason: 'The app was switched off.' };
  await tell_of_stream(deps, tx, stream, STREAM_UPDATED, about);
}

function tell_of_stream(deps: TellDeps, tx: Tx, stream: Stream, event: string, about: Readonly<Record<string, unknown>>) {
  const { id: stream_id, client_id } = stream;
  const sub_id = { format: 'opaque', id: stream_id };
  const set = { stream_id, client_id, iat: Math.floor(deps.now() / 1000), sub_id, events: { [event]: about } };
  return append(deps, tx, stream, { org_id: null, key: 'stream', set });
}

async function append(
  deps: TellDeps,
  tx: Tx,
  stream: Stream,
  { org_id, key, set }: { readonly org_id: string | null; readonly key: string; readonly set: WaitingSet },
): Promise<string | undefined> {
  const kind = kind_of(stream);
  return kind === undefined ? undefined : deps.append_outbox(tx, { org_id, kind, order_key: `${stream.id}/${key}`, payload: set });
}

export const delivered_events = (requested: readonly string[] | null): readonly string[] =>
  requested === null ? EVENTS : EVENTS.filter((event) => requested.includes(event));
