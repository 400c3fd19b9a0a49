import type { Tx } from '../storage/index.ts';
import type { TransmitterDeps } from './deps.ts';
import { make_sign_set, type WaitingSet } from './sign_set.ts';
import { stream_context } from './streams.ts';
import { type EndedSession, tell_ended, tell_switched } from './tell.ts';
import { KINDS } from './vocabulary.ts';

/** What is kept for an app that does not fetch it, or has paused its stream. */
const KEPT_MS = 7 * 86_400_000;

/** Apps that hear of their own sessions that ended: appended with the end, signed when it leaves. */
export interface Transmitter {
  /** In the unit of work that ends the sessions. Answers the deliveries, by `client_id sid`. */
  tell_ended(tx: Tx, ended: readonly EndedSession[], why?: Parameters<typeof tell_ended>[3]): Promise<ReadonlyMap<string, string>>;
  /** In the unit of work that switches an app off or on. */
  app_switched(tx: Tx, client_id: string, enabled: boolean): Promise<void>;
  /** One event of the outbox, for the worker that pushes it. */
  signed(
    id: string,
    payload: unknown,
  ): Promise<{ readonly url: string; readonly authorization: string | undefined; readonly token: string } | 'gone' | 'waits'>;
  /** Gives up what was not fetched for a week, and forgets what was for an app that is gone; called by a timer. */
  tend(): Promise<void>;
}

export function make_transmitter(deps: TransmitterDeps): Transmitter {
  const { storage, now } = deps;
  return {
    tell_ended: (tx, ended, why) => tell_ended(deps, tx, ended, why),
    app_switched: (tx, client_id, enabled) => tell_switched(deps, tx, client_id, enabled),
    async signed(id, payload) {
      const waiting = payload as WaitingSet; // appended by tell.ts
      const stream = await storage.gateway.signal_streams.find_one({ id: waiting.stream_id });
      if (stream === undefined) return 'gone';
      if (stream.status !== 'enabled' || stream.endpoint_url === null) return 'waits';
      const sealed = stream.sealed_authorization;
      const authorization = sealed === null ? undefined : storage.seal.open(sealed, stream_context(stream.id));
      const sign = await make_sign_set(deps);
      return { url: stream.endpoint_url, authorization, token: await sign(id, waiting) };
    },
    async tend() {
      await storage.write_once(
        `DELETE FROM "outbox" WHERE "kind" IN ('${KINDS.push}', '${KINDS.poll}', '${KINDS.held}') AND "done_at" IS NULL AND "dead_at" IS NULL
         AND NOT EXISTS (SELECT 1 FROM "signal_streams" s WHERE s."id" = "outbox"."receiver")`,
        [],
      );
      await storage.write_once(
        `UPDATE "outbox" SET "dead_at" = ?, "last_error" = 'the app did not fetch it within a week'
         WHERE "kind" IN ('${KINDS.poll}', '${KINDS.held}') AND "done_at" IS NULL AND "dead_at" IS NULL AND "created_at" < ?`,
        [now(), now() - KEPT_MS],
      );
    },
  };
}
