import { type Command, Option } from 'commander';
import { EXPORT_FORMATS } from '../audit/index.ts';
import { type ApplyOptions, apply_command, export_command } from './apply.ts';
import {
  type AuditExportOptions,
  type AuditOptions,
  audit_export,
  audit_list,
  audit_verify,
  type TraceListOptions,
  trace_get,
  trace_list,
} from './audit.ts';
import type { Cli } from './cli.ts';
import { limit_option } from './options.ts';

interface Json {
  readonly json?: true;
}

/** Verbs about the whole configuration, and about what was done. */
export function add_data_verbs(program: Command, cli: Cli): void {
  program
    .command('apply')
    .description('makes the configuration what a tenants file says; shows each difference. Applying it again changes nothing')
    .requiredOption('-f, --file <file>', 'tenants.yaml; - for standard input')
    .option('--dry-run', 'show what would change, change nothing')
    .option('--prune', 'also remove what the file does not name, in the collections that it has')
    .option('--json', 'answer as JSON')
    .action((options: ApplyOptions) => apply_command(cli, options));
  program
    .command('export')
    .description('prints the configuration as a tenants file; secrets stay here and are written "***"')
    .option('--json', 'answer as JSON')
    .action((options: Json) => export_command(cli, options.json === true));
  const audit = program.command('audit').description('what was done, by whom');
  audit
    .command('verify')
    .description('walks the chain of audit events: a row that was changed or is missing shows; status 1 when one does')
    .option('--json', 'answer as JSON')
    .action((options: Json) => audit_verify(cli, options.json === true));
  audit
    .command('export')
    .description('prints audit events for another system, oldest first, one per line')
    .addOption(new Option('--format <format>', 'how each is written').choices(EXPORT_FORMATS).default('ndjson'))
    .option('--org <slug|id>', 'of one organization')
    .option('--type <type>', 'of one type')
    .option('--since <time>', 'since a time (2026-01-31T12:00:00Z), or for so long (30m, 12h, 7d)')
    .option('--after <seq>', 'those after this place in the chain')
    .option('--json', 'answer as JSON: what --format ndjson, the default, does')
    .action((options: AuditExportOptions) => audit_export(cli, options));
  audit
    .command('list')
    .description('lists audit events, newest first')
    .option('--org <slug|id>', 'of one organization')
    .option('--type <type>', 'of one type, such as connection.updated')
    .option('--actor <id>', 'by one actor')
    .option('--since <time>', 'since a time (2026-01-31T12:00:00Z), or for so long (30m, 12h, 7d)')
    .addOption(limit_option())
    .option('--after <cursor>', 'the page after this one')
    .option('--json', 'answer as JSON')
    .action((options: AuditOptions) => audit_list(cli, options));
  const trace = program.command('trace').description('what happened in a sign-in');
  trace
    .command('get <reference>')
    .description('shows one sign-in, step by step, by the reference that the person saw')
    .option('--json', 'answer as JSON')
    .action((reference: string, options: Json) => trace_get(cli, reference, options.json === true));
  trace
    .command('list')
    .description('lists sign-ins, newest first')
    .option('--org <slug|id>', 'of one organization')
    .option('--outcome <outcome>', 'succeeded, refused, failed or pending')
    .addOption(limit_option())
    .option('--after <cursor>', 'the page after this one')
    .option('--json', 'answer as JSON')
    .action((options: TraceListOptions) => trace_list(cli, options));
}
