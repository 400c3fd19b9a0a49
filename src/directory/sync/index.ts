export type { PeopleRules, SyncDeps, SyncedConnection } from './deps.ts';
export { type DirectorySync, make_directory_sync } from './make_sync.ts';
export { sync_run_schemas, type SyncRuns, type SyncRunView } from './runs.ts';
