import { NotFound } from '../kernel/index.ts';
import type { OutboxRow } from '../storage/index.ts';
import type { StreamRoutesDeps } from './deps.ts';
import { make_sign_set, type WaitingSet } from './sign_set.ts';
import { parse, poll_request, type PollRequest } from './stream_body.ts';
import { KINDS } from './vocabulary.ts';

const MOST = 50;
/** An app that waits for something to happen hears at the latest then that nothing did. */
const LONGEST_MS = 20_000;
const LOOK_EVERY_MS = 1000;
/** That wait at once, in one process: the next are answered at once. */
const MOST_WAITING = 100;

type PollDeps = Pick<StreamRoutesDeps, 'storage' | 'now' | 'signers' | 'directory' | 'issuer_url' | 'sleep'>;

export interface PollAnswer {
  readonly sets: Readonly<Record<string, string>>;
  readonly moreAvailable?: true;
}

type Found = Pick<OutboxRow, 'id' | 'sealed_payload'>;

/** RFC 8936: what was heard goes, and what waits is handed out again and again until it is heard. */
export function make_poll(deps: PollDeps): (client_id: string, stream_id: string, body: unknown, gone: AbortSignal) => Promise<PollAnswer> {
  const { storage } = deps;
  const waiting = new Set<string>();
  const look = (stream_id: string, most: number): Promise<Found[]> =>
    storage.sql.all<Found>(
      `SELECT "id", "sealed_payload" FROM "outbox" WHERE "receiver" = ? AND "kind" = '${KINDS.poll}' AND "done_at" IS NULL AND "dead_at" IS NULL ORDER BY "created_at", "id" LIMIT ?`,
      [stream_id, most + 1],
    );
  const look_for_long = async (stream_id: string, most: number, gone: AbortSignal): Promise<Found[]> => {
    const until = deps.now() + LONGEST_MS;
    let found = await look(stream_id, most);
    // one at a time for each stream, and not without end
    if (found.length > 0 || waiting.has(stream_id) || waiting.size >= MOST_WAITING) return found;
    waiting.add(stream_id);
    try {
      while (found.length === 0 && deps.now() < until && !gone.aborted) {
        await deps.sleep(LOOK_EVERY_MS, gone);
        found = await look(stream_id, most);
      }
    } finally {
      waiting.delete(stream_id);
    }
    return found;
  };
  return async (client_id, stream_id, body, gone) => {
    const row = await storage.gateway.signal_streams.find_one({ id: stream_id, client_id });
    if (row?.method !== 'poll') throw new NotFound('stream');
    const request = parse(poll_request, body);
    await settle(deps, stream_id, request);
    const most = Math.min(request.maxEvents ?? MOST, MOST);
    if (most === 0) return { sets: {} };
    const found = request.returnImmediately ? await look(stream_id, most) : await look_for_long(stream_id, most, gone);
    const sign = await make_sign_set(deps);
    const sets: Record<string, string> = {};
    for (const { id, sealed_payload } of found.slice(0, most)) {
      // sealed by append_outbox
      sets[id] = await sign(id, JSON.parse(storage.seal.open(sealed_payload, `outbox/${id}`)) as WaitingSet);
    }
    return { sets, ...(found.length > most && { moreAvailable: true as const }) };
  };
}

/** Each once, by one conditional update: what was heard or refused before, and what is another stream's, is passed over. */
async function settle({ storage, now }: PollDeps, stream_id: string, { ack, setErrs }: PollRequest): Promise<void> {
  const refused = Object.entries(setErrs);
  if (ack.length === 0 && refused.length === 0) return;
  const mine = `"id" = ? AND "receiver" = ? AND "kind" = '${KINDS.poll}' AND "done_at" IS NULL AND "dead_at" IS NULL`;
  await storage.transact(async ({ sql }) => {
    for (const jti of ack)
      await sql.run(`UPDATE "outbox" SET "done_at" = ?, "attempts" = "attempts" + 1 WHERE ${mine}`, [now(), jti, stream_id]);
    for (const [jti, { err, description }] of refused) {
      const why = `the app refused it: ${err}${description === undefined ? '' : `, ${description}`}`.slice(0, 300);
      await sql.run(`UPDATE "outbox" SET "dead_at" = ?, "attempts" = "attempts" + 1, "last_error" = ? WHERE ${mine}`, [
        ...[now(), why, jti, stream_id],
      ]);
    }
  });
}
