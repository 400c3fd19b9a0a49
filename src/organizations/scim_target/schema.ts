import { z } from 'zod';
import { fetched_uri, plain, time, unique } from '../parse.ts';
import { capabilities_shape, capability_overrides, PRESET_NAMES } from './capabilities.ts';
import { parse_target_path } from './path.ts';

const SOURCES = ['sub', 'user_name', 'email', 'name', 'given_name', 'family_name', 'display_name', 'org_id', 'org_slug', 'org_name'];
const source = plain(200).refine(
  (text) => SOURCES.includes(text) || /^attributes\.[^\s].{0,127}$/.test(text) || /^scim\.[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(text),
  `must be one of ${SOURCES.join(', ')}, attributes.NAME or scim.NAME`,
);
const target_path = plain(400).refine(
  (text) => parse_target_path(text) !== undefined,
  'is no path of a SCIM attribute that can be mapped: title, name.givenName, emails[type eq "work"].value, urn:…:User:department',
);

const DEFAULT_MAPPING: Readonly<Record<string, string>> = {
  userName: 'user_name',
  displayName: 'name',
  'name.givenName': 'given_name',
  'name.familyName': 'family_name',
  'emails[type eq "work"].value': 'email',
};

const groups_fields = {
  send: z.boolean().default(true),
  /** Only groups whose name begins with one of these, or is one of `names`; both empty: all. */
  prefixes: unique(plain(255), 100).default([]),
  names: unique(plain(255), 1000).default([]),
  /** What a group is called there: `{display_name}` and `{org_slug}` are filled in. */
  display_name: plain(255)
    .refine((text) => text.includes('{display_name}'), 'must have {display_name} in it')
    .default('{display_name}'),
};

const oauth = z.strictObject({
  token_url: fetched_uri,
  client_id: plain(255),
  client_secret: plain(4096),
  scope: plain(1024).nullable().default(null),
});

const fields = {
  /** Unique; absent: that of the app. */
  name: plain(128),
  base_url: fetched_uri.refine((text) => !text.includes('?'), 'must have no query'),
  /** A bearer token, or… */
  token: plain(4096).nullable(),
  /** …client credentials (RFC 6749 section 4.4). */
  oauth: oauth.nullable(),
  enabled: z.boolean(),
  /** Ids (or slugs), or "all": those that may use the app. Never more than those. */
  organizations: z.union([z.literal('all'), unique(plain(64), 10_000)]),
  /** Everybody, those in a group that is sent, or those who have a role in the app. */
  people: z.enum(['all', 'in_groups', 'with_role']),
  mapping: z
    .record(target_path, z.union([source, z.strictObject({ value: plain(1024) })]))
    .refine((mapping) => Object.hasOwn(mapping, 'userName'), 'must say what userName is')
    .refine((mapping) => Object.keys(mapping).length <= 100, 'is too long'),
  groups: z.strictObject(groups_fields),
  /** As which attribute the roles in this app are sent; absent: `roles`, with the preset `aws` none. */
  roles: z.enum(['roles', 'entitlements', 'none']),
  /** What happens there to somebody who is removed here. */
  on_delete: z.enum(['delete', 'deactivate']),
  /** Who exists there already is taken over when their externalId is ours; with `name` also by userName or displayName, if they have no externalId. */
  adopt: z.enum(['external_id', 'name']),
  preset: z.enum(PRESET_NAMES),
  capabilities: capability_overrides,
};

const scim_target_create = z.strictObject({
  ...fields,
  name: fields.name.optional(),
  client_id: plain(128),
  token: fields.token.default(null),
  oauth: fields.oauth.default(null),
  enabled: fields.enabled.default(true),
  organizations: fields.organizations.default('all'),
  people: fields.people.default('all'),
  mapping: fields.mapping.default({ ...DEFAULT_MAPPING }),
  groups: fields.groups.default({ send: true, prefixes: [], names: [], display_name: '{display_name}' }),
  roles: fields.roles.optional(),
  on_delete: fields.on_delete.default('delete'),
  adopt: fields.adopt.default('external_id'),
  preset: fields.preset.default('generic'),
  capabilities: fields.capabilities.default({}),
});
const scim_target_patch = z
  .strictObject({
    ...fields,
    mapping: z.record(target_path, z.union([source, z.strictObject({ value: plain(1024) })]).nullable()),
    groups: z.strictObject(groups_fields).partial(),
    oauth: oauth.partial().nullable(),
    capabilities: z.record(z.string(), z.unknown()),
  })
  .partial();

const scim_target = z.object({
  id: z.string(),
  name: z.string(),
  client_id: z.string(),
  base_url: z.string(),
  /** `***`: there is one. */
  token: z.string().nullable(),
  oauth: z.object({ token_url: z.string(), client_id: z.string(), client_secret: z.string(), scope: z.string().nullable() }).nullable(),
  /** Of the token, or the client secret. */
  secret_entered_at: time,
  enabled: z.boolean(),
  organizations: z.union([z.literal('all'), z.array(z.string())]),
  people: fields.people,
  mapping: z.record(z.string(), z.union([z.string(), z.object({ value: z.string() })])),
  groups: z.object({ send: z.boolean(), prefixes: z.array(z.string()), names: z.array(z.string()), display_name: z.string() }),
  roles: fields.roles,
  on_delete: fields.on_delete,
  adopt: fields.adopt,
  preset: fields.preset,
  capabilities: capability_overrides,
  /** What is kept to: preset, what the target says of itself and has refused, and `capabilities`. */
  profile: capabilities_shape,
  /** `failing`: no request has succeeded since `failing_since`; `paused`: it asked for patience. */
  state: z.enum(['off', 'ok', 'paused', 'failing']),
  failing_since: time.nullable(),
  paused_until: time.nullable(),
  last_error: z.string().nullable(),
  last_success_at: time.nullable(),
  created_at: time,
  updated_at: time,
});

export const scim_target_schemas = { scim_target, scim_target_create, scim_target_patch };
export type ScimTargetView = z.output<typeof scim_target>;
export type ScimTargetBody = z.output<typeof scim_target_create>;
export { scim_target_create };
