import type { About } from '../deps.ts';
import { wanted_group } from '../group.ts';
import { find_link } from '../links.ts';
import { next_moves } from '../members.ts';
import { wanted_person } from '../person.ts';
import { differs, fingerprint } from '../units.ts';
import type { Finding, StepContext } from './step.ts';

/** What would be sent of each, as far as we know the target: nothing is asked, and nothing sent. */
export async function assess(
  context: Pick<StepContext, 'deps' | 'target'>,
  about: readonly About[],
): Promise<{ readonly findings: readonly Finding[]; readonly unchanged: number }> {
  const findings: Finding[] = [];
  for (const one of about) {
    const finding = one.kind === 'user' ? await person(context, one) : await group(context, one);
    if (finding !== undefined) findings.push(finding);
  }
  return { findings, unchanged: about.length - findings.length };
}

async function person({ deps, target }: Pick<StepContext, 'deps' | 'target'>, about: About): Promise<Finding | undefined> {
  const link = await find_link(deps.storage, about.target_id, about.id);
  const wanted = await wanted_person(deps, target, about.org_id, about.id);
  const { id } = about;
  if (link?.remote_id == null) return wanted.standing === 'active' ? { kind: 'user', id, what: 'create' } : undefined;
  if (wanted.standing === 'gone') return { kind: 'user', id, what: target.row.on_delete === 'delete' ? 'delete' : 'deactivate' };
  const difference = differs(id, wanted.units, link.sent);
  if (difference === undefined) return undefined;
  const attributes = [...difference.set.keys(), ...difference.removed];
  return { kind: 'user', id, what: wanted.standing === 'inactive' && link.active ? 'deactivate' : 'update', attributes };
}

async function group({ deps, target }: Pick<StepContext, 'deps' | 'target'>, about: About): Promise<Finding | undefined> {
  const link = await find_link(deps.storage, about.target_id, about.id);
  const wanted = await wanted_group(deps, target, about.org_id, about.id);
  const { id } = about;
  if (wanted.standing === 'as_is') return undefined;
  if (wanted.standing === 'gone') return link?.remote_id == null ? undefined : { kind: 'group', id, what: 'delete' };
  if (link?.remote_id == null) return { kind: 'group', id, what: 'create' };
  const renamed = link.sent['displayName'] !== fingerprint(id, 'displayName', wanted.display_name);
  const moved =
    [...(await next_moves(deps.storage, about, 'remove', '', 1)), ...(await next_moves(deps.storage, about, 'add', '', 1))].length > 0;
  const attributes = [...(renamed ? ['displayName'] : []), ...(moved ? ['members'] : [])];
  return attributes.length === 0 ? undefined : { kind: 'group', id, what: 'update', attributes };
}
