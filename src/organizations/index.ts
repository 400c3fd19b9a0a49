/**
 * Organizations: organizations, domains, connections, role mappings, apps (clients), resources, roles and hooks: create, change, verify, test, seal; opens connectors;
 * the cached directory that every sign-in reads. What admin API, set-up, apply and CLI all call. Owns no person and no token.
 * Imports kernel, storage, audit and the connector seam; the protocols, the egress and the end of access are passed in.
 */
export { every } from './every.ts';
export { find_logo, sweep_logos } from './branding/index.ts';
export type { Collection, Listed, ListRequest, Shown } from './collection.ts';
export {
  type ClientCollection,
  type ClientView,
  type CreatedClientView,
  ensure_console_client,
  ensure_portal_client,
} from './client/index.ts';
export type { ConnectionCollection, ConnectionView } from './connection/index.ts';
export type { ContactView } from './contact.ts';
export type { ConfigEvent, OrganizationsDeps } from './deps.ts';
export type {
  Directory,
  DirectoryClient,
  DirectoryConnection,
  DirectoryInlineHook,
  DirectoryOrganization,
  DirectoryResource,
} from './directory.ts';
export type { DomainCollection, DomainView } from './domain.ts';
export type {
  EventHookCollection,
  EventHookView,
  HookTarget,
  InlineHookCollection,
  InlineHookView,
} from './hooks/index.ts';
export type { HealthItem, HealthView } from './health/index.ts';
export { type Editable, make_organizations, type Organizations } from './make_organizations.ts';
export type { OrganizationView } from './organization.ts';
export { require_delegable } from './delegable.ts';
export {
  outranks,
  owners_of,
  PEOPLE_SOURCES,
  type PeoplePolicy,
  type PeopleSource,
  policy_of,
  read_people_policy,
} from './people_policy/index.ts';
export { BadToken, type Origin, type Registered, type Registration, type RegistrationTokenView } from './registration/index.ts';
export type { ResourceView } from './resource.ts';
export type { RoleView } from './role.ts';
export { matcher_of, type ReadyMapping } from './role_match.ts';
export type { RoleMappingView } from './role_mapping.ts';
export { schemas } from './schemas.ts';
export {
  capabilities_of,
  type Capabilities,
  forget_target,
  parse_target_path,
  require_target,
  type ScimTargetCollection,
  type ScimTargetView,
  target_context,
  type TargetPath,
} from './scim_target/index.ts';
export type {
  CreatedSetupLinkView,
  SetupDraft,
  SetupLinkCollection,
  SetupLinkView,
  SetupStage,
  SetupStep,
  SetupVisit,
  SetupVisits,
} from './setup_links/index.ts';
export { sealed_columns } from './sealed_columns.ts';
export type { CreatedSignalSourceView, SignalSourceCollection, SignalSourceView } from './signal_source.ts';
