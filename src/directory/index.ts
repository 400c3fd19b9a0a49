/**
 * Directory: the SCIM 2.0 server of each organization (RFC 7643, 7644, 9865) and its tokens: schemas, filters, PATCH, dialects of real clients.
 * What a directory says becomes so in one place, `apply_change`. Keeps what directories asked (`request_log`), reads partners' directories over LDAP by rules of
 * linking that are passed in (`sync`), and tells the vendor's apps of their people (`outbound`). Owns no person and no group (users) and no sign-in (linking). Imports kernel, storage, audit, http, users, and of organizations what a collection is and
 * who owns what of a person.
 */
export { apply_change, type Changing, type DirectoryChange } from './apply_change.ts';
export { bulk_as_rows } from './bulk_as_rows.ts';
export type { DirectoryDeps, ScimDeps } from './deps.ts';
export {
  make_scim_requests,
  type RequestLog,
  type ScimReplay,
  type ScimRequestFilters,
  scim_request_schemas,
  type ScimRequests,
  type ScimRequestSummary,
  type ScimRequestsOf,
  type ScimRequestView,
} from './request_log/index.ts';
export { dead_letter_schemas, make_outbound, type Outbound, type OutboundDeps, run_schemas, type ScimRunView } from './outbound/index.ts';
export {
  type DirectorySync,
  make_directory_sync,
  type PeopleRules,
  sync_run_schemas,
  type SyncDeps,
  type SyncedConnection,
  type SyncRuns,
  type SyncRunView,
} from './sync/index.ts';
export { scim_routes } from './routes.ts';
export {
  type CreatedScimToken,
  make_scim_tokens,
  scim_token_schemas,
  type ScimTokens,
  type ScimTokensDeps,
  type ScimTokenView,
} from './scim_tokens.ts';
