import type { OrgId } from '../kernel/index.ts';
import { outranks, type PeopleSource, owners_of, policy_of } from '../organizations/index.ts';
import type { Tx } from '../storage/index.ts';
import type { MemberSource } from './members.ts';

/**
 * Whose hold on a membership ends when this source takes somebody out of a group. A connection speaks for itself alone: its list says nothing of what others
 * know. SCIM and administrators mean what they do: the person goes, unless the policy gives `groups` to somebody who comes before them.
 */
export async function whose_word_ends(tx: Tx, org_id: OrgId, source: MemberSource): Promise<'*' | readonly MemberSource[]> {
  if (source !== 'api' && source !== 'scim') return [source];
  const policy = await policy_of(tx, org_id);
  const speaker: PeopleSource = source === 'api' ? 'admin' : 'scim';
  const owners = owners_of(policy, 'groups');
  if (owners === undefined || (speaker === 'admin' && policy.admin_override === true)) return '*';
  const connection_speaks = owners.find((owner) => owner === 'sign_in' || owner === 'sync') ?? 'sign_in';
  const connections = outranks(policy, 'groups', speaker, connection_speaks)
    ? (await tx.org(org_id).connections.find({})).map(({ id }) => id)
    : [];
  const others = (['api', 'scim'] as const).filter((other) => outranks(policy, 'groups', speaker, other === 'api' ? 'admin' : 'scim'));
  return [...new Set([source, ...others, ...connections])];
}
