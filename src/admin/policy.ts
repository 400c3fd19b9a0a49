import type { AdminRole } from '../storage/index.ts';

export const ADMIN_ROLES = ['owner', 'operator', 'support', 'org_admin'] as const satisfies readonly AdminRole[];

const everyone: readonly AdminRole[] = ADMIN_ROLES;
const vendor: readonly AdminRole[] = ['owner', 'operator', 'support'];
const vendor_writers: readonly AdminRole[] = ['owner', 'operator'];
const writers: readonly AdminRole[] = ['owner', 'operator', 'org_admin'];
const owner: readonly AdminRole[] = ['owner'];

/**
 * Who may do what, for every route of the API: a route names its row and column here, and what is in no row does not exist.
 * Where `org_admin` stands, the route is bound to one organization, and that one must be its own.
 */
export const policy = {
  organizations: { list: vendor, read: everyone, create: vendor_writers, update: writers, remove: vendor_writers },
  domains: { read: everyone, write: writers },
  connections: { read: everyone, write: writers },
  users: { read: everyone, write: writers },
  groups: { read: everyone, write: writers },
  role_mappings: { read: everyone, write: writers },
  contacts: { read: everyone, write: writers },
  scim_tokens: { read: everyone, write: writers },
  signal_sources: { read: everyone, write: writers },
  // whoever holds one may set the organization up: as much as writing its connections; the last word is the vendor's
  setup_links: { read: everyone, write: writers, approve: vendor_writers },
  scim_requests: { read: everyone, replay: writers },
  clients: { read: vendor, write: vendor_writers },
  registration_tokens: { read: vendor, write: vendor_writers },
  resources: { read: vendor, write: vendor_writers },
  roles: { read: vendor, write: vendor_writers },
  // whoever may say who comes in, and what tokens say
  inline_hooks: { read: vendor, write: vendor_writers },
  event_hooks: { read: vendor, write: vendor_writers },
  scim_targets: { read: vendor, write: vendor_writers },
  signing_keys: { read: vendor, write: vendor_writers },
  // whoever could make a key could make one of a higher role
  admin_keys: { read: vendor, write: owner },
  audit_events: { read: vendor },
  login_traces: { list: vendor, read: everyone },
  stats: { read: vendor },
  search: { read: vendor },
  system: { read: vendor, check: vendor_writers },
  // the whole configuration at once, with what only an owner may set in it
  tenants: { read: owner, write: owner },
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly AdminRole[]>>>>;

type Policy = typeof policy;
/** `area.action`, as the table has it. */
export type Permission = { [Area in keyof Policy]: `${Area}.${keyof Policy[Area] & string}` }[keyof Policy];

const table: ReadonlyMap<string, readonly AdminRole[]> = new Map(
  Object.entries(policy).flatMap(([area, actions]) =>
    Object.entries(actions).map(([action, roles]) => [`${area}.${action}`, roles] as const),
  ),
);

export const is_allowed = (permission: Permission, role: AdminRole): boolean => table.get(permission)?.includes(role) === true;

/** What a partner said about a person is for those who answer for that person. */
export const sees_personal = (role: AdminRole): boolean => role !== 'support';
