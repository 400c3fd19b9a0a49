import type { Command } from 'commander';
import type { Postern } from '../wiring.ts';
import { command_act } from './act.ts';
import { type Cli, Misuse, with_postern } from './cli.ts';
import type { Noun } from './noun.ts';
import { find_id, org_option, things_of } from './noun_commands.ts';
import { print_list } from './print.ts';

interface Options {
  readonly org?: string;
  readonly client_id?: string;
  readonly json?: true;
}

interface Given {
  readonly role: string;
  /** Null: in every app. */
  readonly client_id: string | null;
}

/** `postern user roles|give-role|take-role`: what a person was given by hand. What a mapping gives is none of it. */
export function add_user_roles(command: Command, cli: Cli, noun: Noun): void {
  command
    .command('roles <id|user_name>')
    .description('lists the roles that a person was given by hand')
    .addOption(org_option())
    .option('--json', 'answer as JSON')
    .action((named: string, options: Options) =>
      with_postern(cli, async (postern) => print(cli, (await person(postern, noun, named, options)).given, options)),
    );
  command
    .command('give-role <id|user_name> <role>')
    .description('gives a person a role, in every app or in one; given already, nothing changes')
    .addOption(org_option())
    .option('--client_id <client_id>', 'in this app only')
    .option('--json', 'answer as JSON')
    .action((named: string, role: string, options: Options) =>
      with_postern(cli, async (postern) => {
        const { client_id = null } = options;
        // an app that is not there would never ask for it
        if (client_id !== null) await postern.organizations.clients.get(client_id);
        const { given, set } = await person(postern, noun, named, options);
        print(cli, given.some(is({ role, client_id })) ? given : await set([...given, { role, client_id }]), options);
      }),
    );
  command
    .command('take-role <id|user_name> <role>')
    .description('takes a role from a person that was given by hand; status 1 when it was not')
    .addOption(org_option())
    .option('--client_id <client_id>', 'the one that was given in this app only')
    .option('--json', 'answer as JSON')
    .action((named: string, role: string, options: Options) =>
      with_postern(cli, async (postern) => {
        const { client_id = null } = options;
        const { given, set } = await person(postern, noun, named, options);
        const one = is({ role, client_id });
        if (!given.some(one))
          throw new Misuse(
            `"${named}" was not given "${role}" by hand${client_id === null ? ' in every app' : ` in ${client_id}`}. What a mapping gives ends with the mapping, or with what it looks at.`,
          );
        print(cli, await set(given.filter((other) => !one(other))), options);
      }),
    );
}

const is =
  (wanted: Given) =>
  ({ role, client_id }: Given): boolean =>
    role === wanted.role && client_id === wanted.client_id;

/** What they were given, and how that becomes something else, unless somebody changed them in between. @throws NotFound | Conflict 412 `stale` */
async function person(postern: Postern, noun: Noun, named: string, options: Options) {
  const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
  const users = postern.users.users(org_id);
  const id = await find_id(await things_of(postern, noun, options), noun, named);
  const { view, version } = await users.get(id);
  return {
    given: view.roles.map(read),
    async set(wanted: readonly Given[]): Promise<Given[]> {
      const roles = wanted.map(({ role, client_id }) => (client_id === null ? role : { role, client_id }));
      return (await users.update(id, { roles }, command_act(), version)).view.roles.map(read);
    },
  };
}

const read = (grant: string | { readonly role: string; readonly client_id: string }): Given =>
  typeof grant === 'string' ? { role: grant, client_id: null } : grant;

const print = (cli: Cli, data: readonly Given[], { json }: Options): void =>
  print_list(cli, { data, next: null }, ['role', 'client_id'], json === true);
