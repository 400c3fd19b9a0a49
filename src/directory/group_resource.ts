import type { GroupRow } from '../storage/index.ts';
import { GROUP, type Resource } from './schema/index.ts';
import { meta_of } from './user_resource.ts';

export interface MemberOfGroup {
  readonly user_id: string;
  readonly display: string;
}

/** What a client may change of a group beside its members. */
export const writable_group = (row: GroupRow): Resource => ({
  displayName: row.display_name,
  ...(row.external_id !== null && { externalId: row.external_id }),
});

/** A group as SCIM shows it; `members` undefined: nobody asked for them. */
export function present_group(row: GroupRow, members: readonly MemberOfGroup[] | undefined, base_url: string): Resource {
  return {
    schemas: [GROUP],
    id: row.id,
    ...writable_group(row),
    ...(members !== undefined &&
      members.length > 0 && {
        members: members.map(({ user_id, display }) => ({ value: user_id, $ref: `${base_url}/Users/${user_id}`, type: 'User', display })),
      }),
    meta: meta_of('Group', row, `${base_url}/Groups/${row.id}`, members?.map(({ user_id, display }) => `${user_id} ${display}`) ?? []),
  };
}
