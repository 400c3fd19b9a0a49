import { attribute, type Schema } from './attribute.ts';

export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

const immutable = { mutability: 'immutable' } as const;

/** RFC 7643 section 4.2. */
export const group_schema: Schema = {
  id: GROUP,
  name: 'Group',
  description: 'A group of people of the organization.',
  attributes: [
    attribute('displayName', 'The name that is unique within the organization, in any case.', { required: true, uniqueness: 'server' }),
    attribute('members', 'Who is in it. People only.', {
      type: 'complex',
      multi: true,
      sub: [
        attribute('value', "The person's id.", { ...immutable, exact: true }),
        attribute('$ref', "The person's address.", { ...immutable, type: 'reference', exact: true, references: ['User'] }),
        attribute('type', 'Always User.', { ...immutable, canonical: ['User'] }),
        attribute('display', "The person's name.", { mutability: 'readOnly' }),
      ],
    }),
  ],
};
