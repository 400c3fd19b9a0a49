import { z } from 'zod';
import type { Act } from '../audit/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { Collection } from '../organizations/index.ts';
import { body_problems, invalid_body } from './body_problems.ts';
import { every } from './every.ts';
import { gone_already, make_offboardings, type OffboardingsDeps, type OffboardingView } from './offboardings.ts';

export const offboard_body = z.strictObject({
  /** The slug again: what is gone does not come back. */
  confirm: z.string(),
  /** The same lines, and nothing is changed: to keep them before it is too late. */
  dry_run: z.boolean().default(false),
  /** Answers at once, without the lines, and erases behind: for thousands of people. Take the lines along first, with `dry_run`. */
  background: z.boolean().default(false),
});

/**
 * Everything of an organization as lines of JSON, and then nothing of it: access ends, its people are erased from the record too, the organization is removed.
 * The last line is the receipt. With `dry_run` nothing is changed; with `background` the work that was begun is answered, and no lines. Whatever stops in
 * between goes on behind, in whichever process is there, and may be asked for again.
 * @throws InvalidInput 422 unless the slug is repeated
 */
export async function offboard(deps: OffboardingsDeps, org_id: OrgId, body: unknown, act: Act): Promise<string[] | OffboardingView> {
  const { organizations, users } = deps;
  const { view, version } = await organizations.organizations.get(org_id);
  const result = offboard_body.safeParse(body);
  if (!result.success) throw body_problems(result.error);
  if (result.data.confirm !== view.slug) throw invalid_body([{ path: 'confirm', message: 'must be the slug of the organization' }]);
  const { dry_run, background } = result.data;
  // nobody signs in, and nobody is made, while it is read
  if (!dry_run && view.status === 'active') await organizations.organizations.update(org_id, { status: 'suspended' }, act, version);
  const offboardings = make_offboardings(deps);
  const organization = { id: org_id, slug: view.slug, name: view.name };
  if (background && !dry_run) return offboardings.begin(organization, act);
  const lines: string[] = [line('organization', view)];
  const parts: readonly (readonly [string, Pick<Collection<object>, 'list'>])[] = [
    ['domain', organizations.domains(org_id)],
    ['connection', organizations.connections(org_id)],
    ['role_mapping', organizations.role_mappings(org_id)],
    ['contact', organizations.contacts(org_id)],
    ['group', users.groups(org_id)],
  ];
  let contacts = 0;
  for (const [kind, collection] of parts)
    for await (const one of every(collection)) {
      if (kind === 'contact') contacts += 1;
      lines.push(line(kind, one));
    }
  let people = 0;
  for await (const { id } of every(users.users(org_id))) {
    const exported = await users.users(org_id).export(id, { personal: true }).catch(gone_already);
    if (exported === undefined) continue;
    people += 1;
    lines.push(line('user', exported));
  }
  if (dry_run) return [...lines, line('dry_run', { organization_id: org_id, slug: view.slug, users: people, contacts })];
  const { id } = await offboardings.begin(organization, act);
  const { users_erased, events_emptied } = await offboardings.finish(id);
  return [...lines, line('receipt', { organization_id: org_id, slug: view.slug, users_erased, events_emptied })];
}

const line = (kind: string, value: object): string => JSON.stringify({ kind, value });
