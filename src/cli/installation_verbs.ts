import type { Command } from 'commander';
import type { Cli } from './cli.ts';
import { config_command } from './config.ts';
import { type DoctorOptions, doctor_command } from './doctor.ts';
import { keys_list, keys_rotate } from './keys.ts';
import { mail_test } from './mail.ts';
import { migrate_command } from './migrate.ts';
import { secret_reseal } from './secret.ts';
import { serve_command } from './serve.ts';

interface Json {
  readonly json?: true;
}

/** Verbs about the installation itself. */
export function add_installation_verbs(program: Command, cli: Cli): void {
  program
    .command('serve')
    .description('serves, from the settings, until it is told to end (SIGTERM, SIGINT)')
    .option('--json', 'log as JSON, which it does in any case')
    .action(() => serve_command());
  program
    .command('migrate')
    .description('brings the database to this version')
    .option('--json', 'answer as JSON')
    .action((options: Json) => migrate_command(cli, options.json === true));
  program
    .command('config')
    .description('shows the settings that a start from here would use, without secrets')
    .option('--explain', 'every setting: what it does, its default')
    .option('--json', 'answer as JSON')
    .action((options: Json & { explain?: true }) => config_command(cli, options));
  program
    .command('doctor')
    .description('says what is wrong with this installation, and how to mend it')
    .option('--no-partners', 'contact no partner')
    .option('--json', 'answer as JSON')
    .action((options: DoctorOptions) => doctor_command(cli, options));
  const keys = program.command('keys').description("the issuer's signing keys");
  keys
    .command('list')
    .description('lists the signing keys, without their private parts')
    .option('--json', 'answer as JSON')
    .action((options: Json) => keys_list(cli, options.json === true));
  keys
    .command('rotate')
    .description('signs with the next keys from now on; the ones before stay published for a day')
    .option('--json', 'answer as JSON')
    .action((options: Json) => keys_rotate(cli, options.json === true));
  program
    .command('mail')
    .description('the mail that notices leave by')
    .command('test')
    .description('sends one mail now, and says what the mail server said')
    .requiredOption('--to <address>', 'where to')
    .option('--json', 'answer as JSON')
    .action((options: Json & { to: string }) => mail_test(cli, options.to, options.json === true));
  program
    .command('secret')
    .description('the secret that seals what is stored')
    .command('reseal')
    .description('seals under the current secret what an older one sealed; then the older one may be dropped')
    .option('--json', 'answer as JSON')
    .action((options: Json) => secret_reseal(cli, options.json === true));
}
