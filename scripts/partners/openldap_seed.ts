import { createHash, randomBytes } from 'node:crypto';

export const BASE = 'dc=acme,dc=example';
/** Of every person, unless said otherwise. */
export const PASSWORD = 'Passw0rd!';
const service = (name: string): { dn: string; password: string } => ({
  dn: `cn=${name},ou=services,${BASE}`,
  password: 'gateway-password',
});
export const ACCOUNTS = {
  administrator: { dn: `cn=admin,${BASE}`, password: 'admin-password' },
  /** Searches; 500 entries at most at one time. */
  gateway: service('gateway'),
  /** May not see entryUUID. */
  blind: service('blind'),
};

const LONG_AGO = '20200101000000Z';
const hashed = (password: string): string => {
  const salt = randomBytes(8);
  return `{SSHA}${Buffer.concat([createHash('sha1').update(password).update(salt).digest(), salt]).toString('base64')}`;
};

interface Seeded {
  readonly uid: string;
  readonly given?: string;
  readonly sn?: string;
  readonly mail?: string;
  readonly password?: string;
  readonly more?: Readonly<Record<string, string>>;
}

const PEOPLE: readonly Seeded[] = [
  ...['alice', 'bob', 'carol', 'dave', 'erin', 'victor', 'trent'].map((uid) => ({ uid })),
  { uid: 'we*ird(x)' },
  { uid: "o'brien", given: 'Orla', sn: "O'Brien", mail: "o'brien+crm@acme.example" },
  { uid: 'dvořák', given: 'Antonín', sn: 'Dvořák', mail: 'dvorak@acme.example', password: 'pře*šné 🔑' },
  { uid: 'double', mail: 'alice.twin@acme.example' },
  { uid: 'second', mail: 'alice.twin@acme.example' },
  { uid: 'locked', more: { pwdAccountLockedTime: '000001010000Z' } },
  { uid: 'shut', more: { pwdAccountLockedTime: '000001010000Z' } },
  { uid: 'expired', more: { pwdChangedTime: LONG_AGO } },
  { uid: 'graced', more: { pwdChangedTime: LONG_AGO, pwdPolicySubentry: `cn=grace,ou=policies,${BASE}` } },
  { uid: 'mustchange', more: { pwdReset: 'TRUE' } },
  { uid: 'lockme' },
];

/** Entries of one folder of the tree, as `slapadd` reads them. */
export function seed_ldif(extra: number): string {
  const entry = (dn: string, attributes: Readonly<Record<string, string | readonly string[]>>): string => {
    const lines = Object.entries(attributes).flatMap(([name, values]) => [values].flat().map((value) => line(name, value)));
    return [line('dn', dn), ...lines, ''].join('\n');
  };
  const policy = (name: string, more: Readonly<Record<string, string>>): string =>
    entry(`cn=${name},ou=policies,${BASE}`, { objectClass: ['device', 'pwdPolicy'], cn: name, pwdAttribute: 'userPassword', ...more });
  const many = Array.from({ length: extra }, (_, index): Seeded => ({ uid: `user${String(index + 1).padStart(4, '0')}` }));
  const one_hash = hashed(PASSWORD);
  return [
    entry(BASE, { objectClass: ['dcObject', 'organization'], o: 'Acme', dc: 'acme' }),
    ...['people', 'groups', 'services', 'policies'].map((ou) => entry(`ou=${ou},${BASE}`, { objectClass: 'organizationalUnit', ou })),
    ...(['gateway', 'blind'] as const).map((name) =>
      entry(ACCOUNTS[name].dn, {
        objectClass: ['organizationalRole', 'simpleSecurityObject'],
        cn: name,
        userPassword: hashed(ACCOUNTS[name].password),
        pwdPolicySubentry: `cn=service,ou=policies,${BASE}`,
      }),
    ),
    policy('default', {
      pwdMaxFailure: '5',
      pwdLockout: 'TRUE',
      pwdLockoutDuration: '900',
      pwdFailureCountInterval: '900',
      pwdMaxAge: '31536000',
      pwdMustChange: 'TRUE',
    }),
    policy('grace', { pwdMaxAge: '31536000', pwdGraceAuthNLimit: '20' }),
    policy('service', {}),
    entry(`ou=branch,${BASE}`, {
      objectClass: ['referral', 'extensibleObject'],
      ou: 'branch',
      ref: 'ldap://127.0.0.1:1/ou=branch,dc=branch,dc=example',
    }),
    ...[...PEOPLE, ...many].map(
      ({ uid, given = uid, sn = 'Tester', mail = `${uid.replaceAll(/[^a-z0-9]/g, '_')}@acme.example`, password, more }) =>
        entry(`uid=${uid.replaceAll(/[,+"\\<>;=]/g, (sign) => `\\${sign}`)},ou=people,${BASE}`, {
          objectClass: 'inetOrgPerson',
          uid,
          givenName: given,
          sn,
          cn: `${given} ${sn}`,
          displayName: `${given} ${sn}`,
          mail,
          userPassword: password === undefined ? one_hash : hashed(password),
          ...more,
        }),
    ),
    // a comma and letters beyond ASCII in its own name; a photo
    [
      entry(`cn=Novák\\, Jan,ou=people,${BASE}`, {
        objectClass: 'inetOrgPerson',
        uid: 'novak',
        cn: 'Novák, Jan',
        sn: 'Novák',
        mail: 'novak@acme.example',
        userPassword: one_hash,
      }).trimEnd(),
      'jpegPhoto:: /9j/4AAQSkZJRgAB',
      '',
    ].join('\n'),
  ].join('\n');
}

/** Base64 always: names and values have any characters. */
const line = (name: string, value: string): string => `${name}:: ${Buffer.from(value).toString('base64')}`;

/** Groups in groups, with a loop, a member that does not exist, and a name full of signs. */
export function group_entries(): { dn: string; attributes: Record<string, string[]> }[] {
  const people = (...uids: string[]): string[] => uids.map((uid) => `uid=${uid},ou=people,${BASE}`);
  const groups = (...names: string[]): string[] => names.map((name) => `cn=${name},ou=groups,${BASE}`);
  const group = (cn: string, member: string[], rdn = cn): { dn: string; attributes: Record<string, string[]> } => ({
    dn: `cn=${rdn},ou=groups,${BASE}`,
    attributes: { objectClass: ['groupOfNames'], cn: [cn], member },
  });
  return [
    group('backend', people('alice', 'bob')),
    group('engineering', [...groups('backend'), ...people('carol')]),
    group('all-staff', groups('engineering')),
    group('cycle-a', [...groups('cycle-b'), ...people('trent')]),
    group('cycle-b', groups('cycle-a')),
    group('dangling', people('victor', 'no-such-person')),
    group('R&D (Praha), \\2A', people('we*ird(x)'), 'R&D (Praha)\\, \\5C2A'),
    group('novak', [`cn=Novák\\, Jan,ou=people,${BASE}`]),
  ];
}
