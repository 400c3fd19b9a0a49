import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Call, Check, CredentialConnector, Tools } from '../../connectors/connector.ts';
import { ldap } from '../../connectors/ldap/ldap.ts';

/** Tools whose names all lie on loopback, unless said otherwise. */
export function ldap_tools(more: Partial<Tools> = {}): Tools {
  const never = (what: string) => (): never => assert.fail(`the LDAP connector asked for ${what}`);
  return {
    now: Date.now,
    random_bytes: (length) => randomBytes(length),
    resolve: async (host) => ({ address: '127.0.0.1', family: 4, servername: host }),
    log: () => undefined,
    fetch: never('fetch'),
    first_use: never('first_use'),
    keys: never('keys'),
    callback_url: '',
    logout_url: '',
    entity_id: '',
    ...more,
  };
}

/** A connector for these settings; they must be right. */
export function open_ldap(settings: unknown, tools: Partial<Tools> = {}): CredentialConnector {
  const parsed = ldap.parse(settings);
  assert.ok(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.errors));
  const connector = ldap.open(parsed.config, ldap_tools(tools), {});
  assert.equal(connector.kind, 'credential');
  return connector;
}

/** A call that keeps its checks; its time is up in tests of just that, never because the machine is busy. */
export function make_call(deadline_ms = 120_000): Call & { readonly checks: Check[]; readonly abort: () => void } {
  const checks: Check[] = [];
  const controller = new AbortController();
  const signal = AbortSignal.any([AbortSignal.timeout(deadline_ms), controller.signal]);
  return { signal, checks, check: (check) => void checks.push(check), abort: () => controller.abort() };
}
