import { type Settings, warnings_of, worker_count } from '../config/index.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** What the settings themselves tell. */
export function look_at_settings(settings: Settings, cores: number): Finding[] {
  const findings: Finding[] = [];
  const https = settings.issuer.startsWith('https:');
  if (settings.secrets === undefined) {
    const where = settings.database.kind === 'sqlite' ? 'beside the database' : 'in ./data';
    findings.push(
      warning(
        'secret',
        `POSTERN_SECRET is not set: one was made and is kept ${where}.`,
        'Before others rely on this installation, set POSTERN_SECRET to the content of that file and keep a copy elsewhere.',
      ),
    );
  } else if (settings.secrets.length > 1) {
    findings.push(
      warning('secret', 'POSTERN_SECRET lists an older secret as well.', 'Run postern secret reseal, then drop the older one.'),
    );
  } else findings.push(ok('secret', 'POSTERN_SECRET is set.'));
  if (!settings.rate_limits) {
    findings.push(problem('rate limits', 'Rate limits are off: passwords can be guessed at full speed.', 'Set POSTERN_RATE_LIMITS=on.'));
  }
  if (https && settings.host === '0.0.0.0' && settings.trust_proxy.length === 0) {
    findings.push(
      warning(
        'proxy',
        'The issuer is https, and no proxy is trusted: behind one, every client looks like the proxy to limits and logs.',
        'Set POSTERN_TRUST_PROXY to the network of whatever ends TLS.',
      ),
    );
  }
  const private_networks = settings.allow_private_networks.filter((network) => !/^(127\.|::1\/)/.test(network));
  if (private_networks.length > 0 || (https && settings.allow_private_networks.length > 0)) {
    findings.push(
      warning(
        'private networks',
        `Partners may make Postern connect to ${settings.allow_private_networks.join(', ')}.`,
        'Keep POSTERN_ALLOW_PRIVATE_NETWORKS as narrow as it can be; clear it when no partner needs it.',
      ),
    );
  }
  const workers = worker_count(settings, cores);
  findings.push(ok('processes', `${workers} on ${settings.database.kind}.`));
  const said = new Set(findings.map(({ detail }) => detail));
  for (const text of warnings_of(settings)) {
    if (!said.has(text) && !/rate limits/i.test(text)) findings.push(warning('settings', text, 'See postern config --explain.'));
  }
  return findings;
}
