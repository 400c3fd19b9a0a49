import type { Act } from '../audit/index.ts';
import { type OrgId, parse_user_id } from '../kernel/index.ts';
import type { GroupRow, Tx, UserRow } from '../storage/index.ts';
import {
  change_group,
  change_user,
  insert_user,
  make_group,
  type NewUser,
  remove_group,
  remove_user,
  type UserChanges,
  user_name_taken,
} from '../users/index.ts';
import type { DirectoryDeps } from './deps.ts';
import type { MemberPlan } from './members.ts';

type UserChange =
  | { readonly kind: 'create_user'; readonly fields: Omit<NewUser, 'source'> }
  /** `states`: what the directory says also where it is so already. */
  | { readonly kind: 'change_user'; readonly row: UserRow; readonly fields: UserChanges; readonly states?: readonly string[] };
type GroupFields = { readonly display_name: string; readonly external_id: string | null };
type GroupChange =
  | { readonly kind: 'create_group'; readonly fields: GroupFields; readonly members: MemberPlan }
  | { readonly kind: 'change_group'; readonly row: GroupRow; readonly fields: GroupFields; readonly members: MemberPlan };
type Removal = { readonly kind: 'remove_user'; readonly row: UserRow } | { readonly kind: 'remove_group'; readonly row: GroupRow };

/** What a directory, whichever way it speaks, can do to the people and groups of an organization. */
export type DirectoryChange = UserChange | GroupChange | Removal;

export interface Changing {
  readonly deps: DirectoryDeps;
  readonly tx: Tx;
  readonly org_id: OrgId;
  readonly source: 'scim' | 'sync';
  /** Who is then said to hold a membership. Absent: the source. */
  readonly member_source?: string;
  readonly act: Act;
}

/**
 * The one place where what a directory says becomes so, in the caller's unit of work: recorded, and whoever is deactivated or removed
 * has no access left when it commits. @throws Conflict `user_name_taken` | `group_name_taken` | 412 `stale`
 */
export async function apply_change(work: Changing, change: UserChange): Promise<UserRow>;
export async function apply_change(work: Changing, change: GroupChange): Promise<GroupRow>;
export async function apply_change(work: Changing, change: Removal): Promise<undefined>;
export async function apply_change(
  { deps, tx, org_id, source, member_source = source, act }: Changing,
  change: DirectoryChange,
): Promise<UserRow | GroupRow | undefined> {
  switch (change.kind) {
    case 'create_user': {
      const row = await insert_user(tx, org_id, { ...change.fields, source }, deps.now());
      if (row === undefined) throw user_name_taken();
      const target = { kind: 'user', id: row.id, name: row.user_name } as const;
      await deps.record(tx, act, { type: 'user.created', org_id, target, after: { ...change.fields, source } });
      return row;
    }
    case 'change_user':
      return change_user(deps, tx, change.row, change.fields, act, {
        source,
        ...(change.states !== undefined && { states: change.states }),
      });
    case 'remove_user':
      await remove_user(deps, tx, change.row, act);
      return undefined;
    case 'create_group':
      return make_group(deps, tx, org_id, { ...change.fields, source, member_source, members: known_form(change.members.add) }, act);
    case 'change_group': {
      const { keep, add, remove } = change.members;
      const members = keep ? { add: known_form(add), remove: known_form(remove) } : known_form(add);
      return change_group(deps, tx, change.row, { ...change.fields, members, source: member_source }, act);
    }
    case 'remove_group':
      await remove_group(deps, tx, change.row, act);
      return undefined;
  }
}

/** Whatever cannot be a user's id is nobody's, like the id of a stranger. */
const known_form = (ids: ReadonlySet<string>): string[] => [...ids].filter((id) => parse_user_id(id) !== undefined);
