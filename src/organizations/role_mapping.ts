import { z } from 'zod';
import { new_id, type OrgId, rfc3339 } from '../kernel/index.ts';
import type { RoleMappingRow } from '../storage/index.ts';
import type { Collection } from './collection.ts';
import { require_delegable } from './delegable.ts';
import type { OrganizationsDeps } from './deps.ts';
import { parse, plain, time } from './parse.ts';
import { compile_expression, WrongExpression } from './role_expression.ts';
import { make_versioned } from './versioned.ts';

const attribute = z.strictObject({ name: plain(128), value: plain(1024) });
const when = z.string().superRefine((text, context) => {
  try {
    compile_expression(text);
  } catch (error) {
    if (!(error instanceof WrongExpression)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});
const fields = {
  /** The name of a group, or… */
  group: plain(255).nullable(),
  /** …an attribute of the person with this value, or… */
  attribute: attribute.nullable(),
  /** …an expression over `groups`, `email`, `user_name` and attributes (RFC 7644 section 3.4.2.2): `groups eq "Staff" and department sw "Sales"`. */
  when: when.nullable(),
  role: plain(128),
  /** The app for which the role is given; absent: every app. */
  client_id: plain(128).nullable(),
};
const role_mapping_create = z
  .strictObject({
    ...fields,
    group: fields.group.default(null),
    attribute: fields.attribute.default(null),
    when: fields.when.default(null),
    client_id: fields.client_id.default(null),
  })
  .refine(({ group, attribute: other, when: third }) => [group, other, third].filter((one) => one !== null).length === 1, {
    path: ['group'],
    message: 'one of group, attribute and when must be given, and only one',
  });
const role_mapping_patch = z.strictObject(fields).partial();
const role_mapping = z.object({
  id: z.string(),
  group: z.string().nullable(),
  attribute: z.object({ name: z.string(), value: z.string() }).nullable(),
  when: z.string().nullable(),
  role: z.string(),
  client_id: z.string().nullable(),
  created_at: time,
  updated_at: time,
});

export const role_mapping_schemas = { role_mapping, role_mapping_create, role_mapping_patch };
export type RoleMappingView = z.output<typeof role_mapping>;

export function make_role_mapping_collection(
  deps: OrganizationsDeps,
  org_id: OrgId,
): Collection<RoleMappingView> & Required<Pick<Collection<RoleMappingView>, 'update'>> {
  return make_versioned<RoleMappingRow, RoleMappingView>(deps, {
    name: 'role_mapping',
    within: org_id,
    reads: deps.storage.org(org_id).role_mappings,
    writes: (tx) => tx.org(org_id).role_mappings,
    filters: ['role', 'client_id'],
    present,
    label: (row) => row.role,
    body(row) {
      const { group, attribute: named, when, role, client_id } = present(row);
      return { group, attribute: named, when, role, client_id };
    },
    async make(body, act) {
      const at = deps.now();
      const fields = read(body);
      await require_delegable(deps.storage.sql, act, [fields]);
      return { org_id, id: new_id('rmp'), ...fields, created_at: at, updated_at: at, version: 1 };
    },
    async change(row, body, act, tx) {
      const fields = read(body);
      await require_delegable(tx.sql, act, [row, fields]);
      return fields;
    },
    async ends(tx, before, after, act) {
      if (after === undefined) await require_delegable(tx.sql, act, [before]);
    },
  });
}

function read(body: unknown): Omit<RoleMappingRow, 'org_id' | 'id' | 'created_at' | 'updated_at' | 'version'> {
  const { group, attribute: named, when, role, client_id } = parse(role_mapping_create, body);
  const attribute = { attribute_name: named?.name ?? null, attribute_value: named?.value ?? null };
  return { group, ...attribute, expression: when, role, client_id: client_id ?? '' };
}

const present = (row: RoleMappingRow): RoleMappingView => ({
  id: row.id,
  group: row.group,
  attribute: row.attribute_name === null ? null : { name: row.attribute_name, value: row.attribute_value ?? '' },
  when: row.expression,
  role: row.role,
  client_id: row.client_id === '' ? null : row.client_id,
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});
