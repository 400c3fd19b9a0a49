import type { z } from 'zod';
import { env_name, settings_schema } from './schema.ts';
import { gather, type ReadFile, type SettingsProblem } from './sources.ts';

type Read = z.output<typeof settings_schema>;

/** Every setting, read and checked. */
export interface Settings extends Readonly<Omit<Read, 'database_url' | 'secret'>> {
  readonly database: Read['database_url'];
  /** Newest first. Undefined only while the issuer is http on this machine: then `load_or_make_secret` makes one. */
  readonly secrets: readonly Uint8Array[] | undefined;
}

export type SettingsResult =
  /** `warnings`: what works but should be known, one sentence each. */
  | { readonly ok: true; readonly settings: Settings; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

/** Reads every setting from the environment and `postern.config.yaml` (or the file that POSTERN_CONFIG names); the environment wins. Reports every mistake at once. */
export function parse_settings(env: Readonly<Record<string, string | undefined>>, read_file: ReadFile): SettingsResult {
  const { found, problems: unread } = gather(env, read_file);
  const problems = [...unread];
  const result = settings_schema.safeParse(Object.fromEntries([...found].map(([name, { text }]) => [name, text])));
  for (const issue of result.error?.issues ?? []) {
    const name = String(issue.path[0]);
    const fix = issue.code === 'custom' ? String(issue.params?.['fix'] ?? '') : '';
    problems.push({ path: found.get(name)?.path ?? env_name(name), problem: issue.message, fix });
  }
  const secret_was_tried = found.has('secret') || problems.some(({ path }) => /secret_file$/i.test(path));
  // what is no local http address may be one once it is mended, or not: only https is sure to need a secret
  if (!secret_was_tried && found.get('issuer')?.text.startsWith('https:') === true) problems.push(secret_missing);
  if (result.data?.client_certificate_header !== undefined && result.data.trust_proxy.length === 0) problems.push(nobody_to_believe);
  if (result.data?.smtp_url !== undefined && result.data.mail_from === undefined) problems.push(no_sender);
  if (!result.success || problems.length > 0) return { ok: false, problems };
  const { database_url, secret, ...rest } = result.data;
  const settings = { ...rest, database: database_url, secrets: secret };
  return { ok: true, settings, warnings: warnings_of(settings) };
}

const secret_missing: SettingsProblem = {
  path: env_name('secret'),
  problem: 'The secret that seals stored secrets is missing.',
  fix: 'Make one with: openssl rand -base64 32. Keep it; without it the database cannot be read.',
};

const nobody_to_believe: SettingsProblem = {
  path: env_name('client_certificate_header'),
  problem: 'A certificate is believed from a trusted proxy only, and none is named.',
  fix: `List the networks of your proxies in ${env_name('trust_proxy')}.`,
};

const no_sender: SettingsProblem = {
  path: env_name('mail_from'),
  problem: 'Mail has a server to leave by, but nobody to come from.',
  fix: `Set ${env_name('mail_from')} to an address that this server may send as.`,
};

/** What works but should be known, one sentence each. */
export function warnings_of(settings: Settings): string[] {
  const warnings: string[] = [];
  if (!settings.rate_limits) warnings.push('Rate limits are off: passwords can be guessed at full speed.');
  if (settings.allow_private_networks.some((network) => network.endsWith('/0')))
    warnings.push('POSTERN_ALLOW_PRIVATE_NETWORKS names every address: partners can make Postern connect to anything.');
  if (settings.database.kind === 'sqlite' && (settings.workers ?? 1) > 1)
    warnings.push('Several workers on SQLite wait for one writer: use PostgreSQL to serve from more than one process.');
  if (settings.smtp_url?.tls === 'none')
    warnings.push('Mail leaves in clear (POSTERN_SMTP_URL with tls=none): everybody on the way can read it.');
  return warnings;
}
