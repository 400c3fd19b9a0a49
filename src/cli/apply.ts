import { type Applied, type Change, read_tenants, write_tenants } from '../organizations/tenants/index.ts';
import { command_act } from './act.ts';
import { type Cli, with_postern } from './cli.ts';
import { print_item } from './print.ts';

export interface ApplyOptions {
  readonly file: string;
  readonly dryRun?: true;
  readonly prune?: true;
  readonly json?: true;
}

/** `postern apply -f tenants.yaml` */
export async function apply_command(cli: Cli, options: ApplyOptions): Promise<void> {
  const file = read_tenants(cli.read(options.file), (name) => cli.env[name]);
  const dry_run = options.dryRun === true;
  await with_postern(cli, async ({ tenants }) => {
    const applied = await tenants.apply(file, { act: command_act(), dry_run, prune: options.prune === true });
    if (options.json === true) print_item(cli, { dry_run, ...applied }, true);
    else print_applied(cli, applied, dry_run);
  });
}

/** `postern export` */
export async function export_command(cli: Cli, json: boolean): Promise<void> {
  await with_postern(cli, async ({ tenants }) => {
    const file = await tenants.export();
    cli.out(json ? JSON.stringify(file, null, 2) : write_tenants(file).trimEnd());
  });
}

const signs = { create: '+', update: '~', remove: '-' };

function print_applied(cli: Cli, { changes, not_in_file }: Applied, dry_run: boolean): void {
  for (const change of changes) {
    cli.out(`${signs[change.action]} ${change.kind} ${change.name}`);
    for (const { path, before, after } of change.differences) {
      cli.out(`    ${path}: ${change.action === 'create' ? '' : `${shown(before)} -> `}${shown(after)}`);
    }
    for (const [name, value] of Object.entries(change.shown_once)) cli.out(`    ${name}: ${value}   (shown this once: keep it)`);
  }
  if (not_in_file.length > 0) {
    cli.out(`Not in the file, left alone (--prune removes them):`);
    for (const { kind, name } of not_in_file) cli.out(`    ${kind} ${name}`);
  }
  cli.out(summary(changes, dry_run));
}

function summary(changes: readonly Change[], dry_run: boolean): string {
  if (changes.length === 0) return 'Nothing to do: the configuration is what the file says.';
  const count = (action: Change['action']): number => changes.filter((change) => change.action === action).length;
  const counts = `${count('create')} to create, ${count('update')} to change, ${count('remove')} to remove`;
  return dry_run
    ? `Dry run, nothing was changed: ${counts}.`
    : `Done: ${counts.replaceAll('to create', 'created').replaceAll('to change', 'changed').replaceAll('to remove', 'removed')}.`;
}

const MOST = 120;

/** A value in one line, cut where it is long (certificates). */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? '');
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
