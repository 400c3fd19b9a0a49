/**
 * A mock SAML identity provider: signs in whom it is told to, and misbehaves on demand. For tests and demonstrations only: it answers
 * whoever asks, at the address that they name. Shares libraries with what it tests, never its code.
 */
import { control_handler } from '../control.ts';
import { open_http_partner } from '../http_partner.ts';
import type { Person } from '../people.ts';
import { Switches } from '../switches.ts';
import { saml_switches } from './behaviour.ts';
import { answer_requests } from './answer_requests.ts';
import type { Idp } from './idp.ts';
import { make_signing_key, type SigningKey } from './keys.ts';
import { PARTNER } from './pages.ts';
import { make_sessions } from './sessions.ts';

export { saml_switches } from './behaviour.ts';

export interface MockSamlOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** The name or address in its own addresses, where it differs from the interface: in a container, behind a name. */
  readonly public_host?: string;
  /** Default 0: any that is free. */
  readonly port?: number;
  readonly people: readonly Person[];
  readonly switches?: Switches;
  readonly now?: () => number;
  /** What is signed unless a switch says otherwise. Default `assertion`. */
  readonly sign?: 'assertion' | 'response' | 'both';
  /** Default persistent. */
  readonly name_id_format?: string;
  /** The application's metadata, for sign-ins that begin here; else the entity id in a request is asked for it. */
  readonly sp_metadata_url?: string;
  /** Sign in without a form whom the request names. */
  readonly auto?: boolean;
}

export interface MockSaml {
  readonly url: string;
  readonly switches: Switches;
  readonly people: Person[];
  readonly entity_id: string;
  readonly metadata_url: string;
  readonly sso_url: string;
  readonly slo_url: string;
  readonly key: SigningKey;
  /** Where a person starts at the identity provider. */
  idp_initiated_url(sp: { readonly entity_id: string; readonly acs_url: string; readonly relay_state?: string }): string;
  /** Where a person signs out at the identity provider, applications included. */
  readonly logout_url: string;
  close(): Promise<void>;
}

export async function start_mock_saml(options: MockSamlOptions): Promise<MockSaml> {
  const now = options.now ?? Date.now;
  const switches = options.switches ?? new Switches(saml_switches);
  const people = [...options.people];
  const [key, other_key] = await Promise.all([make_signing_key('mock-saml', now()), make_signing_key('mock-saml-other', now())]);
  const server = await open_http_partner({ ...options, switches });
  const { url } = server;
  const metadata_url = `${url}/metadata`;
  const idp: Idp = {
    url,
    entity_id: metadata_url,
    key,
    other_key,
    people,
    switches,
    now,
    sign: options.sign ?? 'assertion',
    name_id_format: options.name_id_format,
    sp_metadata_url: options.sp_metadata_url,
    auto: options.auto === true,
    sessions: make_sessions(),
    last: new Map(),
  };
  const control = control_handler({
    name: PARTNER,
    switches,
    people,
    facts: () => ({
      metadata_url,
      entity_id: metadata_url,
      sso_url: `${url}/sso`,
      slo_url: `${url}/slo`,
      certificate: key.certificate_pem,
    }),
  });
  server.answer(control, answer_requests(idp));
  return {
    url,
    switches,
    people,
    entity_id: metadata_url,
    metadata_url,
    sso_url: `${url}/sso`,
    slo_url: `${url}/slo`,
    key,
    logout_url: `${url}/logout`,
    idp_initiated_url({ entity_id, acs_url, relay_state }) {
      const query = new URLSearchParams({ sp: entity_id, acs: acs_url, ...(relay_state !== undefined && { RelayState: relay_state }) });
      return `${url}/start?${query.toString()}`;
    },
    close: () => server.close(),
  };
}
