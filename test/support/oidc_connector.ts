import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  type Callback,
  type ConnectionKey,
  type Departure,
  ConnectorError,
  type RedirectConnector,
  type Tools,
} from '../../connectors/connector.ts';
import { oidc } from '../../connectors/oidc/oidc.ts';
import { noted_call } from '../conformance/redirect_connector.ts';
import type { Browser } from './browser.ts';

export const RP = {
  callback_url: 'https://login.vendor.example/oidc/con_1/callback',
  logout_url: 'https://login.vendor.example/oidc/con_1/backchannel-logout',
} as const;

/** Everything impure, tame: first use in memory, an egress without a guard, unless said otherwise. */
export function oidc_tools(more: Partial<Tools> = {}): Tools {
  const used = new Set<string>();
  return {
    now: Date.now,
    random_bytes: (length) => randomBytes(length),
    resolve: async (host) => ({ address: '127.0.0.1', family: 4, servername: host }),
    log: () => undefined,
    fetch: open_fetch,
    async first_use(key) {
      if (used.has(key)) return false;
      used.add(key);
      return true;
    },
    keys: async (): Promise<readonly ConnectionKey[]> => [],
    ...RP,
    entity_id: '',
    ...more,
  };
}

const open_fetch: Tools['fetch'] = async (url, { method = 'GET', headers, body, signal } = {}) => {
  try {
    const sent = typeof body === 'object' ? new Uint8Array(body) : body;
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { ...headers },
      ...(sent !== undefined && { body: sent }),
      ...(signal !== undefined && { signal }),
    });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: new Uint8Array(await answer.arrayBuffer()) };
  } catch {
    throw new ConnectorError(signal?.aborted === true ? 'timed_out' : 'unreachable', 'no answer');
  }
};

/** Opens a connection as Postern would. @throws Error with every mistake in the settings */
export async function open_oidc(settings: Readonly<Record<string, unknown>>, tools: Tools): Promise<RedirectConnector> {
  const parsed = oidc.parse(settings);
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.errors));
  const connector = oidc.open(parsed.config, tools, (await oidc.resolve?.(parsed.config, tools)) ?? {});
  assert.equal(connector.kind, 'redirect');
  return connector;
}

export const new_handle = (): string => randomBytes(24).toString('base64url');

export function callback_of(url: string): Callback {
  const { search, searchParams } = new URL(url);
  return { method: 'GET', parameters: Object.fromEntries(searchParams), repeated: [], query: search.slice(1) };
}

/** Follows a departure in a browser, filling in the form that asks, to our callback. */
export async function at_provider({ send }: Departure, fields: Readonly<Record<string, string>>, browser: Browser): Promise<Callback> {
  browser.stop_at.push(RP.callback_url);
  let page = await browser.open(send.url);
  for (let step = 0; step < 4 && page.status < 299; step++) page = await browser.submit(page, fields);
  assert.equal(page.status, 299, `${page.url} ${page.status} ${page.html.slice(0, 500)}`);
  return callback_of(page.url);
}

/** A connector that has not asked its provider anything yet, as after a start without what was read before. */
export function unresolved_oidc(settings: Readonly<Record<string, unknown>>, tools: Tools): RedirectConnector {
  const parsed = oidc.parse(settings);
  assert.ok(parsed.ok);
  const connector = oidc.open(parsed.config, tools, {});
  assert.equal(connector.kind, 'redirect');
  return connector;
}

export { noted_call };
