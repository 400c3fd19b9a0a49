/**
 * Users: the people and groups of one organization and their life cycle; ends access with it. Owns no sign-in (linking), no protocol (directory)
 * and no token (tokens: `end_access` is passed in). Imports kernel, storage, audit.
 */
export * from './members.ts';
export * from './read_row.ts';
export type { EndAccess, PeopleEvent, RecordEvent, UsersDeps, WriteDeps } from './record.ts';
export * from './write.ts';
