import { type Call, type Check, ConnectorError, type Tools } from '../connector.ts';
import { check_address } from '../shared/check_address.ts';
import { make_key_store } from './key_store.ts';
import { own_signing_key } from './own_keys.ts';
import { discover, discovery_url, explicit_provider, type Provider } from './provider.ts';
import type { OidcConfig } from './settings.ts';

/** HTTP's Date has whole seconds and travels. */
const CLOCK_TOLERANCE_S = 5;

function failed(name: string, fault: unknown, fix: string): Check {
  const detail = fault instanceof Error ? fault.message : String(fault);
  return { name, ok: false, detail, fix: fault instanceof ConnectorError && fault.fix !== undefined ? fault.fix : fix };
}

/** Looks at everything that can be looked at without a person. Never throws for a partner's failure. */
export async function preflight(config: OidcConfig, tools: Tools, call: Call): Promise<Check[]> {
  let provider: Provider;
  const checks: Check[] = [];
  try {
    provider = explicit_provider(config) ?? (await discover(config, tools, call));
    checks.push({
      name: 'discovery',
      ok: true,
      detail: config.endpoints === undefined ? `read from ${discovery_url(config.issuer)}` : 'endpoints as given',
    });
  } catch (fault) {
    return [failed('discovery', fault, 'Check oidc.issuer, and that Postern can reach it.')];
  }
  checks.push(...(await check_endpoints(provider, tools)));
  checks.push(await check_keys(provider, tools, call));
  if (config.auth_method === 'private_key_jwt') {
    checks.push(
      await own_signing_key(tools).then(
        ({ kid }): Check => ({ name: 'own_key', ok: true, detail: `signs with ${kid}` }),
        (fault: unknown) => failed('own_key', fault, 'Remove the connection and make it again.'),
      ),
    );
  }
  const methods = provider.token_endpoint_auth_methods_supported;
  if (methods !== undefined && config.auth_method !== undefined && !methods.includes(config.auth_method)) {
    checks.push({
      name: 'client_authentication',
      ok: false,
      detail: `the provider takes ${methods.join(', ')}`,
      fix: 'Choose one of these in oidc.token_endpoint_auth_method.',
    });
  }
  checks.push(await check_clock(config, tools, call));
  return checks;
}

async function check_endpoints(provider: Provider, tools: Tools): Promise<Check[]> {
  const checks: Check[] = [];
  for (const name of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint'] as const) {
    const url = provider[name];
    if (url !== undefined) checks.push(await check_address(name, url, url, tools));
  }
  return checks;
}

async function check_keys(provider: Provider, tools: Tools, call: Call): Promise<Check> {
  try {
    const keys = await make_key_store(provider.jwks_uri, tools).keys(undefined, call);
    return {
      name: 'keys',
      ok: true,
      detail: `${keys.length} usable, ID tokens signed with ${provider.id_token_signing_alg_values_supported.join(', ')}`,
    };
  } catch (fault) {
    return failed('keys', fault, 'The key set of the provider (jwks_uri) must be readable for Postern.');
  }
}

async function check_clock(config: OidcConfig, tools: Tools, call: Call): Promise<Check> {
  const answer = await tools.fetch(discovery_url(config.issuer), { signal: call.signal }).catch(() => undefined);
  const theirs = Date.parse(answer?.headers['date'] ?? '');
  if (!Number.isFinite(theirs)) return { name: 'clock', ok: true, detail: 'the provider does not tell its time' };
  const seconds = Math.round((theirs - tools.now()) / 1000);
  const ok = Math.abs(seconds) <= config.clock_skew_seconds + CLOCK_TOLERANCE_S;
  return {
    name: 'clock',
    ok,
    detail: `the provider's clock differs by ${seconds} seconds`,
    ...(!ok && { fix: 'Set the clocks of both sides by NTP.' }),
  };
}
