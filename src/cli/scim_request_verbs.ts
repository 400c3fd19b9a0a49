import type { Command } from 'commander';
import type { ScimRequestsOf } from '../directory/index.ts';
import { InvalidInput } from '../kernel/index.ts';
import { command_act } from './act.ts';
import { type Cli, Misuse, with_postern } from './cli.ts';
import type { Things } from './noun.ts';
import { org_option } from './noun_commands.ts';
import { print_item } from './print.ts';

/** What a table of nouns asks for, of a log that nobody writes by hand. The command runs on the machine of the database: it sees values. */
export function read_only(requests: ScimRequestsOf): Things {
  return {
    create: () => Promise.reject(new Misuse('SCIM requests are made by directories.')),
    list: ({ filters, ...page }) => {
      const { since, ...rest } = filters ?? {};
      const at = since === undefined ? undefined : Date.parse(since);
      if (Number.isNaN(at))
        throw new InvalidInput('invalid_parameter', 'Some query parameters are wrong.', {
          fields: [{ path: 'since', message: 'is no time' }],
        });
      return requests.list(page, { ...rest, since: at });
    },
    get: async (id) => ({ view: await requests.get(id, { personal: true }), version: 1 }),
    remove: () => Promise.reject(new Misuse('SCIM requests go by themselves when their time is over.')),
  };
}

/** `postern scim-request replay` */
export function add_replay(command: Command, cli: Cli): void {
  command
    .command('replay <id>')
    .description('does a request of a directory again, for the same directory')
    .addOption(org_option())
    .option('--dry-run', 'shows what it would do, and keeps nothing of it')
    .option('--json', 'answer as JSON')
    .action((id: string, options: { readonly org?: string; readonly dryRun?: true; readonly json?: true }) =>
      with_postern(cli, async (postern) => {
        const { id: org_id } = await postern.organizations.require_organization(options.org ?? '');
        const done = await postern.scim_requests(org_id).replay(id, { dry_run: options.dryRun === true }, command_act());
        await postern.scim_requests.log.flush();
        print_item(cli, done, options.json === true);
        if (done.status >= 400) cli.fail();
      }),
    );
}
