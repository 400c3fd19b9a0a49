import { z } from 'zod';
import { parse_email } from '../kernel/index.ts';

/** Text without control characters, lone surrogates and the characters that reorder what is shown. */
const plain = (max: number) =>
  z
    .string()
    .min(1, { abort: true })
    .max(max)
    .refine(
      (text) => !/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u.test(text) && text.trim() !== '',
      'must be text without control characters',
    );

const email = plain(320).transform((text, context) => {
  const read = parse_email(text);
  if (read === undefined) context.addIssue({ code: 'custom', message: 'must be an e-mail address' });
  return read?.address ?? text;
});

const attribute_name = z
  .string()
  .regex(/^(?!__proto__$)[A-Za-z][\w.:/-]{0,127}$/, 'must begin with a letter; letters, digits and _ . : / - follow');
const scalar = z.union([plain(1024), z.number(), z.boolean()]);
const attribute = z.union([scalar, z.array(scalar).max(200)]);
const at_most_100 = (record: Readonly<Record<string, unknown>>): boolean => Object.keys(record).length <= 100;

/** A role for every app, or for one. */
const role = z.union([plain(128), z.strictObject({ role: plain(128), client_id: plain(255) })]);

const names = {
  email: email.nullable(),
  given_name: plain(255).nullable(),
  family_name: plain(255).nullable(),
  display_name: plain(255).nullable(),
  external_id: plain(255).nullable(),
  active: z.boolean(),
};
const fields = {
  ...names,
  attributes: z.record(attribute_name, attribute).refine(at_most_100, 'at most 100 attributes'),
  roles: z.array(role).max(100),
};

const user_name = plain(320);
const user_id = z.string().regex(/^usr_[0-9A-Za-z]{24}$/, 'must be a user id');
const optional = z.strictObject(fields).partial();

const user_create = optional.extend({ user_name });
const user_patch = optional.extend({
  user_name: user_name.optional(),
  /** RFC 7396: null removes one, or all of them. */
  attributes: z.record(attribute_name, attribute.nullable()).refine(at_most_100, 'at most 100 attributes').nullable().optional(),
  roles: fields.roles.nullable().optional(),
});
/** One row of an import; a row without `user_name` is named by its `email`. */
const user_import_row = optional.extend({
  user_name: user_name.optional(),
  groups: z.array(plain(255)).max(200).optional(),
  identities: z
    .array(z.strictObject({ connection_id: plain(64), subject: plain(255) }))
    .max(20)
    .optional(),
});

const group_create = z.strictObject({
  display_name: plain(255),
  external_id: plain(255).nullable().optional(),
  members: z.array(user_id).max(10_000).optional(),
});
/** RFC 7396: null removes them all. */
const group_patch = group_create.partial().extend({ members: group_create.shape.members.nullable() });

const time = z.iso.datetime();
const user = z.object({
  id: z.string(),
  /** Of accounts that were merged into this one: apps may still know the person by them. */
  former_ids: z.array(z.string()),
  user_name: z.string(),
  email: z.string().nullable(),
  email_verified: z.boolean(),
  given_name: z.string().nullable(),
  family_name: z.string().nullable(),
  display_name: z.string().nullable(),
  active: z.boolean(),
  /** False: the organization lets in people of some groups only, and this one is in none of them. */
  in_allowed_group: z.boolean(),
  external_id: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  /** Who spoke last of an attribute: the sources of `people_policy.attribute_owners`. */
  written_by: z.record(z.string(), z.string()),
  identities: z.array(z.object({ connection_id: z.string(), subject: z.string(), last_login_at: time.nullable() })),
  groups: z.array(z.object({ id: z.string(), display_name: z.string() })),
  roles: z.array(z.union([z.string(), z.object({ role: z.string(), client_id: z.string() })])),
  source: z.enum(['jit', 'scim', 'api', 'import', 'sync']),
  last_login_at: time.nullable(),
  created_at: time,
  updated_at: time,
});
const group = z.object({
  id: z.string(),
  display_name: z.string(),
  external_id: z.string().nullable(),
  members: z.array(z.string()),
  source: z.enum(['login', 'scim', 'api', 'sync']),
  created_at: time,
  updated_at: time,
});
const consent = z.object({
  id: z.string(),
  client_id: z.string(),
  scopes: z.array(z.string()),
  created_at: time,
  updated_at: time,
});

const session = z.object({
  id: z.string(),
  connection_id: z.string(),
  auth_time: time,
  acr: z.string().nullable(),
  amr: z.array(z.string()),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  apps: z.array(z.object({ client_id: z.string(), since: time })),
  created_at: time,
  expires_at: time,
});
const import_report = z.object({
  dry_run: z.boolean(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  failed: z.number().int(),
  rows: z.array(
    z.object({
      row: z.number().int(),
      status: z.enum(['created', 'updated', 'unchanged', 'failed']),
      id: z.string().optional(),
      user_name: z.string().optional(),
      problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
  ),
});
const user_export = z.object({
  exported_at: time,
  user,
  sessions: z.array(session),
  audit_events: z.array(z.record(z.string(), z.unknown())),
  scim: z.record(z.string(), z.unknown()),
  /** Sign-ins, step by step, with what the partner said. */
  login_traces: z.array(z.record(z.string(), z.unknown())),
  consents: z.array(z.record(z.string(), z.unknown())),
});
const mapping_preview = z.object({
  /** People with a recorded sign-in, at most 1000 of them. */
  looked_at: z.int(),
  matching: z.int(),
  /** Of those, who do not have the role yet. */
  new: z.int(),
  /** The first hundred. */
  people: z.array(
    z.object({
      user_id: z.string(),
      user_name: z.string(),
      /** Of one of their recorded sign-ins. */
      reference: z.string(),
      already: z.boolean(),
    }),
  ),
});
const user_merge = z.strictObject({
  /** Who stays. */
  into: z.string().max(64),
});
const erasure = z.object({
  user_id: z.string(),
  erased_at: time,
  /** Events of the record that were emptied. */
  events: z.int(),
  /** Sign-ins that were removed. */
  traces: z.int(),
});

/** Every shape of this room as it is on the wire. */
export const schemas = {
  user,
  user_create,
  user_patch,
  user_import_row,
  user_export,
  erasure,
  mapping_preview,
  user_merge,
  import_report,
  group,
  group_create,
  group_patch,
  session,
  consent,
};

export type PresentedUser = z.output<typeof user>;
export type PresentedGroup = z.output<typeof group>;
export type PresentedConsent = z.output<typeof consent>;
export type PresentedSession = z.output<typeof session>;
export type ImportReport = z.output<typeof import_report>;
export type MappingPreview = z.output<typeof mapping_preview>;
export type Erasure = z.output<typeof erasure>;
export type UserExport = z.output<typeof user_export>;
export type UserPatch = z.output<typeof user_patch>;
export type UserImportRow = z.output<typeof user_import_row>;
export type RoleGrant = z.output<typeof role>;
