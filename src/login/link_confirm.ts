import { frame_of, send_page } from '../http/index.ts';
import { LoginRefused } from '../kernel/index.ts';
import { link_confirm_page } from '../pages/index.ts';
import { checked_form, own_attempt } from './choose.ts';
import { type Conductor, usable } from './conductor.ts';
import { type AskedIdentity, finish } from './finish.ts';
import { start } from './start.ts';
import { note, type Visit, wishes_of } from './visit.ts';

/** An account with this address is there already, made by somebody else: is it theirs? */
export async function link_form(conductor: Conductor, visit: Visit): Promise<void> {
  const attempt = await own_attempt(conductor, visit);
  if (attempt.answer === undefined) return start(conductor, visit);
  const { organization, connection } = await usable(conductor.deps, visit, attempt);
  const view = {
    action: `/login/${attempt.id}/link`,
    csrf: visit.browser.csrf(attempt.id),
    email: (attempt.answer as AskedIdentity).link_email ?? '', // sealed by finish
    organization_name: organization.name,
    connection_name: connection.name,
  };
  send_page(visit.ctx, 200, link_confirm_page(view, frame_of(visit.ctx, wishes_of(visit, organization))));
}

/** Yes joins the two for good; anything else joins nothing. */
export async function answer_link(conductor: Conductor, visit: Visit): Promise<void> {
  const { decision } = checked_form(visit);
  const attempt = await own_attempt(conductor, visit);
  if (attempt.answer === undefined) return start(conductor, visit);
  const agreed = decision === 'link';
  note(conductor.deps, attempt, {
    name: 'link question',
    ok: agreed,
    detail: agreed ? 'the account is theirs' : 'the account is not theirs',
  });
  if (!agreed)
    throw new LoginRefused('link_refused', 'The accounts were not linked.', { detail: 'the person said that the account is not theirs' });
  await finish(conductor, visit, attempt, attempt.answer as AskedIdentity, { confirmed: true }); // sealed by finish
}
