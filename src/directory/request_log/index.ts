/** What the directories of an organization asked, what we took it for and what it changed: kept for a while, sealed, and able to be done again. */
export type { RequestLog } from './log.ts';
export { scim_request_schemas, type ScimReplay, type ScimRequestSummary, type ScimRequestView } from './present.ts';
export { make_scim_requests, type ScimRequestFilters, type ScimRequests, type ScimRequestsOf } from './scim_requests.ts';
