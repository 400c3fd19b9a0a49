import { type Attribute, attribute, type ResourceType, type Schema } from './attribute.ts';
import { group_schema } from './group.ts';
import { enterprise_schema, user_schema } from './user.ts';

export type { Attribute, ResourceType, Schema } from './attribute.ts';
export { GROUP } from './group.ts';
export { ENTERPRISE, USER } from './user.ts';

/** A resource as JSON has it: only names of the schema, in their own case. */
export type Resource = Record<string, unknown>;

export const user_type: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  description: 'People of the organization.',
  core: user_schema,
  extensions: [enterprise_schema],
};

export const group_type: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'Groups of people.',
  core: group_schema,
  extensions: [],
};

export const resource_types: readonly ResourceType[] = [user_type, group_type];

const read_only = { mutability: 'readOnly' } as const;

/** What every resource has (RFC 7643 section 3.1); not part of any schema's own list. */
const common: readonly Attribute[] = [
  attribute('schemas', 'The schemas that the resource is written in.', { type: 'reference', multi: true, returned: 'always', exact: true }),
  attribute('id', 'The id that Postern gave.', { ...read_only, returned: 'always', exact: true, uniqueness: 'server' }),
  attribute('externalId', "The client's own id.", { exact: true }),
  attribute('meta', 'About the resource itself.', {
    type: 'complex',
    ...read_only,
    sub: [
      attribute('resourceType', 'User or Group.', { ...read_only, exact: true }),
      attribute('created', 'When it was made.', { ...read_only, type: 'dateTime' }),
      attribute('lastModified', 'When it was changed last.', { ...read_only, type: 'dateTime' }),
      attribute('location', 'Its address.', { ...read_only, type: 'reference', exact: true }),
      attribute('version', 'Its ETag.', { ...read_only, exact: true }),
    ],
  }),
];

const named = (list: readonly Attribute[], name: string): Attribute | undefined => {
  const wanted = name.toLowerCase();
  return list.find((one) => one.name.toLowerCase() === wanted);
};

/** Names are compared without case (RFC 7643 section 2.1). */
export const find_sub = (of: Attribute, name: string): Attribute | undefined => named(of.sub, name);
export const find_core = (type: ResourceType, name: string): Attribute | undefined =>
  named(common, name) ?? named(type.core.attributes, name);
export const find_of = (schema: Schema, name: string): Attribute | undefined => named(schema.attributes, name);
export const find_extension = (type: ResourceType, urn: string): Schema | undefined => {
  const wanted = urn.toLowerCase();
  return type.extensions.find((schema) => schema.id.toLowerCase() === wanted);
};
