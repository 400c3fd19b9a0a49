import { control_handler } from '../control.ts';
import { open_http_partner } from '../http_partner.ts';
import type { Person } from '../people.ts';
import { Switches } from '../switches.ts';
import { answer_requests } from './answer_requests.ts';
import { oidc_switches } from './behaviour.ts';
import { PARTNER } from './pages.ts';
import { make_provider_key, type MockProvider, random } from './provider.ts';
import { make_logout_token } from './tokens.ts';

export { oidc_switches } from './behaviour.ts';

export interface MockOidcOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** The name or address in its own addresses, where it differs from the interface: in a container, behind a name. */
  readonly public_host?: string;
  /** 0 and absent: any that is free. */
  readonly port?: number;
  readonly people: readonly Person[];
  readonly switches?: Switches;
  /** Default `postern`. */
  readonly client_id?: string;
  /** Default: made at the start. */
  readonly client_secret?: string;
  /** Signs in whoever `login_hint` names, without a form. */
  readonly auto?: boolean;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** A mock OpenID provider that behaves, and misbehaves on demand. For tests only: it signs in whom it is told to. */
export interface MockOidc {
  readonly url: string;
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly switches: Switches;
  readonly people: Person[];
  /** A logout token about a subject or a session (`sub`, `sid`); anything else named replaces a claim, undefined takes one out. */
  logout_token(about: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Sends one to the client's back-channel logout address; answers the status. */
  send_logout(backchannel_logout_uri: string, about: Readonly<Record<string, unknown>>): Promise<number>;
  /** Of everybody who is signed in, the latest last. */
  sids(): readonly string[];
  /** How often a refresh token was shown. */
  renewals(): number;
  last_refresh_token(): string | undefined;
  /** How often a path was asked for. */
  requests(path: string): number;
  /** What the client proved itself with last, where that was a signed assertion. */
  last_assertion(): string | undefined;
  close(): Promise<void>;
}

export async function start_mock_oidc(options: MockOidcOptions): Promise<MockOidc> {
  const switches = options.switches ?? new Switches(oidc_switches);
  const people = [...options.people];
  const [key, other_key] = await Promise.all([make_provider_key('mock-oidc'), make_provider_key('mock-oidc-other')]);
  const server = await open_http_partner({ ...options, switches });
  const { url: issuer } = server;
  const provider: MockProvider = {
    issuer,
    client_id: options.client_id ?? 'postern',
    client_secret: options.client_secret ?? random(),
    key,
    other_key,
    people,
    switches,
    now: options.now ?? Date.now,
    auto: options.auto === true,
    sessions: new Map(),
    codes: new Map(),
    access_tokens: new Map(),
    refresh_tokens: new Map(),
    last_id_token: undefined,
    renewals: 0,
    requests: new Map(),
    last_assertion: undefined,
  };
  const { client_id, client_secret } = provider;
  const control = control_handler({ name: PARTNER, switches, people, facts: () => ({ issuer, client_id, client_secret }) });
  server.answer(control, answer_requests(provider));
  return {
    ...{ url: issuer, issuer, client_id, client_secret, switches, people },
    logout_token: (about, header) => make_logout_token(provider, about, header),
    async send_logout(backchannel_logout_uri, about) {
      const body = new URLSearchParams({ logout_token: await make_logout_token(provider, about) });
      return (await fetch(backchannel_logout_uri, { method: 'POST', body, redirect: 'manual' })).status;
    },
    sids: () => [...provider.sessions.values()].map(({ sid }) => sid),
    renewals: () => provider.renewals,
    requests: (path) => provider.requests.get(path) ?? 0,
    last_assertion: () => provider.last_assertion,
    last_refresh_token: () => [...provider.refresh_tokens.keys()].at(-1),
    close: () => server.close(),
  };
}
