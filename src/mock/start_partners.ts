import { start_control_server } from './control_server.ts';
import { default_people, type PeopleOfPartners } from './default_people.ts';
import { ldap_switches, type MockLdap, start_mock_ldap } from './ldap/index.ts';
import { type MockOidc, oidc_switches, start_mock_oidc } from './oidc/index.ts';
import { type MockSaml, saml_switches, start_mock_saml } from './saml/index.ts';
import { Switches } from './switches.ts';

export const partner_names = ['saml', 'oidc', 'ldap'] as const;
export type PartnerName = (typeof partner_names)[number];

export interface PartnersOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** The name or address in their own addresses, where that differs from the interface: in a container, behind a name. */
  readonly public_host?: string;
  /** 0 and absent: any that is free. `ldap_control` is where the directory's control page is. */
  readonly ports?: Partial<Record<PartnerName | 'ldap_plain' | 'ldap_control', number>>;
  readonly people?: PeopleOfPartners;
  /** Names of switches that are on from the start. */
  readonly misbehave?: Partial<Record<PartnerName, readonly string[]>>;
  /** Which to start; all by default. */
  readonly only?: readonly PartnerName[];
}

export interface MockPartners {
  readonly saml: MockSaml | undefined;
  readonly oidc: MockOidc | undefined;
  readonly ldap: (MockLdap & { readonly control_url: string }) | undefined;
  close(): Promise<void>;
}

/** The switches of a partner, some of them on. @throws Error naming the known ones */
export function switches_of(name: PartnerName, on: readonly string[] = []): Switches {
  if (name === 'ldap') return ldap_switches(on);
  return new Switches(name === 'saml' ? saml_switches : oidc_switches, on);
}

/** Starts the partners, all or none. */
export async function start_mock_partners(options: PartnersOptions = {}): Promise<MockPartners> {
  const { host = '127.0.0.1', public_host, ports = {}, people = default_people(), misbehave = {}, only = partner_names } = options;
  const started: { close(): Promise<void> }[] = [];
  const keep = <Started extends { close(): Promise<void> }>(one: Started): Started => {
    started.push(one);
    return one;
  };
  const close = async (): Promise<void> => {
    await Promise.all(started.map((one) => one.close()));
  };
  const of = (name: PartnerName) => ({
    host,
    ...(public_host !== undefined && { public_host }),
    port: ports[name] ?? 0,
    people: people[name],
    switches: switches_of(name, misbehave[name]),
  });
  try {
    const saml = only.includes('saml') ? keep(await start_mock_saml(of('saml'))) : undefined;
    const oidc = only.includes('oidc') ? keep(await start_mock_oidc(of('oidc'))) : undefined;
    const ldap = only.includes('ldap') ? await start_directory(of('ldap'), ports, keep) : undefined;
    return { saml, oidc, ldap, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The directory speaks no HTTP: its control page has a port of its own. */
async function start_directory(
  options: Parameters<typeof start_mock_ldap>[0] & { readonly host: string },
  ports: NonNullable<PartnersOptions['ports']>,
  keep: <Started extends { close(): Promise<void> }>(one: Started) => Started,
): Promise<NonNullable<MockPartners['ldap']>> {
  const ldap = keep(await start_mock_ldap({ ...options, plain_port: ports.ldap_plain ?? 0 }));
  const facts = (): Record<string, string> => ({
    urls: ldap.urls.join(' '),
    'in clear, with StartTLS': ldap.plain_urls.join(' '),
    bind_dn: ldap.bind_dn,
    bind_password: ldap.bind_password,
    base_dn: ldap.base_dn,
    group_base_dn: ldap.group_base_dn,
    ca_pem: ldap.ca_pem,
  });
  const controlled = { name: 'Mock LDAP directory', switches: ldap.switches, people: ldap.people, facts };
  const control = keep(
    await start_control_server(controlled, { host: options.host, public_host: options.public_host, port: ports.ldap_control ?? 0 }),
  );
  return { ...ldap, control_url: control.url };
}

/** What a partner can be told to do wrong. */
export const switch_names = (name: PartnerName): string[] => switches_of(name).known.map((known) => known.name);
