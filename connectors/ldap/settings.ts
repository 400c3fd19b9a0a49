import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { FieldError } from '../connector.ts';
import { parse_dn } from './dn.ts';
import { type FilterTemplate, parse_filter } from './filter_text.ts';

export const vendors = ['active_directory', 'openldap', '389ds', 'generic'] as const;
export type Vendor = (typeof vendors)[number];

/** One server, as named in `urls`. */
export interface Server {
  readonly url: string;
  readonly host: string;
  readonly port: number;
}

export interface LdapConfig {
  /** Tried in this order. */
  readonly servers: readonly Server[];
  readonly vendor: Vendor;
  readonly tls: 'ldaps' | 'starttls' | 'none';
  /** Authorities of this directory alone; undefined: those that Node trusts. */
  readonly ca_pem: string | undefined;
  /** Who searches; undefined: anonymously. */
  readonly service: { readonly dn: string; readonly password: string } | undefined;
  readonly base_dn: string;
  readonly user_filter: FilterTemplate;
  readonly group_base_dn: string;
  /** Which entries are groups. */
  readonly group_filter: FilterTemplate;
  /** The settings narrow down which groups count, so `memberOf` of the person alone does not. */
  readonly groups_narrowed: boolean;
  readonly nested_groups: boolean;
  /** For connecting, TLS included, and for each answer. */
  readonly timeout_ms: number;
  readonly sync: {
    readonly enabled: boolean;
    readonly interval_seconds: number;
    readonly user_filter: FilterTemplate;
    readonly on_absent: 'deactivate';
    readonly brake_percent: number;
  };
}

const FINDS_PEOPLE: Readonly<Record<Vendor, string>> = {
  active_directory: '(&(objectCategory=person)(objectClass=user)(|(sAMAccountName={login})(userPrincipalName={login})(mail={login})))',
  openldap: '(&(objectClass=inetOrgPerson)(|(uid={login})(mail={login})))',
  '389ds': '(&(objectClass=inetOrgPerson)(|(uid={login})(mail={login})))',
  generic: '(&(objectClass=person)(|(uid={login})(mail={login})))',
};
const FINDS_GROUPS: Readonly<Record<Vendor, string>> = {
  active_directory: '(objectClass=group)',
  openldap: '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup))',
  '389ds': '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup))',
  generic: '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=posixGroup)(objectClass=group))',
};

