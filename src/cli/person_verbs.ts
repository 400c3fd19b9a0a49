import type { Command } from 'commander';
import { command_act } from './act.ts';
import { type Cli, Misuse, with_postern } from './cli.ts';
import type { Noun } from './noun.ts';
import { find_id, org_option, things_of } from './noun_commands.ts';
import { limit_option } from './options.ts';
import { print_item, print_list } from './print.ts';

interface Options {
  readonly org?: string;
  readonly json?: true;
  readonly limit?: number;
  readonly after?: string;
}

/** `postern user merge|export|erase|receipts` */
export function add_person_verbs(command: Command, cli: Cli, noun: Noun): void {
  command
    .command('merge <id|user_name>')
    .description("two users are one person: what this one has becomes the other's, whose name stays")
    .addOption(org_option())
    .requiredOption('--into <id|user_name>', 'who stays')
    .option('--json', 'answer as JSON')
    .action((named: string, options: Options & { readonly into: string }) =>
      with_postern(cli, async (postern) => {
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        const things = await things_of(postern, noun, options);
        const [id, into] = [await find_id(things, noun, named), await find_id(things, noun, options.into)];
        print_item(cli, (await postern.users.users(org_id).merge(id, { into }, command_act())).view, options.json === true);
      }),
    );
  command
    .command('export <id|user_name>')
    .description('prints everything that is kept of a person, as JSON')
    .addOption(org_option())
    .option('--json', 'answer as JSON, which it does in any case')
    .action((named: string, options: Options) =>
      with_postern(cli, async (postern) => {
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        const id = await find_id(await things_of(postern, noun, options), noun, named);
        print_item(cli, await postern.users.users(org_id).export(id, { personal: true }), true);
      }),
    );
  command
    .command('erase <id>')
    .description('removes a person with everything that says who they were, also from the record; also one who was deleted before')
    .addOption(org_option())
    .requiredOption('--confirm <id>', 'the id again: what is gone does not come back')
    .option('--json', 'answer as JSON')
    .action((id: string, options: Options & { readonly confirm: string }) =>
      with_postern(cli, async (postern) => {
        if (options.confirm !== id) throw new Misuse('--confirm is the id again, to be sure.');
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        print_item(cli, await postern.users.users(org_id).erase(id, command_act()), options.json === true);
      }),
    );
  command
    .command('receipts [id|user_name]')
    .description('lists receipts of ended access, of a person or of everybody, newest first')
    .addOption(org_option())
    .addOption(limit_option())
    .option('--after <cursor>', 'the page after this one')
    .option('--json', 'answer as JSON')
    .action((named: string | undefined, options: Options) =>
      with_postern(cli, async (postern) => {
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        // the receipts of one who is gone are found by their id
        const user_id =
          named === undefined || named.startsWith('usr_') ? named : await find_id(await things_of(postern, noun, options), noun, named);
        const { limit, after } = options;
        const list = await postern.receipts.list(org_id, { limit, after, user_id });
        print_list(cli, list, ['id', 'created_at', 'reason', 'user_id', 'completed_at'], options.json === true);
      }),
    );
  command
    .command('receipt <id>')
    .description('shows a receipt: each session and app, and whether the app was told')
    .addOption(org_option())
    .option('--json', 'answer as JSON')
    .action((id: string, options: Options) =>
      with_postern(cli, async (postern) => {
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        print_item(cli, await postern.receipts.get(org_id, id), options.json === true);
      }),
    );
}
