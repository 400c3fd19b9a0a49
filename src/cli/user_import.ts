import { type Command, Option } from 'commander';
import type { OrgId } from '../kernel/index.ts';
import type { ImportFile, UserImportView } from '../users/index.ts';
import type { Postern } from '../wiring.ts';
import { command_act } from './act.ts';
import { type Cli, Misuse, with_postern } from './cli.ts';
import { print_item } from './print.ts';

interface Options {
  readonly file: string;
  readonly org?: string;
  readonly organization?: string;
  readonly format?: ImportFile['format'];
  readonly map?: readonly string[];
  readonly delimiter?: string;
  readonly dryRun?: true;
  readonly wait?: true;
  readonly json?: true;
}

const BY_NAME: readonly (readonly [RegExp, ImportFile['format']])[] = [
  [/\.csv$/i, 'csv'],
  [/\.(ndjson|jsonl)$/i, 'ndjson'],
  [/\.json$/i, 'scim'],
];

/** `postern user import -f people.csv --org acme` */
export function add_user_import(command: Command, cli: Cli): void {
  command
    .command('import')
    .description('takes a file of people in; a running broker works it through, or this command with --wait')
    .requiredOption('-f, --file <file>', 'CSV with a header, lines of JSON, or a SCIM bulk request; - for standard input')
    .option('--org <slug|id>', 'the organization')
    .addOption(new Option('--organization <slug|id>', 'the same').hideHelp())
    .addOption(new Option('--format <format>', 'when the name of the file does not say').choices(['csv', 'ndjson', 'scim']))
    .option('--map <column=field...>', 'the field of a CSV column that is not named as one; column= passes it over')
    .option('--delimiter <character>', 'between the cells of CSV; tab is written tab', ',')
    .option('--dry-run', 'do everything and keep nothing but the report')
    .option('--wait', 'work it through here, and show how far it is; status 1 when a row is refused')
    .option('--json', 'answer as JSON')
    .action((options: Options) => with_postern(cli, (postern) => import_file(cli, postern, options)));
}

async function import_file(cli: Cli, postern: Postern, options: Options): Promise<void> {
  const named = options.org ?? options.organization;
  if (named === undefined) throw new Misuse('Name the organization: --org <slug|id>.');
  const { id: org_id } = await postern.organizations.require_organization(named);
  const format = options.format ?? BY_NAME.find(([pattern]) => pattern.test(options.file))?.[1];
  if (format === undefined) throw new Misuse('Say what the file is: --format csv, ndjson or scim.');
  const file = {
    ...{ format, body: bytes_of(cli.read(options.file)), dry_run: options.dryRun === true },
    delimiter: options.delimiter === 'tab' ? '\t' : options.delimiter,
    mapping: Object.fromEntries((options.map ?? []).map(read_pair)),
  };
  const begun = await postern.user_imports(org_id).begin(file, command_act());
  const json = options.json === true;
  if (options.wait !== true) {
    print_item(cli, begun, json);
    if (!json) cli.err('A running broker works it through; without one, repeat with --wait.');
    return;
  }
  const done = await work_through(cli, postern, org_id, begun, json);
  print_item(cli, done, json);
  if (done.refused > 0 && !json) cli.out(await postern.user_imports(org_id).report(done.id, { format: 'ndjson', outcome: 'refused' }));
  if (done.refused > 0 || done.status !== 'done') cli.fail();
}

/** Turn by turn, this process or a broker: whoever has it. */
async function work_through(cli: Cli, postern: Postern, org_id: OrgId, begun: UserImportView, json: boolean): Promise<UserImportView> {
  for (let shown = -1; ; ) {
    const worked = await postern.user_imports.work();
    const { view } = await postern.user_imports(org_id).get(begun.id);
    if (!json && view.done !== shown)
      cli.err(
        `${view.done} of ${view.total}: ${view.created} new, ${view.updated} changed, ${view.unchanged} as they were, ${view.refused} refused`,
      );
    if (view.status === 'done' || view.status === 'failed') return view;
    shown = view.done;
    if (!worked) await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function read_pair(text: string): [string, string | null] {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new Misuse(`${text}: write --map "column=field".`);
  return [text.slice(0, at), text.slice(at + 1) === '' ? null : text.slice(at + 1)];
}

async function* bytes_of(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
}