const URL_SHAPE = /^(ldaps?):\/\/(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?\/?$/i;
const text = z.string().min(1, 'Must not be empty.').max(4096);
const dn = text.refine((value) => (parse_dn(value)?.length ?? 0) > 0, 'Is no distinguished name, such as "ou=people,dc=acme,dc=example".');
/** A filter, read: with `{login}` in it, without, or either way. */
const filter = (login: 'must' | 'may' | 'cannot') =>
  text.transform((value, context): FilterTemplate => {
    const wrong = (message: string): FilterTemplate => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    try {
      const template = parse_filter(value);
      if (login === 'must' && !template.uses_login) return wrong('Say with {login} where the typed name is compared.');
      if (login === 'cannot' && value.includes('{')) {
        return wrong('Say only which entries are groups: membership is asked for by Postern itself.');
      }
      return template;
    } catch (error) {
      return wrong(`Is no LDAP filter: ${error instanceof Error ? error.message : 'it cannot be read'}.`);
    }
  });
const schema = z.strictObject({
  urls: z
    .array(text.refine((url) => URL_SHAPE.test(url), 'Write it as ldaps://host or ldaps://host:port, nothing more.'))
    .min(1, 'Name at least one server, such as "ldaps://dc1.acme.example".')
    .max(10),
  vendor: z.enum(vendors).default('generic'),
  tls: z.enum(['ldaps', 'starttls', 'none']).default('ldaps'),
  ca_pem: z.string().max(200_000).refine(all_certificates, 'Must be one or more certificates in PEM.').optional(),
  bind_dn: text.optional(),
  bind_password: text.refine((value) => !value.includes('\0'), 'Must not contain a NUL character.').optional(),
  base_dn: dn,
  user_filter: filter('must').optional(),
  group_base_dn: dn.optional(),
  group_filter: filter('cannot').optional(),
  nested_groups: z.boolean().default(true),
  timeout_ms: z.int().min(100).max(60_000).default(5000),
  sync: z
    .strictObject({
      enabled: z.boolean().default(false),
      interval_seconds: z.int().min(1).max(86_400).default(300),
      user_filter: filter('may').optional(),
      on_absent: z.literal('deactivate').default('deactivate'),
      /** When a run would switch off more of the people than this, it stops and a person has to look. 100: never. */
      brake_percent: z.int().min(1).max(100).default(20),
    })
    .default({ enabled: false, interval_seconds: 300, on_absent: 'deactivate', brake_percent: 20 }),
});

/** Reads the `ldap` object of a connection, or says every field that is wrong. */
export function parse_settings(
  settings: unknown,
): { readonly ok: true; readonly config: LdapConfig } | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const read = schema.safeParse(settings);
  if (!read.success) {
    return { ok: false, errors: read.error.issues.flatMap((issue) => field_errors(issue)) };
  }
  const given = read.data;
  const errors: FieldError[] = [];
  const wrong = (path: string, message: string): void => void errors.push({ path: `ldap.${path}`, message });
  const servers = given.urls.flatMap((url, index) => {
    const server = read_url(url, given.tls);
    if (typeof server !== 'string') return [server];
    wrong(`urls.${index}`, server);
    return [];
  });
  const { bind_dn, bind_password, vendor } = given;
  if ((bind_dn === undefined) !== (bind_password === undefined)) {
    wrong(bind_dn === undefined ? 'bind_dn' : 'bind_password', 'Give both bind_dn and bind_password, or neither to search anonymously.');
  } else if (bind_dn === undefined && vendor === 'active_directory') {
    wrong('bind_dn', 'Active Directory answers no anonymous search: give a service account.');
  }
  const user_filter = given.user_filter ?? parse_filter(FINDS_PEOPLE[vendor]);
  const config: LdapConfig = {
    servers,
    vendor,
    tls: given.tls,
    ca_pem: given.ca_pem,
    service: bind_dn === undefined || bind_password === undefined ? undefined : { dn: bind_dn, password: bind_password },
    base_dn: given.base_dn,
    user_filter,
    group_base_dn: given.group_base_dn ?? given.base_dn,
    group_filter: given.group_filter ?? parse_filter(FINDS_GROUPS[vendor]),
    groups_narrowed: given.group_filter !== undefined,
    nested_groups: given.nested_groups,
    timeout_ms: given.timeout_ms,
    sync: { ...given.sync, user_filter: given.sync.user_filter ?? user_filter },
  };
  return errors.length > 0 ? { ok: false, errors } : { ok: true, config };
}

function field_errors(issue: z.core.$ZodIssue): FieldError[] {
  const path = ['ldap', ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: `${path}.${key}`, message: 'There is no such setting.' }));
  return [{ path, message: issue.message }];
}

/** A server's address, or what is wrong with it. */
function read_url(url: string, tls: LdapConfig['tls']): Server | string {
  const scheme = tls === 'ldaps' ? 'ldaps' : 'ldap';
  const [, given = '', host = '', port] = URL_SHAPE.exec(url) ?? [];
  if (given.toLowerCase() !== scheme) {
    return tls === 'ldaps'
      ? 'With tls "ldaps" it begins with ldaps://. For a server on ldap:// choose tls "starttls".'
      : `With tls "${tls}" it begins with ldap://.`;
  }
  const number = port === undefined ? (scheme === 'ldaps' ? 636 : 389) : Number(port);
  if (number < 1 || number > 65_535) return 'The port is between 1 and 65535.';
  return { url, host: host.replace(/^\[|\]$/g, ''), port: number };
}

function all_certificates(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.length > 0 && blocks.every((block) => new X509Certificate(block).raw.length > 0);
  } catch {
    return false;
  }
}
