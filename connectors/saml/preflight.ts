import { type Call, type Check, ConnectorError, type Tools } from '../connector.ts';
import { check_address } from '../shared/check_address.ts';
import { fetch_partner, type LivePartner, type Party, type Published } from './live_partner.ts';
import { choose_endpoint } from './partner.ts';
import type { MetadataReader } from './read_metadata.ts';
import type { SamlConfig } from './settings.ts';

interface Parts {
  readonly config: SamlConfig;
  readonly tools: Tools;
  readonly partner: LivePartner;
  readonly read_metadata: MetadataReader;
}

const DAY_MS = 86_400_000;
const SOON_DAYS = 30;
/** HTTP's Date has whole seconds and travels. */
const CLOCK_TOLERANCE_S = 5;

const said = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

function failed(name: string, fault: unknown, fix: string): Check {
  return { name, ok: false, detail: said(fault), fix: fault instanceof ConnectorError && fault.fix !== undefined ? fault.fix : fix };
}

/** Looks at everything that can be looked at without a person. Never throws for a partner's failure. */
export async function preflight(parts: Parts, call: Call): Promise<Check[]> {
  const { config, tools, partner } = parts;
  const checks: Check[] = [];
  if (config.source.kind === 'published') checks.push(await check_metadata(config.source, parts, call));
  let party: Party;
  try {
    party = await partner.current(call.signal);
  } catch (fault) {
    return [...checks, failed('partner', fault, 'Check how the partner is described in the connection.')];
  }
  checks.push({ name: 'partner', ok: true, detail: `identity provider ${party.entity_id}` });
  checks.push(...check_certificates(party, config, tools.now()), ...(await check_endpoints(party, config, tools)));
  checks.push(...(await check_reachable(party, config, tools, call)));
  if (config.idp_initiated !== 'off' && config.default_client_id === undefined)
    checks.push({
      name: 'default_client_id',
      ok: false,
      detail: 'sign-ins that begin at the partner have no app to end at',
      fix: 'Name the app in saml.default_client_id.',
    });
  return checks;
}

async function check_metadata(source: Published, { tools, read_metadata }: Parts, call: Call): Promise<Check> {
  try {
    const partner = await fetch_partner(source, tools, read_metadata, call.signal);
    const until = partner.valid_until === undefined ? '' : `, valid until ${new Date(partner.valid_until).toISOString()}`;
    return { name: 'metadata', ok: true, detail: `read from ${source.url}${until}` };
  } catch (fault) {
    return failed('metadata', fault, 'Check saml.metadata_url, and that Postern can reach it.');
  }
}

function check_certificates(party: Party, config: SamlConfig, now: number): Check[] {
  return party.certificates.map(({ subject, fingerprint, not_before, not_after }) => {
    const days = Math.floor((not_after - now) / DAY_MS);
    const name = 'certificate';
    const which = `${subject.replaceAll('\n', ', ')}, SHA-256 ${fingerprint}`;
    if (not_after <= now)
      return {
        name,
        ok: config.expired_certificate === 'warn',
        detail: `${which}: ended ${-days} days ago`,
        fix: 'Ask the partner for the certificate that it signs with now.',
      };
    if (not_before > now) return { name, ok: true, detail: `${which}: begins ${new Date(not_before).toISOString()}` };
    const detail = `${which}: ${days} days left`;
    return days < SOON_DAYS
      ? { name, ok: true, detail, fix: 'It ends soon: ask the partner for the next one, and add it beside this one.' }
      : { name, ok: true, detail };
  });
}

async function check_endpoints(party: Party, config: SamlConfig, tools: Tools): Promise<Check[]> {
  const sign_on = choose_endpoint(party.sign_on, config.sso_binding);
  const logout = choose_endpoint(party.logout, config.sso_binding);
  const checks: Check[] = [];
  for (const [name, target] of [
    ['sso_url', sign_on],
    ['slo_url', logout],
  ] as const) {
    if (target === undefined) {
      checks.push({ name, ok: name === 'slo_url', detail: 'the partner offers none' });
      continue;
    }
    const { location } = target.endpoint;
    checks.push(await check_address(name, location, `${location} by ${target.binding}`, tools));
  }
  return checks;
}

/** Asks the sign-in address, whatever it answers, and reads the partner's clock from the answer. */
async function check_reachable(party: Party, config: SamlConfig, tools: Tools, call: Call): Promise<Check[]> {
  const target = choose_endpoint(party.sign_on, config.sso_binding);
  if (target === undefined) return [];
  try {
    const answer = await tools.fetch(target.endpoint.location, { signal: call.signal });
    const reachable: Check = {
      name: 'reachable',
      ok: answer.status < 500,
      detail: `the sign-in address answers with status ${answer.status}`,
      ...(answer.status >= 500 && { fix: 'The identity provider has a fault of its own: its log says why.' }),
    };
    const date = Date.parse(answer.headers['date'] ?? '');
    if (Number.isNaN(date)) return [reachable];
    const difference = Math.round((date - tools.now()) / 1000);
    const ok = Math.abs(difference) <= config.clock_skew_seconds + CLOCK_TOLERANCE_S;
    const detail = `the partner's clock is ${Math.abs(difference)} s ${difference > 0 ? 'ahead of' : 'behind'} ours, ${config.clock_skew_seconds} s are allowed`;
    return [
      reachable,
      ok ? { name: 'clock', ok, detail } : { name: 'clock', ok, detail, fix: 'Set the clock of the identity provider by NTP.' },
    ];
  } catch (fault) {
    // People's browsers go there, not we: behind a firewall this is as it should be.
    return [{ name: 'reachable', ok: true, detail: `not reachable from here, which matters only to people’s browsers: ${said(fault)}` }];
  }
}
