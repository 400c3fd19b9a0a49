import { createHash } from 'node:crypto';
import type { Person } from '../people.ts';

/** What kind of directory is played: names of attributes, ids and ways to refuse. */
export type Flavour = 'openldap' | 'active_directory';

export type Values = readonly (string | Buffer)[];

/** An entry; attribute names as they are sent. */
export interface MockEntry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, Values>>;
  readonly person?: Person;
  readonly password?: string;
}

export interface Shape {
  readonly base_dn: string;
  readonly flavour: Flavour;
  readonly people: readonly Person[];
  readonly service: { readonly dn: string; readonly password: string };
  /** Groups in groups: name to the groups that it is a member of. */
  readonly nested: Readonly<Record<string, readonly string[]>>;
}

const uuid = (of: string): string => {
  const hex = createHash('sha256').update(of).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
};

/** A value as part of a name (RFC 4514 section 2.4). */
export const escape_rdn = (value: string): string =>
  value
    .replaceAll(/[\\,+"<>;=]/g, (character) => `\\${character}`)
    .replaceAll('\0', '\\00')
    .replace(/^[ #]/, (first) => `\\${first}`)
    .replace(/ $/, '\\ ');

const DOMAIN_SID = [0x01, 0x05, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0];
const sid = (relative_id: number): Buffer => {
  const bytes = Buffer.alloc(28);
  bytes.set(DOMAIN_SID);
  bytes.writeUInt32LE(relative_id, 24);
  return bytes;
};
/** Everyone's primary group in the Active Directory flavour, which no `member` attribute names. */
const PRIMARY = { name: 'Domain Users', relative_id: 513 };

/** The whole directory, made of the people as they are now. */
export function build_tree(shape: Shape): readonly MockEntry[] {
  const { base_dn, flavour, people, service } = shape;
  const ad = flavour === 'active_directory';
  const group_dn = (name: string): string => `${ad ? 'CN' : 'cn'}=${escape_rdn(name)},ou=groups,${base_dn}`;
  const person_dn = (person: Person): string =>
    ad
      ? `CN=${escape_rdn(person.display_name ?? person.username)},ou=people,${base_dn}`
      : `uid=${escape_rdn(person.username)},ou=people,${base_dn}`;
  const id = (of: string): Record<string, Values> =>
    ad ? { objectGUID: [Buffer.from(uuid(of).replaceAll('-', ''), 'hex')] } : { entryUUID: [uuid(of)] };
  const member_of = (names: readonly string[]): Record<string, Values> => (names.length === 0 ? {} : { memberOf: names.map(group_dn) });

  const names = [
    ...new Set([...people.flatMap(({ groups }) => groups), ...Object.keys(shape.nested), ...Object.values(shape.nested).flat()]),
  ];
  const groups = names.map((name, index): MockEntry => {
    const members = people.filter((person) => person.groups.includes(name)).map(person_dn);
    const inner = names.filter((other) => shape.nested[other]?.includes(name) === true).map(group_dn);
    return {
      dn: group_dn(name),
      attributes: {
        objectClass: ad ? ['top', 'group'] : ['groupOfNames'],
        cn: [name],
        ...(members.length + inner.length > 0 && { member: [...members, ...inner] }),
        ...member_of(shape.nested[name] ?? []),
        ...id(`group ${name}`),
        ...(ad && { objectSid: [sid(2000 + index)] }),
      },
    };
  });
  const primary: MockEntry[] = ad
    ? [
        {
          dn: group_dn(PRIMARY.name),
          attributes: { objectClass: ['top', 'group'], cn: [PRIMARY.name], objectSid: [sid(PRIMARY.relative_id)], ...id('primary') },
        },
      ]
    : [];
  const folder = (name: string): MockEntry => ({
    dn: `ou=${name},${base_dn}`,
    attributes: { objectClass: ['organizationalUnit'], ou: [name], ...id(name) },
  });
  return [
    { dn: base_dn, attributes: { objectClass: ['dcObject', 'organization'], o: ['Mock'], ...id('base') } },
    folder('people'),
    folder('groups'),
    folder('services'),
    { dn: service.dn, attributes: { objectClass: ['organizationalRole'], cn: ['gateway'], ...id('service') }, password: service.password },
    ...people.map(
      (person, index): MockEntry => ({
        dn: person_dn(person),
        attributes: { ...of_person(person, ad, index), ...member_of(person.groups), ...id(person.id) },
        person,
        password: person.password,
      }),
    ),
    ...groups,
    ...primary,
  ];
}

/** What is not said of a person is not in the entry; `mock_state` is for the mock alone. */
function of_person(person: Person, ad: boolean, index: number): Record<string, Values> {
  const { mock_state, ...more } = person.attributes;
  const shut = ad && (mock_state?.includes('disabled') ?? false);
  const given: Record<string, Values | undefined> = {
    objectClass: ad ? ['top', 'person', 'organizationalPerson', 'user'] : ['top', 'person', 'organizationalPerson', 'inetOrgPerson'],
    ...(ad
      ? {
          objectCategory: ['person'],
          sAMAccountName: [person.username],
          userAccountControl: [shut ? '514' : '512'],
          primaryGroupID: [String(PRIMARY.relative_id)],
          objectSid: [sid(1000 + index)],
        }
      : { uid: [person.username] }),
    cn: [person.display_name ?? person.username],
    sn: [person.family_name ?? person.username],
    displayName: person.display_name === undefined ? undefined : [person.display_name],
    givenName: person.given_name === undefined ? undefined : [person.given_name],
    mail: person.email === undefined ? undefined : [person.email],
    userPrincipalName: ad && person.email !== undefined ? [person.email] : undefined,
    ...more,
  };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, Values] => entry[1] !== undefined));
}
