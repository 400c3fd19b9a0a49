import { ids_of_person, traces_of_person } from '../audit/index.ts';
import { type OrgId, rfc3339 } from '../kernel/index.ts';
import type { AuditEventRow, Match, Page, Storage } from '../storage/index.ts';
import { require_user } from './find.ts';
import { present_users } from './present.ts';
import type { UsersDeps } from './record.ts';
import type { PresentedUser, UserExport } from './schemas.ts';
import { user_sessions } from './user_sessions.ts';

const MOST = 10_000;
const PAGE = 1000;

/** Everything that is kept of a person, as they may ask for it: the profile, the sessions, what was recorded of them (newest first, 10 000 at most). @throws NotFound */
export async function export_user(deps: UsersDeps, org_id: OrgId, id: string, reader: { readonly personal: boolean }): Promise<UserExport> {
  const { storage } = deps;
  const row = await require_user(storage.org(org_id).users, id);
  const views = await present_users(storage.sql, org_id, [row], await deps.domains(org_id));
  return {
    exported_at: rfc3339(deps.now()),
    user: views[0] as PresentedUser, // one view for one row
    sessions: await user_sessions(deps, org_id).sessions(id),
    audit_events: await events_of(deps, org_id, id),
    scim: row.scim,
    login_traces: (await traces_of_person(deps, org_id, id, reader)).map((trace) => ({ ...trace })),
    consents: (await storage.org(org_id).consents.find({ user_id: id })).map(({ client_id, scopes, claims, created_at }) => ({
      ...{ client_id, scopes, claims },
      since: rfc3339(created_at),
    })),
  };
}

async function events_of({ storage }: UsersDeps, org_id: OrgId, id: string): Promise<Record<string, unknown>[]> {
  const ids = await ids_of_person(storage.sql, id);
  const found = new Map<string, AuditEventRow>();
  for (const one of ids)
    for (const match of [{ target_id: one }, { actor_id: one }])
      for await (const event of newest(storage, match)) if (event.org_id === org_id) found.set(event.id, event);
  const events = [...found.values()].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  return events.slice(0, MOST).map((event) => present_event(event, new Set(ids)));
}

/** Asked for one id at a time, and not for the organization: so that an index finds them, and not all that was recorded of everybody is read. */
async function* newest({ gateway }: Storage, match: Match<AuditEventRow>): AsyncIterable<AuditEventRow> {
  let [after, read]: [string | undefined, number] = [undefined, 0];
  do {
    const page: Page<AuditEventRow> = await gateway.audit_events.page({ limit: PAGE, after, descending: true }, { order_by: 'at', match });
    yield* page.data;
    after = page.next ?? undefined;
    read += page.data.length;
  } while (after !== undefined && read < MOST);
}

/** Who else did something to the person is told by kind only, and from where only what the person did. */
function present_event(event: AuditEventRow, ids: ReadonlySet<string>): Record<string, unknown> {
  const own = event.actor_id !== null && ids.has(event.actor_id);
  const { type, before, after, target } = event;
  return {
    id: event.id,
    at: rfc3339(event.at),
    type,
    by: own ? 'the person' : event.actor['kind'],
    target,
    before,
    after,
    ip: own ? event.ip : null,
  };
}
