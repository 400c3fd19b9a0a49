import type { Command } from 'commander';
import type { SyncRunView } from '../directory/index.ts';
import { command_act } from './act.ts';
import { type Cli, with_postern } from './cli.ts';
import type { Noun } from './noun.ts';
import { find_id, org_option } from './noun_commands.ts';
import { print_item } from './print.ts';

interface Options {
  readonly org?: string;
  readonly json?: true;
  readonly dryRun?: true;
  readonly letPass?: true;
}

export function add_connection_sync(command: Command, cli: Cli, noun: Noun): void {
  command
    .command('sync <id|name>')
    .description('reads the people of an LDAP directory now and says what came of it; status 1 when it did not get to its end')
    .addOption(org_option())
    .option('--dry-run', 'say what would happen, change nothing')
    .option('--let-pass', 'also switch off as many people as the brake would hold back')
    .option('--json', 'answer as JSON')
    .action((named: string, options: Options) =>
      with_postern(cli, async (postern) => {
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        const connection_id = await find_id(postern.organizations.connections(org_id), noun, named);
        const body = { dry_run: options.dryRun === true, let_pass: options.letPass === true };
        const run = await postern.directory_sync.runs(org_id, connection_id).finish(body, command_act());
        if (options.json === true) print_item(cli, run, true);
        else for (const line of said_of(run)) cli.out(line);
        if (run.status !== 'finished') cli.fail();
      }),
    );
}

function said_of(run: SyncRunView): string[] {
  const { seen, created, updated, deactivated, unchanged, problems, brake } = run;
  return [
    ...(run.status === 'failed' ? [`failed: ${run.error ?? ''}. Nobody was switched off.`] : []),
    ...(brake === null
      ? []
      : [
          `stopped: ${brake.losing} of ${brake.of} people would lose their access, and the brake holds at ${brake.percent} %. Nobody did. Is the directory complete? Then: --let-pass`,
        ]),
    `${run.dry_run ? 'would be: ' : ''}${seen} people: ${created} created, ${updated} updated, ${deactivated} deactivated, ${unchanged} unchanged`,
    ...problems.map(({ subject, problem }) => `  ${subject}: ${problem}`),
  ];
}
