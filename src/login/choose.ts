import { form_of, frame_of, send_page } from '../http/index.ts';
import { LoginRefused, type OrgId } from '../kernel/index.ts';
import { connections_page } from '../pages/index.ts';
import type { Attempt } from './attempt.ts';
import { type Conductor, go } from './conductor.ts';
import { decided, dispatch, follow } from './dispatch.ts';
import { start } from './start.ts';
import { new_attempt, remember_org, remembered_org, type Visit, wishes_of } from './visit.ts';

/** The person said who they are: an e-mail address or a domain. */
export async function identifier(conductor: Conductor, visit: Visit): Promise<void> {
  const attempt = await own_attempt(conductor, visit);
  const typed = checked_form(visit)['identifier']?.trim() ?? '';
  attempt.org_id = undefined;
  attempt.connection_id = undefined;
  attempt.login_hint = typed.includes('@') ? typed : undefined;
  await follow(conductor, visit, attempt, typed);
}

/** The person goes on with the organization that signed in here last. */
export async function remembered(conductor: Conductor, visit: Visit): Promise<void> {
  checked_form(visit);
  const attempt = await own_attempt(conductor, visit);
  const org_id = remembered_org(conductor.deps, visit.ctx);
  if (org_id === undefined) return start(conductor, visit);
  await decided(conductor, visit, attempt, await route_to(conductor, visit, org_id));
}

/** Not this organization: forgets it and asks again. */
export async function forget(conductor: Conductor, visit: Visit): Promise<void> {
  checked_form(visit);
  remember_org(conductor.deps, visit.ctx, undefined);
  go(visit, `/login/${visit.waiting.uid}`);
}

/** The organization's connections, where it has several. */
export async function connections(conductor: Conductor, visit: Visit): Promise<void> {
  const { deps } = conductor;
  const attempt = await own_attempt(conductor, visit);
  if (attempt.org_id === undefined) return start(conductor, visit);
  const decision = await route_to(conductor, visit, attempt.org_id);
  const organization = await deps.directory.organization_view(attempt.org_id);
  if (decision.kind !== 'choose_connection' || organization === undefined) return decided(conductor, visit, attempt, decision);
  const { ctx, waiting, browser } = visit;
  const view = {
    action: `/login/${waiting.uid}/connection`,
    csrf: browser.csrf(waiting.uid),
    organization_name: organization.name,
    connections: decision.connections.map(({ id, name }) => ({ id, name })),
  };
  send_page(ctx, 200, connections_page(view, frame_of(ctx, wishes_of(visit, organization))));
}

/** The person picked one of them. */
export async function connection(conductor: Conductor, visit: Visit): Promise<void> {
  const attempt = await own_attempt(conductor, visit);
  const chosen = checked_form(visit)['connection'];
  if (attempt.org_id === undefined) return start(conductor, visit);
  const decision = await route_to(conductor, visit, attempt.org_id);
  const offered = decision.kind === 'choose_connection' && decision.connections.some(({ id }) => id === chosen);
  if (!offered || chosen === undefined) return decided(conductor, visit, attempt, decision);
  attempt.connection_id = chosen;
  await dispatch(conductor, visit, attempt);
}

/** Where this organization leads, and nothing else that the request says; its own fixed organization still holds. */
function route_to({ deps }: Conductor, { app, waiting }: Visit, org_id: OrgId) {
  const { organization, connection } = waiting.params;
  return deps.route({ client: app, organization: organization ?? org_id, connection });
}

/** This sign-in's attempt, of this browser. @throws LoginRefused 400 */
export async function own_attempt(conductor: Conductor, visit: Visit): Promise<Attempt & { answer: unknown }> {
  const found = await conductor.attempts.find(visit.waiting.uid);
  if (found === undefined) return { ...new_attempt(conductor.deps, visit), answer: undefined };
  if (found.finished) throw new LoginRefused('login_expired', 'This sign-in has ended.', { status: 400, detail: 'finished before' });
  if (found.browser_hash !== visit.browser.hash)
    throw new LoginRefused('browser_mismatch', 'This sign-in was started in another browser.', { status: 400 });
  return found;
}

/** The form's values, once its anti-forgery value has been checked. */
export function checked_form({ ctx, browser, waiting }: Visit): Readonly<Record<string, string>> {
  const { values } = form_of(ctx);
  browser.check_csrf(waiting.uid, values['csrf']);
  return values;
}
