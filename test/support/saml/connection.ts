import { randomBytes } from 'node:crypto';
import {
  type Callback,
  type Check,
  type ConnectionKey,
  type Departure,
  ConnectorError,
  type RedirectConnector,
  type Tools,
} from '../../../connectors/connector.ts';
import { make_saml } from '../../../connectors/saml/saml.ts';
import { make_signing_key } from '../../../src/mock/saml/keys.ts';
import { Browser } from '../browser.ts';

export const saml = make_saml();

export const SP = {
  entity_id: 'https://login.vendor.example/saml/con_1/metadata',
  acs_url: 'https://login.vendor.example/saml/con_1/acs',
  slo_url: 'https://login.vendor.example/saml/con_1/slo',
} as const;

/** Everything impure, tame: a clock to be set, an egress without a guard, first use in memory. */
export class TestTools implements Tools {
  time = Date.UTC(2030, 0, 15, 12);
  readonly callback_url: string = SP.acs_url;
  readonly logout_url: string = SP.slo_url;
  readonly entity_id: string = SP.entity_id;
  readonly used = new Map<string, number>();
  readonly fetched: string[] = [];
  readonly own_keys: readonly ConnectionKey[];

  constructor(own_keys: readonly ConnectionKey[]) {
    this.own_keys = own_keys;
  }
  now: Tools['now'] = () => this.time;
  random_bytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
  fetch: Tools['fetch'] = async (url, request) => {
    this.fetched.push(url);
    const answer = await fetch(url, { redirect: 'manual', headers: { ...request?.headers }, signal: request?.signal ?? null }).catch(
      (cause: unknown) => {
        throw new ConnectorError(request?.signal?.aborted === true ? 'timed_out' : 'unreachable', 'no answer', { cause });
      },
    );
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: new Uint8Array(await answer.arrayBuffer()) };
  };
  resolve: Tools['resolve'] = async (host) => ({ address: '127.0.0.1', family: 4, servername: host });
  first_use = async (key: string, expires_at: number): Promise<boolean> => {
    if (this.used.has(key)) return false;
    this.used.set(key, expires_at);
    return true;
  };
  log = (): void => undefined;
  keys = async (): Promise<readonly ConnectionKey[]> => this.own_keys;
}

/** Signing and encryption keys as a connection has them. RSA takes its time: make them once in a file. */
export async function connection_keys(at = Date.UTC(2030, 0, 1)): Promise<readonly ConnectionKey[]> {
  const made = await Promise.all(['signing', 'encryption', 'signing', 'encryption'].map((use) => make_signing_key(`postern-${use}`, at)));
  return made.map(({ private_key_pem, certificate_pem }, index) => ({
    use: index % 2 === 0 ? 'signing' : 'encryption',
    state: index < 2 ? 'current' : 'next',
    kid: `kid_${index}`,
    private_key_pem,
    certificate_pem,
  }));
}

/** Opens a connection as Postern would. @throws Error with every mistake in the settings */
export async function open_saml(settings: Readonly<Record<string, unknown>>, tools: TestTools): Promise<RedirectConnector> {
  const parsed = saml.parse(settings);
  if (!parsed.ok) throw new Error(parsed.errors.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  const connector = saml.open(parsed.config, tools, (await saml.resolve?.(parsed.config, tools)) ?? {});
  if (connector.kind !== 'redirect') throw new Error('SAML is a redirect connector');
  return connector;
}

/** A call whose checks can be read afterwards. */
export function test_call() {
  const checks: Check[] = [];
  return { checks, signal: AbortSignal.timeout(120_000), check: (check: Check): void => void checks.push(check) };
}

export const new_handle = (): string => randomBytes(24).toString('base64url');

/** The parameters of a URL or form as the callback would have them. */
export function callback_of(send: Departure['send']): Callback {
  if (send.method === 'POST') return { method: 'POST', parameters: send.fields, repeated: [] };
  const { search, searchParams } = new URL(send.url);
  return { method: 'GET', parameters: Object.fromEntries(searchParams), repeated: [], query: search.slice(1) };
}

/** Follows a departure in a browser until a page, signing in where a form asks; answers what would arrive at our callback. */
export async function at_partner(
  { send }: Departure,
  fields: Readonly<Record<string, string>>,
  browser: Browser = new Browser(),
): Promise<Callback> {
  let page = await browser.open(send.url, send.method === 'GET' ? {} : { method: 'POST', body: new URLSearchParams(send.fields) });
  const [form] = page.forms;
  if (form !== undefined && !Object.hasOwn(form.fields, 'SAMLResponse')) page = await browser.submit(page, fields);
  const answer = page.forms.find((one) => Object.hasOwn(one.fields, 'SAMLResponse'));
  if (answer === undefined) throw new Error(`no SAMLResponse on ${page.url} (${page.status}): ${page.html.slice(0, 500)}`);
  return { method: 'POST', parameters: answer.fields, repeated: [] };
}
