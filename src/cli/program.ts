import { Command, CommanderError } from 'commander';
import { read_installed } from '../installed.ts';
import { add_data_verbs } from './data_verbs.ts';
import type { Cli } from './cli.ts';
import { add_mock } from './mock_command.ts';
import { add_noun } from './noun_commands.ts';
import { nouns } from './nouns.ts';
import { print_error } from './print.ts';
import { add_installation_verbs } from './installation_verbs.ts';
import { add_scim_requests } from './scim_request_verbs.ts';
import { add_verbs_of_nouns } from './verbs_of_nouns.ts';

/** Does what the arguments say; what goes wrong is printed, and said by `cli.fail`. */
export async function run(cli: Cli, argv: readonly string[]): Promise<void> {
  const program = make_program(cli);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has printed it
      if (error.exitCode !== 0) cli.fail();
      return;
    }
    print_error(cli, error, argv.includes('--json'));
    cli.fail();
  }
}

/** Every verb, from one table of nouns and a file per verb of its own. */
export function make_program(cli: Cli): Command {
  const program = new Command('postern')
    .description(
      "The partners' entrance to your products. Verbs work on the database of the settings; a running broker sees a change within a second.",
    )
    .version(read_installed().version, '--version', 'say which version this is')
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('(--help says what there is)');
  program.configureOutput({ writeOut: (text) => cli.out(text.replace(/\n$/, '')), writeErr: (text) => cli.err(text.replace(/\n$/, '')) });
  // inherited by the commands made below
  program.exitOverride();
  add_installation_verbs(program, cli);
  add_data_verbs(program, cli);
  for (const noun of nouns) add_verbs_of_nouns(add_noun(program, cli, noun), cli, noun);
  add_scim_requests(program, cli);
  add_mock(program, cli);
  return program;
}
