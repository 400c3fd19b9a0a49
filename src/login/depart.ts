import type { Context } from 'koa';
import type { RedirectConnector } from '../../connectors/connector.ts';
import { type FrameWishes, frame_of, send_page } from '../http/index.ts';
import { random_token } from '../kernel/index.ts';
import { redirect_page } from '../pages/index.ts';
import type { Attempt } from './attempt.ts';
import { type Conductor, go } from './conductor.ts';
import { as_login_error } from './refusals.ts';
import { call_of, note } from './visit.ts';

/** Sends the browser to the partner, and keeps what its answer will be held against. `wishes`: how the page on the way looks, where there is one. */
export async function depart(
  { deps, attempts }: Conductor,
  ctx: Context,
  attempt: Attempt,
  connector: RedirectConnector,
  wishes: FrameWishes,
): Promise<void> {
  const handle = random_token(24);
  const { asked, login_hint } = attempt;
  const departure = await connector
    .begin({ ...asked, handle, ...(login_hint !== undefined && { login_hint }) }, call_of(deps, attempt))
    .catch((error: unknown) => Promise.reject(as_login_error(error, 'upstream')));
  attempt.handle = handle;
  attempt.pending = departure.pending;
  note(deps, attempt, { name: 'departure', ok: true, detail: `sent to the partner by ${departure.send.method}` });
  await attempts.save(attempt);
  if (departure.send.method === 'GET') return go({ ctx }, departure.send.url);
  const { url, fields } = departure.send;
  send_page(ctx, 200, redirect_page({ action: url, fields, destination: wishes.brand?.name }, frame_of(ctx, wishes)));
}
