import { type Command, Option } from 'commander';
import { words_of } from '../kernel/index.ts';
import { type MockPartners, partner_names, type PartnerName, read_people_file, start_mock_partners, switch_names } from '../mock/index.ts';
import { type Cli, Misuse } from './cli.ts';
import { whole_number } from './options.ts';

interface Options {
  readonly people?: string;
  readonly host: string;
  readonly publicHost?: string;
  readonly port?: number;
  readonly misbehave?: readonly string[];
  readonly json?: true;
}

/** Where they are unless told otherwise: one below the other, so that `--port` names the first. */
const PORT = 4501;
const kinds: Readonly<Record<PartnerName, string>> = {
  saml: 'a SAML identity provider',
  oidc: 'an OIDC provider',
  ldap: 'an LDAP directory',
};

/** `postern mock saml|oidc|ldap|all` */
export function add_mock(program: Command, cli: Cli): void {
  const mock = program.command('mock').description('mock partners, to test single sign-on with; they let anyone in');
  for (const name of [...partner_names, 'all'] as const) {
    const only = name === 'all' ? partner_names : [name];
    mock
      .command(name)
      .description(`starts ${name === 'all' ? 'all three' : kinds[name]}, until it is told to end`)
      .option('--people <file>', 'who can sign in, as YAML; - for standard input')
      .option('--host <host>', 'the interface to listen on', '127.0.0.1')
      .option('--public-host <host>', 'the name or address by which the broker and browsers reach it, where that is another')
      .addOption(
        new Option(
          '--port <port>',
          `the first port; by default ${PORT + partner_names.indexOf(only[0] ?? 'saml')}; 0 for any that are free`,
        ).argParser(whole_number(0, 65_530)),
      )
      .option('--misbehave <names...>', `what is wrong from the start; on the control page at any time. ${only.map(known).join(' ')}`)
      .option('--json', 'print the addresses as JSON')
      .action((options: Options) => run(cli, only, options));
  }
}

const known = (name: PartnerName): string => `${name}: ${switch_names(name).join(', ')}.`;

async function run(cli: Cli, only: readonly PartnerName[], options: Options): Promise<void> {
  const misbehave = sort_misbehaviour(only, options.misbehave ?? []);
  let partners: MockPartners;
  try {
    const people = options.people === undefined ? undefined : read_people_file(cli.read(options.people));
    partners = await start_mock_partners({
      host: options.host,
      ...(options.publicHost !== undefined && { public_host: options.publicHost }),
      ports: ports_from(only, options.port),
      misbehave,
      only,
      ...(people !== undefined && { people }),
    });
  } catch (error) {
    if (error instanceof Misuse) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new Misuse('A port is in use already: choose others with --port, or 0 for any that are free.');
    throw new Misuse('The mock partners did not start.', words_of(error).split('\n'));
  }
  try {
    const facts = facts_of(partners);
    if (options.json === true) cli.out(JSON.stringify(facts, null, 2));
    else {
      for (const [name, fields] of Object.entries(facts)) {
        const lines = Object.entries(fields).map(
          ([field, value]) => `  ${field.padEnd(14)} ${value.includes('\n') ? '(on the control page, or with --json)' : value}`,
        );
        cli.out(`${[name, ...lines].join('\n')}\n`);
      }
      cli.out('Ctrl-C stops.');
    }
    await cli.told_to_end();
  } finally {
    await partners.close();
  }
}

/** `--misbehave slow` is for every partner that knows it; one that none knows is a mistake. */
function sort_misbehaviour(only: readonly PartnerName[], names: readonly string[]): Partial<Record<PartnerName, readonly string[]>> {
  const wanted = names.flatMap((name) => name.split(',')).map((name) => name.trim().replaceAll('-', '_'));
  const unknown = wanted.filter((name) => !only.some((partner) => switch_names(partner).includes(name)));
  if (unknown.length > 0) throw new Misuse(`There is no misbehaviour called ${unknown.join(', ')}.`, only.map(known));
  return Object.fromEntries(only.map((partner) => [partner, wanted.filter((name) => switch_names(partner).includes(name))]));
}

function ports_from(
  only: readonly PartnerName[],
  first: number | undefined,
): Partial<Record<PartnerName | 'ldap_plain' | 'ldap_control', number>> {
  if (first === 0) return {};
  const names =
    only.length === 1
      ? only[0] === 'ldap'
        ? (['ldap', 'ldap_plain', 'ldap_control'] as const)
        : only
      : ([...partner_names, 'ldap_plain', 'ldap_control'] as const);
  const start = first ?? PORT + partner_names.indexOf(only[0] ?? 'saml');
  return Object.fromEntries(names.map((name, index) => [name, start + index]));
}

type Facts = Record<string, Record<string, string>>;

function facts_of({ saml, oidc, ldap }: MockPartners): Facts {
  return {
    ...(saml !== undefined && { saml: { control: saml.url, metadata_url: saml.metadata_url, ...people_of(saml) } }),
    ...(oidc !== undefined && {
      oidc: { control: oidc.url, issuer: oidc.issuer, client_id: oidc.client_id, client_secret: oidc.client_secret, ...people_of(oidc) },
    }),
    ...(ldap !== undefined && {
      ldap: {
        control: ldap.control_url,
        urls: ldap.urls.join(' '),
        plain_urls: ldap.plain_urls.join(' '),
        bind_dn: ldap.bind_dn,
        bind_password: ldap.bind_password,
        base_dn: ldap.base_dn,
        ca_pem: ldap.ca_pem,
        ...people_of(ldap),
      },
    }),
  };
}

const people_of = ({ people }: { readonly people: readonly { readonly username: string; readonly password: string }[] }) => ({
  people: people.map(({ username, password }) => `${username}:${password}`).join(' '),
});
