import type { CredentialStage, OpenedPartner, Situation } from '../../conformance/credential_connector.ts';
import { ldap_switches, type MockLdap, type MockLdapOptions, start_mock_ldap } from '../../../src/mock/ldap/index.ts';
import { open_ldap } from '../../support/ldap_connector.ts';
import type { Person } from '../../../src/mock/people.ts';
import { person } from '../../support/people.ts';
import { start_recording_proxy } from '../../support/recording_proxy.ts';
import type { Tools } from '../../../connectors/connector.ts';

export type Flavour = NonNullable<MockLdapOptions['flavour']>;

const PEOPLE = [
  person('carol', { groups: ['Backend'], attributes: { employeeNumber: ['E1'], title: ['Engineer', 'Lead'] } }),
  person('dave'),
  person('we*ird(x)\\', { password: 'p*(ssword' }),
  person('dvořák', { password: 'pře*šné 🔑' }),
  person('twin1', { email: 'twin@acme.example' }),
  person('twin2', { email: 'twin@acme.example', password: 'twin1-password' }),
  person('locked', { attributes: { mock_state: ['locked'] } }),
  person('expired', { attributes: { mock_state: ['expired'] } }),
  person('mustchange', { attributes: { mock_state: ['must_change'] } }),
  person('disabled', { attributes: { mock_state: ['disabled'] } }),
];
const login = (username: string, password = `${username}-password`): { username: string; password: string } => ({ username, password });

export const NESTED = { Backend: ['Engineering'], Engineering: ['Everyone', 'Loop'], Loop: ['Engineering'] };

/** For a partner that answers: long enough on a machine that is busy with something else. */
export const PATIENCE_MS = 60_000;

/** What is waited for a server that says nothing, with another behind it that then has as long for each answer. */
export const FAIL_OVER_MS = 4000;

/** Settings for a mock directory behind a port. */
export function settings_for(mock: MockLdap, flavour: Flavour, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    urls: mock.urls,
    vendor: flavour,
    ca_pem: mock.ca_pem,
    bind_dn: mock.bind_dn,
    bind_password: mock.bind_password,
    base_dn: mock.base_dn,
    timeout_ms: PATIENCE_MS,
    ...more,
  };
}

interface Variant {
  readonly on?: string;
  readonly settings?: (mock: MockLdap, port: number, plain_port: number) => Record<string, unknown>;
  readonly tools?: Partial<Tools>;
  readonly starttls?: boolean;
}

const port_of = (url: string | undefined): number => Number(url?.split(':').at(-1));

async function open_variant(flavour: Flavour, variant: Variant, people: Person[] = PEOPLE): Promise<OpenedPartner> {
  const switches = ldap_switches(variant.on === undefined ? [] : [variant.on]);
  const mock = await start_mock_ldap({ people, flavour, nested_groups: NESTED, switches, slow_ms: 60_000 });
  const secure = await start_recording_proxy(port_of(mock.urls[0]));
  const plain = await start_recording_proxy(port_of(mock.plain_urls[0]));
  const base = settings_for(mock, flavour, {
    urls: [variant.starttls === true ? `ldap://localhost:${plain.port}` : `ldaps://localhost:${secure.port}`],
    tls: variant.starttls === true ? 'starttls' : 'ldaps',
    // short where nothing ever comes
    timeout_ms: variant.on === undefined || !/slow|mute/.test(variant.on) ? PATIENCE_MS : 300,
  });
  const connector = open_ldap({ ...base, ...variant.settings?.(mock, secure.port, plain.port) }, variant.tools);
  return {
    connector,
    sent: () => Buffer.concat([secure.sent(), plain.sent()]),
    cut() {
      secure.cut();
      plain.cut();
    },
    async close() {
      await connector.close?.();
      await Promise.all([secure.close(), plain.close()]);
      await mock.close();
    },
  };
}

