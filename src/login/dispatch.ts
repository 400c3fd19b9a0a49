import { frame_of, send_page } from '../http/index.ts';
import { LoginRefused } from '../kernel/index.ts';
import { identifier_page } from '../pages/index.ts';
import type { Attempt } from './attempt.ts';
import { type Conductor, go, name_of, usable } from './conductor.ts';
import { depart } from './depart.ts';
import type { Decision } from './deps.ts';
import { note, remembered_org, type Visit, wishes_of } from './visit.ts';

/** Asks routing where this request leads, and goes there. `typed` is what the person just entered. */
export async function follow(conductor: Conductor, visit: Visit, attempt: Attempt, typed: string | undefined): Promise<void> {
  const { deps } = conductor;
  const { organization, connection, login_hint, domain_hint } = visit.waiting.params;
  const decision = await deps.route({
    client: visit.app,
    organization,
    connection,
    login_hint,
    domain_hint,
    typed,
    remembered_org: remembered_org(deps, visit.ctx),
  });
  await decided(conductor, visit, attempt, decision);
}

export async function decided(conductor: Conductor, visit: Visit, attempt: Attempt, decision: Decision): Promise<void> {
  const { deps, attempts } = conductor;
  const uid = attempt.id;
  switch (decision.kind) {
    case 'connection':
      attempt.org_id = decision.org_id;
      attempt.connection_id = decision.connection_id;
      attempt.login_hint = decision.login_hint ?? attempt.login_hint;
      note(deps, attempt, { name: 'routing', ok: true, detail: `connection ${decision.connection_id}` });
      return dispatch(conductor, visit, attempt);
    case 'choose_connection':
      attempt.org_id = decision.org_id;
      attempt.login_hint = decision.login_hint ?? attempt.login_hint;
      await attempts.save(attempt);
      return go(visit, `/login/${uid}/connection`);
    case 'unavailable':
      attempt.org_id = decision.org_id;
      throw new LoginRefused('connection_disabled', 'Sign-in is switched off for this organization.', { detail: 'no enabled connection' });
    case 'ask':
      await attempts.save(attempt);
      return ask(visit, decision, attempt.login_hint);
  }
}

/** Goes to the chosen connection: to our password page, or to the partner. */
export async function dispatch(conductor: Conductor, visit: Visit, attempt: Attempt): Promise<void> {
  const { deps, attempts } = conductor;
  const { connection, organization } = await usable(deps, visit, attempt);
  const connector = await deps.connector(connection.id);
  if (connector.kind === 'credential') {
    await attempts.save(attempt);
    return go(visit, `/login/${attempt.id}/password`);
  }
  await depart(conductor, visit.ctx, attempt, connector, wishes_of(visit, organization));
}

function ask(visit: Visit, decision: Extract<Decision, { kind: 'ask' }>, typed_before: string | undefined): void {
  const { ctx, waiting, browser, app } = visit;
  const { remembered, problem } = decision;
  const base = `/login/${waiting.uid}`;
  const codes = { unknown_identifier: 'organization_unknown', invalid_identifier: 'identifier_missing' } as const;
  const view = {
    action: `${base}/identifier`,
    csrf: browser.csrf(waiting.uid),
    email: decision.typed ?? typed_before,
    error: problem === undefined ? undefined : codes[problem],
    app_name: name_of(app),
    remembered: remembered && { organization_name: remembered.name, action: `${base}/remembered`, forget_action: `${base}/forget` },
  };
  send_page(ctx, problem === undefined ? 200 : 400, identifier_page(view, frame_of(ctx, wishes_of(visit))));
}
