import type { Command } from 'commander';
import { offboard } from '../admin/index.ts';
import { command_act } from './act.ts';
import { type Cli, with_postern } from './cli.ts';

/** `postern org offboard` */
export function add_offboard(command: Command, cli: Cli): void {
  command
    .command('offboard <slug|id>')
    .description('prints everything of an organization as lines of JSON, then erases it; the last line is the receipt')
    .requiredOption('--confirm <slug>', 'the slug again: what is gone does not come back')
    .option('--dry-run', 'prints the lines and changes nothing')
    .option('--json', 'answer as JSON, which it does in any case')
    .action((named: string, { confirm, dryRun }: { readonly confirm: string; readonly dryRun?: true }) =>
      with_postern(cli, async (postern) => {
        const { id } = await postern.organizations.require_organization(named);
        const deps = { ...postern, now: postern.world.now };
        const lines = await offboard(deps, id, { confirm, dry_run: dryRun === true }, command_act());
        if (Array.isArray(lines)) for (const line of lines) cli.out(line);
      }),
    );
}
