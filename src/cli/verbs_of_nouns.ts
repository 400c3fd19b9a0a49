import type { Command } from 'commander';
import { rfc3339 } from '../kernel/index.ts';
import { command_act } from './act.ts';
import { type Cli, with_postern } from './cli.ts';
import type { Noun } from './noun.ts';
import { find_id, org_option, things_of } from './noun_commands.ts';
import { add_scim_target_verbs } from './scim_target_verbs.ts';
import { add_connection_sync } from './sync.ts';
import { add_offboard } from './offboard.ts';
import { add_person_verbs } from './person_verbs.ts';
import { print_item, print_list, table } from './print.ts';
import { add_user_import } from './user_import.ts';
import { add_user_roles } from './user_roles.ts';

interface Options {
  readonly overlap_seconds?: string;
  readonly org?: string;
  readonly json?: true;
}

/** What can be done with some things beside creating, listing, showing, changing and removing them. */
export function add_verbs_of_nouns(command: Command, cli: Cli, noun: Noun): void {
  if (noun.name === 'connection') {
    add_connection_test(command, cli, noun);
    add_approve_keys(command, cli, noun);
    add_connection_sync(command, cli, noun);
  }
  if (noun.name === 'domain') add_domain_verify(command, cli, noun);
  if (noun.name === 'client') add_rotate_secret(command, cli, noun);
  if (noun.name === 'event-hook' || noun.name === 'inline-hook') add_rotate_hook_secret(command, cli, noun);
  if (noun.name === 'user') {
    add_sessions(command, cli, noun);
    add_user_import(command, cli);
    add_user_roles(command, cli, noun);
    add_person_verbs(command, cli, noun);
  }
  if (noun.name === 'org') add_offboard(command, cli);
  if (noun.name === 'scim-target') add_scim_target_verbs(command, cli, noun);
}

function add_connection_test(command: Command, cli: Cli, noun: Noun): void {
  command
    .command('test <id|name>')
    .description('asks the partner whether the connection can work; status 1 when it cannot')
    .addOption(org_option())
    .option('--json', 'answer as JSON')
    .action((named: string, options: Options) =>
      with_postern(cli, async (postern) => {
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        const connections = postern.organizations.connections(org_id);
        const connection_id = await find_id(connections, noun, named);
        const report = await connections.test(connection_id, command_act());
        const { test_url, reference, expires_at } = await postern.test_sign_ins.begin({ org_id, connection_id }, command_act());
        if (options.json === true) print_item(cli, { ...report, test_url, reference, expires_at: rfc3339(expires_at) }, true);
        else {
          for (const { name, ok, detail, fix } of report.checks)
            cli.out(`${ok ? 'ok    ' : 'FAILED'} ${name}: ${detail}${fix === undefined ? '' : `\n       ${fix}`}`);
          cli.out(`\nA whole sign-in that signs nobody in, for one browser, once, until ${rfc3339(expires_at)}:\n  ${test_url}`);
          cli.out(`Its result afterwards, as JSON: postern trace get ${reference} --json`);
        }
        if (report.checks.some(({ ok }) => !ok)) cli.fail();
      }),
    );
}

function add_approve_keys(command: Command, cli: Cli, noun: Noun): void {
  command
    .command('approve-keys <id|name>')
    .description('lets keys be used that the partner has published and that wait')
    .addOption(org_option())
    .option('--sha256 <list>', 'only if exactly these wait: SHA-256 of certificates, separated by commas')
    .option('--json', 'answer as JSON')
    .action((named: string, options: Options & { readonly sha256?: string }) =>
      with_postern(cli, async (postern) => {
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        const connections = postern.organizations.connections(org_id);
        const body = options.sha256 === undefined ? {} : { sha256: options.sha256.split(',').map((one) => one.trim().toLowerCase()) };
        const { view } = await connections.approve_keys(await find_id(connections, noun, named), body, command_act());
        if (options.json === true) print_item(cli, view, true);
        else
          for (const { sha256, subject, days_left } of view.trust?.certificates ?? [])
            cli.out(`${sha256} ${subject}: ${days_left} days left`);
      }),
    );
}

function add_domain_verify(command: Command, cli: Cli, noun: Noun): void {
  command
    .command('verify <domain>')
    .description('looks the TXT record up; a verified domain routes people to its organization')
    .addOption(org_option())
    .option('--json', 'answer as JSON')
    .action((named: string, options: Options) =>
      with_postern(cli, async (postern) => {
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        const domains = postern.organizations.domains(org_id);
        const { view } = await domains.verify(await find_id(domains, noun, named), command_act());
        print_item(cli, view, options.json === true);
        if (view.status !== 'verified') cli.fail();
      }),
    );
}

function add_rotate_secret(command: Command, cli: Cli, noun: Noun): void {
  command
    .command('rotate-secret <client_id>')
    .description('makes a new client secret, shown once; the one before ends')
    .option('--overlap_seconds <seconds>', 'lets the one before count beside it for so long')
    .option('--json', 'answer as JSON')
    .action((named: string, options: Options) =>
      with_postern(cli, async (postern) => {
        const { clients } = postern.organizations;
        const { view } = await clients.rotate_secret(await find_id(clients, noun, named), command_act(), overlap_of(options));
        print_item(cli, view, options.json === true);
      }),
    );
}

/** What is no number is told so by the schema, as of every body. */
const overlap_of = ({ overlap_seconds: given }: Options): unknown => (given === undefined ? {} : { overlap_seconds: Number(given) });

function add_rotate_hook_secret(command: Command, cli: Cli, noun: Noun): void {
  command
    .command('rotate-secret <id|url>')
    .description('makes a new secret, shown once; the one before signs beside it for a day')
    .option('--json', 'answer as JSON')
    .action((named: string, options: Options) =>
      with_postern(cli, async ({ organizations: { event_hooks, inline_hooks } }) => {
        const hooks = noun.name === 'event-hook' ? event_hooks : inline_hooks;
        const { view } = await hooks.rotate_secret(await find_id(hooks, noun, named), command_act());
        print_item(cli, view, options.json === true);
      }),
    );
}

function add_sessions(command: Command, cli: Cli, noun: Noun): void {
  command
    .command('sessions <id|user_name>')
    .description('lists where a person is signed in')
    .addOption(org_option())
    .option('--json', 'answer as JSON')
    .action((named: string, options: Options) =>
      with_postern(cli, async (postern) => {
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        const id = await find_id(await things_of(postern, noun, options), noun, named);
        const data = await postern.users.users(org_id).sessions(id);
        print_list(cli, { data, next: null }, ['id', 'auth_time', 'expires_at', 'ip', 'connection_id'], options.json === true);
      }),
    );
  command
    .command('sign-out <id|user_name>')
    .description('ends every session of a person, apps told')
    .addOption(org_option())
    .option('--json', 'answer as JSON')
    .action((named: string, options: Options) =>
      with_postern(cli, async (postern) => {
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        const id = await find_id(await things_of(postern, noun, options), noun, named);
        await postern.users.users(org_id).end_sessions(id, command_act());
        if (options.json === true) cli.out(JSON.stringify({ signed_out: id }));
        else cli.out(table([{ signed_out: id }], ['signed_out']));
      }),
    );
}
