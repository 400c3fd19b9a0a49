import type { Schemas } from '../../../api/client.ts';
import type { Destruction } from '../../../components/confirm_destructive.tsx';

type Policy = Schemas['Organization']['people_policy'];
type Named = Pick<Schemas['Group'], 'id' | 'display_name'>;

/** Whether being in a group is what lets somebody in, and by what the policy knows it. */
export function lets_in({ allowed_groups = [] }: Policy, { id, display_name }: Named): 'by id' | 'by name' | undefined {
  if (allowed_groups.includes(id)) return 'by id';
  return allowed_groups.some((name) => name.toLowerCase() === display_name.toLowerCase()) ? 'by name' : undefined;
}

/** The end of a group: who is in it stays, unless only its people come in. */
export function delete_group(policy: Policy, group: Schemas['Group'], run: () => Promise<unknown>): Destruction {
  const { display_name, members } = group;
  const people = `${members.length} ${members.length === 1 ? 'person' : 'people'}`;
  return {
    title: `Delete ${display_name}?`,
    what: 'People stay. Roles that came from this group end at the next token. The partner may send the group again.',
    ends: [
      `the membership of ${people}`,
      ...(lets_in(policy, group) === undefined
        ? []
        : [`the access of those of them who are in no other allowed group: sessions and tokens at once, and apps are told`]),
    ],
    name: display_name,
    verb: 'Delete the group',
    run,
  };
}

/** What ends for somebody who leaves a group; the receipt is with the person. */
export function ends_for(policy: Policy, group: Named, user: Schemas['User']): 'membership' | 'access' {
  if (lets_in(policy, group) === undefined) return 'membership';
  return user.groups.some((other) => other.id !== group.id && lets_in(policy, other) !== undefined) ? 'membership' : 'access';
}
