import { explain_settings, type Settings } from '../config/index.ts';
import type { Cli } from './cli.ts';
import { print_item } from './print.ts';
import { settings_of } from './world.ts';

/** `postern config`: the settings that a start from here would use, without what is secret; `--explain`: every setting there is. */
export function config_command(cli: Cli, options: { explain?: true; json?: true }): void {
  if (options.explain === true) {
    cli.out(explain_settings().trimEnd());
    return;
  }
  print_item(cli, shown(settings_of(cli.env)), options.json === true);
}

/** Settings as they may be seen: secrets are said to be there, no more. */
export function shown(settings: Settings): Record<string, unknown> {
  const { database, secrets, admin_key, metrics_address, ...rest } = settings;
  return {
    ...rest,
    database_url: database.kind === 'sqlite' ? `sqlite:${database.path}` : without_password(database.url),
    secret: secrets === undefined ? null : '***',
    admin_key: admin_key === undefined ? null : '***',
    metrics_address: metrics_address === undefined ? null : `${metrics_address.host}:${metrics_address.port}`,
    operators_organization: settings.operators_organization ?? null,
    workers: settings.workers ?? null,
  };
}

function without_password(text: string): string {
  const url = new URL(text);
  if (url.password !== '') url.password = '***';
  return url.href;
}
