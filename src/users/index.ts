/**
 * Users: the people and groups of one organization and their life cycle, files of people and what became of each row (`imports`); ends access with it. Owns no sign-in (linking), no protocol (directory)
 * and no token (tokens: `end_access` is passed in). Imports kernel, storage, audit, csv-parse, and of organizations what a collection is and who owns what of a person.
 */
export * from './batches.ts';
export { change_group, type GroupChanges, make_group, remove_group } from './change_group.ts';
export { hold_group, hold_user, require_group, require_user, require_user_or_say } from './find.ts';
export { make_users, type UserCollection, type Users } from './make_users.ts';
export * from './fold.ts';
export * from './imports/index.ts';
export * from './members.ts';
export { type Said, weigh } from './precedence.ts';
export * from './read_row.ts';
export type { EndAccess, PeopleEvent, RecordEvent, UsersDeps, WriteDeps } from './record.ts';
export {
  schemas,
  type ImportReport,
  type PresentedGroup,
  type PresentedSession,
  type PresentedUser,
  type RoleGrant,
  type UserExport,
} from './schemas.ts';
export { settle_access, settle_everyone, would_be_kept_out } from './settle_access.ts';
export * from './same_json.ts';
export type { UserSessions } from './user_sessions.ts';
export * from './write.ts';
