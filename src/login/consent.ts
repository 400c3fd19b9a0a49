import { frame_of, send_page } from '../http/index.ts';
import { LoginRefused } from '../kernel/index.ts';
import { consent_page } from '../pages/index.ts';
import { checked_form } from './choose.ts';
import { type Conductor, go, name_of } from './conductor.ts';
import { act_of, type Visit, wishes_of } from './visit.ts';

/** A third-party app asks once for what it wants to see. */
export function consent_form(visit: Visit): void {
  const { ctx, waiting, browser, app } = visit;
  const asked =
    waiting.missing_scopes.length > 0 ? waiting.missing_scopes.map(({ name }) => name) : (waiting.params['scope'] ?? '').split(' ');
  const view = {
    action: `/login/${waiting.uid}/consent`,
    csrf: browser.csrf(waiting.uid),
    app_name: name_of(app) ?? app.client_id,
    scopes: asked.filter((name) => name !== '').map((name) => ({ name })),
  };
  send_page(ctx, 200, consent_page(view, frame_of(ctx, wishes_of(visit))));
}

export async function consent({ deps }: Conductor, visit: Visit): Promise<void> {
  const { ctx, waiting } = visit;
  const { decision } = checked_form(visit);
  if (waiting.prompt !== 'consent' || waiting.account_id === undefined)
    throw new LoginRefused('login_expired', 'This sign-in has ended.', { status: 400 });
  const { account_id } = waiting;
  if (decision === 'allow') await waiting.consented({ account_id });
  else await waiting.refused('access_denied', 'the person did not agree');
  await deps.storage.transact((tx) =>
    deps.record(tx, act_of(ctx, account_id), {
      type: decision === 'allow' ? 'consent.given' : 'consent.refused',
      target: { kind: 'client', id: waiting.client_id },
    }),
  );
  go(visit, waiting.return_url);
}
