import type { Attempt } from './attempt.ts';
import { type Conductor, usable } from './conductor.ts';
import { dispatch, follow } from './dispatch.ts';
import { finish } from './finish.ts';
import { kept_arrival } from './unsolicited.ts';
import { new_attempt, note, type Visit } from './visit.ts';

/** Begins a sign-in, or begins it again: back button, another try, another tab. */
export async function start(conductor: Conductor, visit: Visit): Promise<void> {
  const attempt = new_attempt(conductor.deps, visit);
  if (await goes_on_from_arrival(conductor, visit, attempt)) return;
  // another try: what this person has typed is not asked for twice (WCAG 3.3.7)
  const before = await conductor.attempts.find(attempt.id);
  if (before?.browser_hash === attempt.browser_hash) attempt.login_hint ??= before.login_hint;
  await follow(conductor, visit, attempt, undefined);
}

/** The partner has sent this browser by itself a moment ago: that sign-in ends here, if it is for this app and for what the app asks. */
async function goes_on_from_arrival(conductor: Conductor, visit: Visit, attempt: Attempt): Promise<boolean> {
  const kept = await kept_arrival(conductor, visit.ctx);
  if (kept === undefined || kept.attempt.client_id !== visit.app.client_id || kept.attempt.connection_id === undefined) return false;
  const { organization, connection } = visit.waiting.params;
  const decision = await conductor.deps.route({
    client: visit.app,
    organization: organization ?? kept.attempt.org_id,
    connection: connection ?? kept.attempt.connection_id,
  });
  if (decision.kind !== 'connection' || decision.connection_id !== kept.attempt.connection_id) return false;
  attempt.org_id = decision.org_id;
  attempt.connection_id = decision.connection_id;
  attempt.steps = kept.attempt.steps;
  await usable(conductor.deps, visit, attempt);
  note(conductor.deps, attempt, {
    name: 'arrival',
    ok: true,
    detail: kept.identity === undefined ? 'unsolicited answer converted' : 'unsolicited answer accepted',
  });
  const { force_authn, max_age, acr_values } = attempt.asked;
  // an answer to no question cannot satisfy what this app demands of one
  const demands = force_authn === true || max_age !== undefined || acr_values !== undefined;
  if (kept.identity === undefined || demands) await dispatch(conductor, visit, attempt);
  else {
    await conductor.attempts.save(attempt);
    await finish(conductor, visit, attempt, kept.identity);
  }
  return true;
}
