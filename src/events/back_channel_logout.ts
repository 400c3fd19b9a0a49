import type { Tools } from '../../connectors/connector.ts';
import type { Deliverer } from './worker.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Tells an app that a sign-in has ended (OpenID Connect Back-Channel Logout 1.0, 2.5). Tried for a day. */
export function back_channel_logout(deps: {
  fetch: Tools['fetch'];
  /** Undefined when the app is gone or does not want to be told. */
  logout_token: (told: { client_id: string; sub: string; sid: string }) => Promise<{ url: string; token: string } | undefined>;
}): Deliverer {
  return {
    schedule: [SECOND, 3 * SECOND, 10 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
    async deliver({ payload, signal }) {
      const made = await deps.logout_token(payload as { client_id: string; sub: string; sid: string }); // appended by the tokens room
      if (made === undefined) return;
      const answer = await deps.fetch(made.url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ logout_token: made.token }).toString(),
        signal,
      });
      if (answer.status !== 200 && answer.status !== 204) throw new Error(`the app answered ${answer.status}`);
    },
  };
}
