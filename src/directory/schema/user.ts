import { attribute, many, type Schema } from './attribute.ts';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const read_only = { mutability: 'readOnly' } as const;
const reference = { type: 'reference', exact: true } as const;

/** RFC 7643 section 4.1. */
export const user_schema: Schema = {
  id: USER,
  name: 'User',
  description: 'A person of the organization.',
  attributes: [
    attribute('userName', 'The name that is unique within the organization, in any case.', { required: true, uniqueness: 'server' }),
    attribute('name', 'The parts of the name.', {
      type: 'complex',
      sub: [
        attribute('formatted', 'The whole name as it is written.'),
        attribute('familyName', 'The family name.'),
        attribute('givenName', 'The given name.'),
        attribute('middleName', 'The middle names.'),
        attribute('honorificPrefix', 'What stands before the name.'),
        attribute('honorificSuffix', 'What stands after the name.'),
      ],
    }),
    attribute('displayName', 'The name that is shown.'),
    attribute('nickName', 'What the person is called.'),
    attribute('profileUrl', 'A page about the person.', { ...reference, references: ['external'] }),
    attribute('title', 'The position.'),
    attribute('userType', 'How the person stands to the organization.'),
    attribute('preferredLanguage', 'As in Accept-Language.'),
    attribute('locale', 'For dates, numbers and currency.'),
    attribute('timezone', 'A name of the tz database.'),
    attribute('active', 'Whether the person may sign in. False ends every access at once.', { type: 'boolean' }),
    attribute('password', 'Taken and forgotten: people sign in with their own identity provider.', {
      mutability: 'writeOnly',
      returned: 'never',
    }),
    many('emails', 'E-mail addresses.', { types: ['work', 'home', 'other'] }),
    many('phoneNumbers', 'Phone numbers, as they were sent.', { types: ['work', 'home', 'mobile', 'fax', 'pager', 'other'] }),
    many('ims', 'Addresses for messages.', { types: ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo'] }),
    many('photos', 'Pictures of the person.', { value: { ...reference, references: ['external'] }, types: ['photo', 'thumbnail'] }),
    attribute('addresses', 'Postal addresses.', {
      type: 'complex',
      multi: true,
      sub: [
        attribute('formatted', 'The whole address as it is written.'),
        attribute('streetAddress', 'Street, house, floor.'),
        attribute('locality', 'The city.'),
        attribute('region', 'The state or region.'),
        attribute('postalCode', 'The postal code.'),
        attribute('country', 'The country.'),
        attribute('type', 'What it is for.', { canonical: ['work', 'home', 'other'] }),
        attribute('primary', 'Whether it is the preferred one; at most one is.', { type: 'boolean' }),
      ],
    }),
    attribute('groups', 'The groups that the person is in. Changed at the groups.', {
      type: 'complex',
      multi: true,
      ...read_only,
      sub: [
        attribute('value', "The group's id.", { ...read_only, exact: true }),
        attribute('$ref', "The group's address.", { ...reference, ...read_only, references: ['Group'] }),
        attribute('display', "The group's name.", read_only),
        attribute('type', 'Always direct.', { ...read_only, canonical: ['direct'] }),
      ],
    }),
    many('entitlements', 'What the person may have.'),
    many('roles', 'Roles as the directory names them. They are kept, and give nothing by themselves.'),
    many('x509Certificates', 'Certificates of the person.', { value: { type: 'binary', exact: true } }),
  ],
};

/** RFC 7643 section 4.3. */
export const enterprise_schema: Schema = {
  id: ENTERPRISE,
  name: 'EnterpriseUser',
  description: 'What a company says of its employee.',
  attributes: [
    attribute('employeeNumber', 'The number of the employee.'),
    attribute('costCenter', 'The cost center.'),
    attribute('organization', 'The organization within the company.'),
    attribute('division', 'The division.'),
    attribute('department', 'The department.'),
    attribute('manager', 'Whom the person reports to. Need not be known here yet.', {
      type: 'complex',
      sub: [
        attribute('value', "The manager's id.", { exact: true }),
        attribute('$ref', "The manager's address.", { ...reference, references: ['User'] }),
        attribute('displayName', "The manager's name.", read_only),
      ],
    }),
  ],
};
