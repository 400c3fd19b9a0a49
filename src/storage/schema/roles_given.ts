import { EntitySchema } from 'typeorm';
import { int, key, string, text, time } from '../columns.ts';
import { of_organization, type OrgOwned, within } from './owned.ts';

export interface RoleMappingRow extends OrgOwned {
  id: string;
  group: string | null;
  attribute_name: string | null;
  attribute_value: string | null;
  /** Of the person, where neither a group nor one attribute says enough. */
  expression: string | null;
  role: string;
  /** Empty: every app. */
  client_id: string;
  created_at: number;
  updated_at: number;
  version: number;
}

export const role_mappings = new EntitySchema<RoleMappingRow>({
  name: 'role_mappings',
  columns: {
    org_id: key(),
    id: key(),
    group: string({ nullable: true }),
    attribute_name: string({ nullable: true }),
    attribute_value: string({ nullable: true }),
    expression: text({ nullable: true }),
    role: string(),
    client_id: string(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  foreignKeys: [of_organization],
});

export interface UserRoleRow extends OrgOwned {
  user_id: string;
  role: string;
  client_id: string;
}

/** Roles given by hand. */
export const user_roles = new EntitySchema<UserRoleRow>({
  name: 'user_roles',
  columns: { org_id: key(), user_id: key(), role: key(), client_id: key() },
  foreignKeys: [within('users', 'user_id')],
});
