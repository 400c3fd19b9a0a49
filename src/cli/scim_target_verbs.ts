import type { Command } from 'commander';
import type { ScimRunView } from '../directory/index.ts';
import type { Postern } from '../wiring.ts';
import { command_act } from './act.ts';
import { type Cli, with_postern } from './cli.ts';
import type { Noun } from './noun.ts';
import { find_id } from './noun_commands.ts';
import { print_item, print_list } from './print.ts';

interface Options {
  readonly json?: true;
  readonly dryRun?: true;
  readonly repair?: true;
  readonly org?: string;
}

const RUN_COLUMNS = ['id', 'kind', 'organization_id', 'dry_run', 'status', 'done', 'total', 'counts', 'error'];

/** Loads, comparisons and dead letters. The broker does the work; the command asks for it and shows it. */
export function add_scim_target_verbs(command: Command, cli: Cli, noun: Noun): void {
  const on = (work: (postern: Postern, id: string, options: Options) => Promise<void>) => (named: string, options: Options) =>
    with_postern(cli, async (postern) => work(postern, await find_id(postern.organizations.scim_targets, noun, named), options));
  const shown = (run: ScimRunView, { json }: Options): void => print_item(cli, run, json === true);
  command
    .command('load <id|name>')
    .description('has the broker tell the target everybody; runs shows how far it is')
    .option('--dry-run', 'says what would be sent, and sends nothing')
    .option('--org <id|slug>', 'only the people of this organization')
    .option('--json', 'answer as JSON')
    .action(
      on(async ({ outbound }, id, options) => {
        const body = { dry_run: options.dryRun === true, organization_id: options.org ?? null };
        shown(await outbound.runs.load(id, body, command_act()), options);
      }),
    );
  command
    .command('drift-check <id|name>')
    .description('has the broker compare what the target has with what it should have')
    .option('--repair', 'mends what is missing or different')
    .option('--dry-run', 'with --repair: only says it')
    .option('--org <id|slug>', 'only the people of this organization')
    .option('--json', 'answer as JSON')
    .action(
      on(async ({ outbound }, id, options) => {
        const body = { repair: options.repair === true, dry_run: options.dryRun === true, organization_id: options.org ?? null };
        shown(await outbound.runs.drift_check(id, body, command_act()), options);
      }),
    );
  command
    .command('runs <id|name>')
    .description('lists loads and comparisons, newest first')
    .option('--json', 'answer as JSON')
    .action(
      on(async ({ outbound }, id, { json }) => {
        const { data, next } = await outbound.runs.list(id, {});
        print_list(cli, { data, next }, RUN_COLUMNS, json === true);
      }),
    );
  command
    .command('dead-letters <id|name>')
    .description('lists what the target could not be told, and why')
    .option('--json', 'answer as JSON')
    .action(
      on(async ({ outbound }, id, { json }) => {
        const { data, next } = await outbound.dead_letters.list(id, {});
        print_list(cli, { data, next }, ['id', 'kind', 'resource_id', 'organization_id', 'reason', 'given_up_at'], json === true);
      }),
    );
  command
    .command('resend <id|name> [dead-letter...]')
    .description('tells the target once more what was given up: all of it, or the named ones')
    .option('--json', 'answer as JSON')
    .action((named: string, letters: readonly string[], { json }: Options) =>
      with_postern(cli, async (postern) => {
        const id = await find_id(postern.organizations.scim_targets, noun, named);
        const answer = await postern.outbound.dead_letters.resend(id, letters.length === 0 ? {} : { ids: letters });
        print_item(cli, answer, json === true);
      }),
    );
}
