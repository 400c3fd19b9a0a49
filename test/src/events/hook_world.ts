import type { Subscriber } from '../../../src/audit/index.ts';
import { event_hook, make_worker, type Worker } from '../../../src/events/index.ts';
import type { Storage } from '../../../src/storage/index.ts';

export const HOOK_ID = 'ehk_1';
export const HOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** One event hook that hears of everything, and a worker that delivers to it, without the rest of the house. */
export function hook_world(
  storage: Storage,
  url: string,
  now: () => number,
): { readonly worker: Worker; readonly subscribers: () => Promise<readonly Subscriber[]> } {
  const worker = make_worker({
    storage,
    now,
    random: () => 0,
    log: () => {},
    deliverers: {
      event_hook: event_hook({
        now,
        target: async () => ({ url, secrets: [HOOK_SECRET], enabled: true }),
        disable: () => Promise.reject(new Error('nobody said gone')),
        async fetch(address, { method = 'GET', headers = {}, body = '', signal } = {}) {
          const answer = await fetch(address, {
            method,
            headers: { ...headers },
            body: String(body),
            ...(signal !== undefined && { signal }),
          });
          return { status: answer.status, headers: {}, body: new Uint8Array() };
        },
      }),
    },
  });
  return { worker, subscribers: async () => [{ id: HOOK_ID, events: null, organizations: null }] };
}