/** Two servers: one that is not as it should be, then a good one. */
async function open_pair(flavour: Flavour, on: string): Promise<OpenedPartner> {
  const bad = await start_mock_ldap({ people: PEOPLE, flavour, switches: ldap_switches([on]) });
  const good = await open_variant(flavour, {
    settings: (mock, port) => ({
      ...{ urls: [bad.url, `ldaps://localhost:${port}`], ca_pem: `${bad.ca_pem}\n${mock.ca_pem}` },
      timeout_ms: on === 'mute' ? FAIL_OVER_MS : PATIENCE_MS,
    }),
  });
  return {
    ...good,
    async close() {
      await good.close();
      await bad.close();
    },
  };
}

/** What no real directory can be made to do, done by the mock one towards people of the real one. */
export const hostile = (flavour: Flavour, person: Person, on: string) => (): Promise<OpenedPartner> =>
  open_variant(flavour, { on }, [person]);

/** The mock directory as a partner in every situation. */
export function mock_stage(flavour: Flavour): CredentialStage {
  const variant = (of: Variant) => () => open_variant(flavour, of);
  const on = (name: string) => variant({ on: name });
  const situations: Record<Situation, () => Promise<OpenedPartner>> = {
    well: variant({}),
    starttls: variant({ starttls: true }),
    first_server_dead: () => open_pair(flavour, 'dead'),
    first_server_mute: () => open_pair(flavour, 'mute'),
    first_server_untrusted: () => open_pair(flavour, 'wrong_certificate'),
    first_server_busy: () => open_pair(flavour, 'busy'),
    references_to_other_servers: on('continuations'),
    dead: on('dead'),
    slow: on('slow'),
    mute: on('mute'),
    busy: on('busy'),
    cuts_off: on('cuts_off'),
    untrusted_certificate: on('wrong_certificate'),
    certificate_for_another_name: on('wrong_name'),
    expired_certificate: on('expired_certificate'),
    starttls_stripped: variant({ starttls: true, on: 'no_starttls' }),
    starttls_mute: variant({ starttls: true, on: 'mute_after_starttls' }),
    starttls_stuffed: variant({ starttls: true, on: 'stuffed_starttls' }),
    clear_text_to_a_public_address: variant({
      settings: (_mock, _port, plain) => ({ urls: [`ldap://localhost:${plain}`], tls: 'none' }),
      tools: { resolve: async (host) => ({ address: '203.0.113.7', family: 4, servername: host }) },
    }),
    wrong_service_account: variant({ settings: () => ({ bind_password: 'gateway-passw0rd' }) }),
    wrong_base: variant({ settings: () => ({ base_dn: 'dc=nowhere,dc=example' }) }),
    base_on_another_server: on('referral'),
    password_checks_on_another_server: on('bind_referral'),
    ids_hidden: on('no_ids'),
    oversized_message: on('oversized_message'),
    lying_lengths: on('lying_lengths'),
    endless_answer: on('endless_entries'),
    answer_to_another_request: on('wrong_message_id'),
    broken_password_policy: on('broken_policy'),
    entry_outside_the_base: on('outside_base'),
  };
  const primary = flavour === 'active_directory' ? ['Domain Users'] : [];
  return {
    name: `the mock directory as ${flavour}`,
    people: {
      good: {
        ...login('carol'),
        subject: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        attributes: { mail: ['carol@acme.example'], givenName: ['Carol'], title: ['Engineer', 'Lead'], employeeNumber: ['E1'] },
        groups: ['Backend', 'Engineering', 'Everyone', 'Loop', ...primary],
      },
      good_otherwise: login('CAROL@acme.example', 'carol-password'),
      odd: login('we*ird(x)\\', 'p*(ssword'),
      unicode: login('dvořák', 'pře*šné 🔑'),
      ambiguous: login('twin@acme.example', 'twin1-password'),
      locked: login('locked'),
      expired: login('expired'),
      must_change: login('mustchange'),
      disabled: login('disabled'),
    },
    service_password: 'gateway-password',
    situations,
  };
}
