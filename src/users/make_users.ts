import type { Act } from '../audit/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { Collection, Shown } from '../organizations/index.ts';
import type { Tx, UserRow } from '../storage/index.ts';
import { erase_inactive } from './erase_inactive.ts';
import { erase_user } from './erase_user.ts';
import { export_user } from './export_user.ts';
import { require_user } from './find.ts';
import { group_collection } from './group_collection.ts';
import { import_users } from './import_users.ts';
import type { UsersDeps } from './record.ts';
import { merge_users } from './merge_users.ts';
import { parse } from './parse.ts';
import { preview_mapping } from './preview_mapping.ts';
import {
  type Erasure,
  type ImportReport,
  type PresentedGroup,
  type PresentedUser,
  type UserExport,
  type MappingPreview,
  schemas,
} from './schemas.ts';
import { user_collection } from './user_collection.ts';
import { type UserConsents, user_consents } from './user_consents.ts';
import { type UserSessions, user_sessions } from './user_sessions.ts';
import type { Said } from './precedence.ts';
import { settle_access, settle_everyone } from './settle_access.ts';
import { change_user, type UserChanges } from './write.ts';

export interface UserCollection extends Required<Collection<PresentedUser>>, UserSessions, UserConsents {
  /** Everything that is kept of a person; what the partner said at sign-ins is masked for whoever may not see it. @throws NotFound */
  export(id: string, reader: { readonly personal: boolean }): Promise<UserExport>;
  /** Two users are one person: what `id` has becomes another's. @throws NotFound | InvalidInput 422 | Conflict */
  merge(id: string, body: unknown, act: Act): Promise<Shown<PresentedUser>>;
  /** What a role mapping would do to the people of recorded sign-ins. @throws InvalidInput 422 */
  preview_mapping(body: unknown): Promise<MappingPreview>;
  /** Removes a person and everything that says who they were. @throws NotFound */
  erase(id: string, act: Act): Promise<Erasure>;
  /** `rows`: a list as it was sent, each row parsed here. @throws InvalidInput 422 when it is no list, or too long */
  import(rows: unknown, options: { readonly dry_run?: boolean | undefined }, act: Act): Promise<ImportReport>;
}

/** People and groups, as API, command, set-up and sign-in use them. Lists take `filter`, in the grammar of RFC 7644 section 3.4.2.2. */
export interface Users {
  users(org_id: OrgId): UserCollection;
  groups(org_id: OrgId): Required<Collection<PresentedGroup>>;
  /** Within the caller's own unit of work. @throws Conflict */
  change(tx: Tx, row: UserRow, changes: UserChanges, act: Act, said?: Said): Promise<UserRow>;
  /** Whose memberships changed: lets in and keeps out, in the caller's own unit of work. */
  settle_access(tx: Tx, org_id: OrgId, user_ids: readonly string[], act: Act): Promise<void>;
  /** The policy changed. */
  settle_everyone(tx: Tx, org_id: OrgId, act: Act): Promise<void>;
  /** Erases who was deactivated so many days ago, some at a time; called by a timer. */
  erase_inactive(default_days: number): Promise<number>;
}

export function make_users(deps: UsersDeps): Users {
  return {
    users: (org_id) => ({
      ...user_collection(deps, org_id),
      ...user_sessions(deps, org_id),
      ...user_consents(deps, org_id),
      export: (id, reader) => export_user(deps, org_id, id, reader),
      async merge(id, body, act) {
        // whether there is such a user comes before what is wrong with the body
        await require_user(deps.storage.org(org_id).users, id);
        const { into } = parse(schemas.user_merge, body);
        await merge_users(deps, org_id, id, into, act);
        return user_collection(deps, org_id).get(into);
      },
      preview_mapping: (body) => preview_mapping(deps, org_id, body),
      erase: (id, act) => erase_user(deps, org_id, id, act),
      import: (rows, options, act) => import_users(deps, org_id, rows, options, act),
    }),
    groups: (org_id) => group_collection(deps, org_id),
    change: (tx, row, changes, act, said) => change_user(deps, tx, row, changes, act, said),
    settle_access: (tx, org_id, user_ids, act) => settle_access(deps, tx, org_id, user_ids, act),
    settle_everyone: (tx, org_id, act) => settle_everyone(deps, tx, org_id, act),
    erase_inactive: (default_days) => erase_inactive(deps, default_days),
  };
}
