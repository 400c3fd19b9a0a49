import type { Tools } from '../../../connectors/connector.ts';
import { ldap_switches, start_mock_ldap } from '../../../src/mock/ldap/index.ts';
import type { CredentialStage, OpenedPartner, Situation } from '../../conformance/credential_connector.ts';
import { open_ldap } from '../../support/ldap_connector.ts';
import { person } from '../../support/people.ts';
import { type RecordingProxy, type RelayOptions, start_recording_proxy } from '../../support/recording_proxy.ts';
import { FAIL_OVER_MS, type Flavour, hostile, PATIENCE_MS } from './mock_stage.ts';

/** A directory server that runs. */
export interface RealServer {
  readonly flavour: Flavour;
  readonly address?: string;
  readonly port: number;
  readonly tls_port: number;
  /** As in its certificate. */
  readonly host: string;
  readonly ca_pem: string;
  readonly other_ca_pem: string;
  /** The same server, or another, on LDAPS with a certificate that has expired; undefined: played by the mock directory. */
  readonly expired?: { readonly tls_port: number; readonly ca_pem: string };
  readonly settings: Readonly<Record<string, unknown>>;
  /** Settings with which the ids cannot be seen; undefined: played by the mock directory. */
  readonly blind?: Readonly<Record<string, unknown>>;
  /** A base that lies on another server; undefined: played by the mock directory. */
  readonly elsewhere?: string;
}

interface Variant {
  readonly starttls?: boolean;
  readonly relay?: RelayOptions;
  /** In place of the server. */
  readonly target?: number | 'mute' | 'closed';
  readonly settings?: (port: number) => Record<string, unknown>;
  readonly tools?: Partial<Tools>;
  readonly also?: { close(): Promise<void> };
}

/** `StartTLS refused` and `a bind answer slipped in`, as someone in between would send them. */
const REFUSED = Buffer.from('300c02010178070a010204000400', 'hex');
const SLIPPED_IN = Buffer.from('300c02010261070a010004000400', 'hex');

/** A real server in every situation, a relay in between; what no real server does comes from the mock directory. */
export function real_stage(known: Omit<CredentialStage, 'situations'>, server: () => RealServer): CredentialStage {
  const open = async (variant: Variant): Promise<OpenedPartner> => {
    const real = server();
    const target = variant.target ?? (variant.starttls === true ? real.port : real.tls_port);
    const proxy: RecordingProxy = await start_recording_proxy(target === 'mute' ? undefined : target === 'closed' ? 1 : target, {
      ...(real.address !== undefined && typeof variant.target !== 'number' && { address: real.address }),
      ...variant.relay,
    });
    const scheme = variant.starttls === true ? 'ldap' : 'ldaps';
    const settings = {
      ...real.settings,
      urls: [`${scheme}://${real.host}:${proxy.port}`],
      tls: variant.starttls === true ? 'starttls' : 'ldaps',
      ca_pem: real.ca_pem,
      ...variant.settings?.(proxy.port),
    };
    const connector = open_ldap(settings, variant.tools);
    return {
      connector,
      sent: () => proxy.sent(),
      cut: () => proxy.cut(),
      async close() {
        await connector.close?.();
        await proxy.close();
        await variant.also?.close();
      },
    };
  };
  const variant = (of: Variant) => () => open(of);
  const good_person = person(known.people.good.username, { password: known.people.good.password });
  const played = (on: string) => () => hostile(server().flavour, good_person, on)();
  /** The server's part of the handshake passes, then nothing more, or the end. */
  const greeted = (then: 'silence' | 'cut'): RelayOptions => {
    const seen = new Set<number>();
    return {
      answer(chunk, connection) {
        if (seen.has(connection)) return then === 'silence' ? undefined : 'cut';
        seen.add(connection);
        return chunk;
      },
    };
  };
  const first = (change: (chunk: Buffer) => Buffer, after: 'pass' | 'silence'): RelayOptions => {
    const seen = new Set<number>();
    return {
      answer(chunk, connection) {
        if (seen.has(connection)) return after === 'pass' ? chunk : undefined;
        seen.add(connection);
        return change(chunk);
      },
    };
  };
  const short = () => ({ timeout_ms: 400 });
  const beside = async (on: string): Promise<OpenedPartner> => {
    const bad = await start_mock_ldap({ people: [], switches: ldap_switches([on]) });
    const { host, ca_pem } = server();
    return open({
      settings: (port) => ({
        ...{ urls: [bad.url, `ldaps://${host}:${port}`], ca_pem: `${bad.ca_pem}\n${ca_pem}` },
        timeout_ms: on === 'mute' ? FAIL_OVER_MS : PATIENCE_MS,
      }),
      also: bad,
    });
  };
  const situations: Record<Situation, () => Promise<OpenedPartner>> = {
    well: variant({}),
    starttls: variant({ starttls: true }),
    first_server_dead: () => beside('dead'),
    first_server_mute: () => beside('mute'),
    first_server_untrusted: () => beside('wrong_certificate'),
    first_server_busy: () => beside('busy'),
    references_to_other_servers: variant({}),
    dead: variant({ target: 'closed' }),
    slow: () => open({ relay: greeted('silence'), settings: short }),
    mute: variant({ target: 'mute', settings: short }),
    busy: played('busy'),
    cuts_off: () => open({ relay: greeted('cut') }),
    untrusted_certificate: () => open({ settings: () => ({ ca_pem: server().other_ca_pem }) }),
    certificate_for_another_name: variant({ settings: (port) => ({ urls: [`ldaps://elsewhere.example:${port}`] }) }),
    expired_certificate: () => {
      const { expired } = server();
      if (expired === undefined) return played('expired_certificate')();
      return open({ target: expired.tls_port, settings: () => ({ ca_pem: expired.ca_pem }) });
    },
    starttls_stripped: () => open({ starttls: true, relay: first(() => REFUSED, 'pass') }),
    starttls_mute: () => open({ starttls: true, relay: first((chunk) => chunk, 'silence'), settings: short }),
    starttls_stuffed: () => open({ starttls: true, relay: first((chunk) => Buffer.concat([chunk, SLIPPED_IN]), 'pass') }),
    clear_text_to_a_public_address: variant({
      settings: (port) => ({ urls: [`ldap://localhost:${port}`], tls: 'none' }),
      tools: { resolve: async (host) => ({ address: '203.0.113.7', family: 4, servername: host }) },
    }),
    wrong_service_account: variant({ settings: () => ({ bind_password: 'wrong-service-password' }) }),
    wrong_base: () => open({ settings: () => ({ base_dn: `ou=nowhere,${String(server().settings['base_dn'])}` }) }),
    base_on_another_server: () => {
      const { elsewhere } = server();
      return elsewhere === undefined ? played('referral')() : open({ settings: () => ({ base_dn: elsewhere }) });
    },
    password_checks_on_another_server: played('bind_referral'),
    ids_hidden: () => {
      const { blind } = server();
      return blind === undefined ? played('no_ids')() : open({ settings: () => ({ ...blind }) });
    },
    oversized_message: played('oversized_message'),
    lying_lengths: played('lying_lengths'),
    endless_answer: played('endless_entries'),
    answer_to_another_request: played('wrong_message_id'),
    broken_password_policy: played('broken_policy'),
    entry_outside_the_base: played('outside_base'),
  };
  return { ...known, situations };
}
