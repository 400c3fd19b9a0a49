import type { Command } from 'commander';
import type { ScimRequestsOf } from '../directory/index.ts';
import { InvalidInput } from '../kernel/index.ts';
import { command_act } from './act.ts';
import { type Cli, Misuse, with_postern } from './cli.ts';
import type { Noun, Things } from './noun.ts';
import { add_noun, org_option } from './noun_commands.ts';
import { print_item } from './print.ts';

/** What a table of nouns asks for, of a log that nobody writes by hand. The command runs on the machine of the database: it sees values. */
function read_only(requests: ScimRequestsOf): Things {
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
function add_replay(command: Command, cli: Cli): void {
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

const scim_request: Noun = {
  name: 'scim-request',
  one: 'SCIM request',
  many: 'SCIM requests',
  summary: 'requests of the directories of an organization: what was asked, what it was taken for, what it changed',
  verbs: ['list', 'get'],
  id: 'id',
  names: [],
  columns: ['id', 'at', 'token.name', 'method', 'path', 'status', 'error_code', 'changes'],
  filters: {
    status: '2xx, 4xx or 5xx',
    token: 'those of this SCIM token, by its id',
    resource: 'those that changed this user or group, by its id',
    since: 'this moment and later, as 2026-01-31T00:00:00Z',
  },
  of_organization: true,
  collection: ({ scim_requests }, org_id) => read_only(scim_requests(org_id)),
};

/** `postern scim-request list|get|replay` */
export function add_scim_requests(program: Command, cli: Cli): void {
  add_replay(add_noun(program, cli, scim_request), cli);
}
