import { z } from 'zod';
import { type Act, ERASED, erase_person } from '../audit/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { Collection } from '../organizations/index.ts';
import { body_problems, invalid_body } from './body_problems.ts';
import type { ResourceDeps } from './deps.ts';

export const offboard_body = z.strictObject({
  /** The slug again: what is gone does not come back. */
  confirm: z.string(),
  /** The same lines, and nothing is changed: to keep them before it is too late. */
  dry_run: z.boolean().default(false),
});

export type OffboardDeps = Pick<ResourceDeps, 'storage' | 'audit' | 'organizations' | 'users' | 'scim_requests' | 'user_imports'>;

/**
 * Everything of an organization as lines of JSON, and then nothing of it: access ends, its people are erased from the record too, the organization is removed.
 * The last line is the receipt. With `dry_run` nothing is changed. Whatever stops in between may be asked for again: each step finds what the one before left.
 * @throws InvalidInput 422 unless the slug is repeated
 */
export async function offboard(
  { storage, audit, organizations, users, scim_requests, user_imports }: OffboardDeps,
  org_id: OrgId,
  body: unknown,
  act: Act,
): Promise<string[]> {
  const { view, version } = await organizations.organizations.get(org_id);
  const result = offboard_body.safeParse(body);
  if (!result.success) throw body_problems(result.error);
  if (result.data.confirm !== view.slug) throw invalid_body([{ path: 'confirm', message: 'must be the slug of the organization' }]);
  const { dry_run } = result.data;
  // nobody signs in, and nobody is made, while it is read
  if (!dry_run && view.status === 'active') await organizations.organizations.update(org_id, { status: 'suspended' }, act, version);
  const lines: string[] = [line('organization', view)];
  const parts: readonly (readonly [string, Pick<Collection<object>, 'list'>])[] = [
    ['domain', organizations.domains(org_id)],
    ['connection', organizations.connections(org_id)],
    ['role_mapping', organizations.role_mappings(org_id)],
    ['contact', organizations.contacts(org_id)],
    ['group', users.groups(org_id)],
  ];
  for (const [kind, collection] of parts) for await (const one of every(collection)) lines.push(line(kind, one));
  const contacts: string[] = [];
  for await (const { id } of every(organizations.contacts(org_id))) contacts.push(id);
  const people = users.users(org_id);
  const ids: string[] = [];
  for await (const { id } of every(people)) {
    ids.push(id);
    lines.push(line('user', await people.export(id, { personal: true })));
  }
  if (dry_run)
    return [...lines, line('dry_run', { organization_id: org_id, slug: view.slug, users: ids.length, contacts: contacts.length })];
  // what would be looked through for each of them goes as a whole
  await scim_requests(org_id).clear();
  await user_imports(org_id).clear();
  let events = 0;
  for (const id of ids) events += (await people.erase(id, act)).events;
  // people of the partner too, though they never signed in
  for (const id of contacts) events += await forget_contact({ storage, audit }, org_id, id, act);
  // sign-ins that were refused are nobody's, and mails went to whoever was a contact
  await storage.write_once(`DELETE FROM "login_traces" WHERE "org_id" = ?`, [org_id]);
  await storage.write_once(`DELETE FROM "outbox" WHERE "org_id" = ? AND "kind" = 'mail'`, [org_id]);
  await organizations.organizations.remove(org_id, act);
  lines.push(line('receipt', { organization_id: org_id, slug: view.slug, users_erased: ids.length, events_emptied: events }));
  return lines;
}

/** Nothing of a contact stays in the record; that it was emptied is recorded like that of a person. */
const forget_contact = (
  { storage, audit }: Pick<OffboardDeps, 'storage' | 'audit'>,
  org_id: OrgId,
  id: string,
  act: Act,
): Promise<number> =>
  storage.transact(async (tx) => {
    await tx.org(org_id).contacts.delete({ id });
    const { events, traces } = await erase_person(tx, org_id, id);
    await audit.record(tx, act, { type: ERASED, org_id, target: { kind: 'contact', id }, after: { events, traces } });
    return events;
  });

const line = (kind: string, value: object): string => JSON.stringify({ kind, value });

async function* every<View extends object>(collection: Pick<Collection<View>, 'list'>): AsyncIterable<View> {
  for (let after: string | undefined, more = true; more; ) {
    const page = await collection.list({ limit: 1000, ...(after !== undefined && { after }) });
    yield* page.data;
    after = page.next ?? undefined;
    more = page.next !== null;
  }
}
