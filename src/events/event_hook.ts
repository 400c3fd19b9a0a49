import { Webhook } from 'standardwebhooks';
import type { Tools } from '../../connectors/connector.ts';
import type { EventMessage } from '../audit/index.ts';
import { type Deliverer, Hopeless } from './worker.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** An endpoint has so long to say that it has heard. */
const TIMEOUT_MS = 15 * SECOND;
/** What it says beside that is not read. */
const MAX_BYTES = 64 * 1024;

export interface EventHookDeps {
  readonly fetch: Tools['fetch'];
  readonly now: () => number;
  /** Where this hook's events go now; undefined when it is gone. Secrets: those that sign, newest first. */
  readonly target: (
    hook_id: string,
  ) => Promise<{ readonly url: string; readonly secrets: readonly string[]; readonly enabled: boolean } | undefined>;
  readonly disable: (hook_id: string, reason: string) => Promise<void>;
}

/**
 * Tells an event hook of one event, as Standard Webhooks 1.0 has it: any 2xx is heard, 410 switches the hook off, anything else is tried again for three days.
 * @see https://www.standardwebhooks.com
 */
export function event_hook(deps: EventHookDeps): Deliverer {
  return {
    schedule: [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, ...Array.from({ length: 6 }, () => 10 * HOUR)],
    async deliver({ payload, signal, note }) {
      const { hook_id, event_id, type, timestamp, data } = payload as EventMessage; // appended by the audit room
      const target = await deps.target(hook_id);
      if (target === undefined) return;
      if (!target.enabled) throw new Hopeless('the hook is switched off');
      const body = JSON.stringify({ type, timestamp, data });
      const answer = await deps.fetch(target.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signed(target.secrets, event_id, body, deps.now()) },
        body,
        signal,
        timeout_ms: TIMEOUT_MS,
        max_bytes: MAX_BYTES,
      });
      note(String(answer.status));
      if (answer.status >= 200 && answer.status < 300) return;
      if (answer.status === 410) {
        await deps.disable(hook_id, 'the endpoint answered 410 Gone');
        throw new Hopeless('the endpoint answered 410');
      }
      throw new Error(`the endpoint answered ${answer.status}`);
    },
  };
}

/** One signature for each secret that signs now: a receiver needs to know one of them. */
export function signed(secrets: readonly string[], id: string, body: string, now: number): Record<string, string> {
  const at = new Date(now);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
