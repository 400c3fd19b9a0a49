import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { nouns } from '../../../src/cli/nouns.ts';
import { type Command, make_command } from './command.ts';

interface Example {
  /** What has to be there first; `LAST` in what follows is the id of the last of it. */
  readonly before?: readonly string[][];
  readonly create: string[];
  /** How the created thing is named without its id. */
  readonly name?: string;
  readonly update?: string[];
  /** A create that must be refused, and the fields that must be named. */
  readonly wrong: readonly [string[], ...string[]];
}

const acme = ['org', 'create', '--slug', 'acme', '--name', 'Acme'];

/** Switched off: nobody asks it for anything. */
const IDP = {
  ...{ protocol: 'oidc', name: 'IdP', enabled: false },
  oidc: { issuer: 'https://idp.example', client_id: 'postern', client_secret: '123456' },
};

/** One of each row of the table. */
const examples: Record<string, Example> = {
  org: {
    create: ['--slug', 'acme', '--name', 'Acme'],
    name: 'acme',
    update: ['--name', 'Acme GmbH'],
    wrong: [['--slug', 'A!', '--colour', 'red'], 'slug', 'name', 'colour'],
  },
  domain: { before: [acme], create: ['--domain', 'acme.example'], name: 'acme.example', wrong: [['--domain', 'gmail.com'], 'domain'] },
  connection: {
    before: [acme],
    create: [
      '--protocol',
      'ldap',
      '--name',
      'Directory',
      '--ldap.urls',
      'ldaps://dc.acme.example',
      '--ldap.bind_dn',
      'cn=p',
      '--ldap.bind_password',
      '123456',
      '--ldap.base_dn',
      'dc=acme',
    ],
    name: 'Directory',
    update: ['--enabled', 'false'],
    wrong: [['--protocol', 'ldap', '--enabled', 'perhaps', '--ldap.urls', 'nowhere'], 'name', 'enabled', 'ldap.base_dn'],
  },
  client: {
    create: [
      '--client_id',
      'app',
      '--client_name',
      'App',
      '--redirect_uris',
      'https://a.example/cb',
      '--redirect_uris',
      'https://b.example/cb',
    ],
    name: 'App',
    update: ['--client_name', 'Our app'],
    wrong: [['--redirect_uris', 'http://a.example', '--grant_types', 'password'], 'redirect_uris.0', 'grant_types.0'],
  },
  user: {
    before: [acme],
    create: ['--user_name', 'ann', '--email', 'ann@acme.example'],
    name: 'ann',
    update: ['--active', 'false'],
    wrong: [['--email', 'nobody'], 'user_name', 'email'],
  },
  group: {
    before: [acme],
    create: ['--display_name', 'Engineers'],
    name: 'Engineers',
    update: ['--external_id', '42'],
    wrong: [['--members', 'ann'], 'display_name', 'members.0'],
  },
  resource: {
    create: ['--identifier', 'https://api.example', '--name', 'API', '--scopes', 'read,write'],
    name: 'https://api.example',
    update: ['--scopes', 'read'],
    wrong: [['--identifier', 'api'], 'identifier', 'name'],
  },
  role: { create: ['--name', 'editor'], name: 'editor', update: ['--description', 'May edit'], wrong: [['--description', 'x'], 'name'] },
  'role-mapping': {
    before: [acme],
    create: ['--group', 'Engineers', '--role', 'editor'],
    update: ['--role', 'viewer'],
    wrong: [['--role', 'editor'], 'group'],
  },
  contact: {
    before: [acme],
    create: ['--email', 'it@acme.example', '--notices', 'certificate,own_key'],
    name: 'it@acme.example',
    update: ['--name', 'Acme IT'],
    wrong: [['--email', 'nobody'], 'email'],
  },
  'signal-source': {
    before: [acme, ['connection', 'create', '--org', 'acme', '-f', 'idp.json']],
    create: ['--connection_id', 'LAST', '--issuer', 'https://idp.example', '--jwks_uri', 'https://idp.example/jwks'],
    name: 'https://idp.example',
    update: ['--audience', 'https://broker.example'],
    wrong: [['--issuer', 'idp'], 'issuer', 'connection_id'],
  },
  'scim-token': {
    before: [acme],
    create: ['--name', 'Entra', '--dialect', 'entra'],
    name: 'Entra',
    wrong: [['--dialect', 'klingon', '--ip_ranges', 'here'], 'dialect', 'ip_ranges.0'],
  },
  'setup-link': {
    before: [acme],
    create: ['--name', 'Invitation', '--steps', 'connection,domain', '--expires_in', 'P14D'],
    name: 'Invitation',
    wrong: [['--steps', 'everything', '--expires_in', 'soon'], 'steps.0', 'expires_in'],
  },
  'registration-token': {
    create: ['--name', 'Partner apps', '--uses', '5'],
    name: 'Partner apps',
    wrong: [['--uses', '0', '--expires_at', 'soon'], 'uses', 'expires_at', 'name'],
  },
  'inline-hook': {
    create: ['--url', 'https://app.example/claims', '--point', 'before_token'],
    name: 'https://app.example/claims',
    update: ['--on_failure', 'fail_open'],
    wrong: [['--timeout_ms', '10'], 'url', 'point', 'timeout_ms'],
  },
  'event-hook': {
    create: ['--url', 'https://app.example/hooks', '--events', 'user.*,access.ended'],
    name: 'https://app.example/hooks',
    update: ['--enabled', 'false'],
    wrong: [['--events', 'user.exploded'], 'url', 'events.0'],
  },
  'scim-target': {
    before: [['client', 'create', '--client_id', 'told', '--redirect_uris', 'https://app.example/callback']],
    create: ['--client_id', 'told', '--base_url', 'https://app.example/scim/v2', '--token', '12345', '--enabled', 'false'],
    name: 'told',
    update: ['--people', 'with_role'],
    wrong: [['--base_url', 'ftp://x'], 'base_url', 'client_id'],
  },
  'admin-key': { create: ['--name', 'ci', '--role', 'operator'], name: 'ci', wrong: [['--role', 'king'], 'name', 'role'] },
};

describe('postern NOUN create|list|get|update|delete', () => {
  let command: Command;
  beforeEach(async () => {
    command = await make_command();
  });
  afterEach(() => command.close());

  it('has an example of every row of the table', () => {
    assert.deepEqual(Object.keys(examples).sort(), nouns.map(({ name }) => name).sort());
  });

  for (const noun of nouns) {
    const example = examples[noun.name];
    if (example === undefined) continue;
    const where = noun.of_organization ? ['--org', 'acme'] : [];
    let last = '';
    const prepare = async (): Promise<void> => {
      command.files.set('idp.json', JSON.stringify(IDP));
      for (const argv of example.before ?? []) last = String((await command.json(...argv))['id']);
    };
    const make = (): Promise<Record<string, unknown>> =>
      command.json(noun.name, 'create', ...where, ...example.create.map((text) => (text === 'LAST' ? last : text)));

    it(`${noun.name}: is created, listed, shown by id and by name, changed and removed`, async () => {
      await prepare();
      const created = await make();
      const id = String(created[noun.id]);
      const { data } = await command.json<{ data: Record<string, unknown>[] }>(noun.name, 'list', ...where);
      assert.deepEqual(
        data.map((view) => view[noun.id]),
        [id],
      );
      for (const named of [id, ...(example.name === undefined ? [] : [example.name])]) {
        assert.equal((await command.json(noun.name, 'get', named, ...where))[noun.id], id);
      }
      if (example.update !== undefined) {
        const [field = '', value] = example.update;
        const changed = await command.json(noun.name, 'update', example.name ?? id, ...where, ...example.update);
        assert.equal([changed[field.slice(2)]].flat().map(String).join(), value);
      }
      await command.json(noun.name, 'delete', id, ...where);
      const gone = await command.run(noun.name, 'get', id, ...where);
      assert.deepEqual([gone.status, gone.out], [1, '']);
      assert.match(gone.err, /^postern: No such /);
    });

    it(`${noun.name}: every wrong field is named, and nothing is made`, async () => {
      await prepare();
      const [fields, ...wrong] = example.wrong;
      const { status, err } = await command.run(noun.name, 'create', ...where, ...fields);
      assert.equal(status, 1);
      for (const path of wrong) assert.match(err, new RegExp(`^  ${path.replaceAll('.', '\\.')}[:.]`, 'm'), err);
      assert.doesNotMatch(err, /\n\s+at /);
      assert.deepEqual((await command.json(noun.name, 'list', ...where))['data'], []);
    });

    it(`${noun.name}: tables and single things are readable without --json`, async () => {
      await prepare();
      await make();
      const list = await command.run(noun.name, 'list', ...where);
      assert.equal(list.out.split('\n').length, 2);
      assert.equal(list.out.split('\n')[0]?.startsWith(noun.columns[0]?.toUpperCase().replaceAll('_', ' ') ?? ''), true);
    });

    for (const verb of noun.verbs) {
      it(`${noun.name} ${verb}: --help says what it takes`, async () => {
        const { out, status } = await command.run(noun.name, verb, '--help');
        assert.equal(status, 0);
        assert.match(out, /--json/);
        if (verb === 'create') assert.match(out, new RegExp(example.create[0] ?? ''));
        if (noun.of_organization) assert.match(out, /--org/);
      });
    }

    if (noun.of_organization)
      it(`${noun.name}: another organization's is not there`, async () => {
        await prepare();
        const id = String((await make())[noun.id]);
        await command.json('org', 'create', '--slug', 'globex', '--name', 'Globex');
        for (const verb of ['get', 'delete']) {
          const { status, err } = await command.run(noun.name, verb, id, '--org', 'globex');
          assert.deepEqual([status, /No such/.test(err)], [1, true]);
        }
        assert.equal((await command.run(noun.name, 'list', '--org', 'nobody')).status, 1);
      });
  }

  it('a body comes from a file, JSON or YAML, and a field wins over it', async () => {
    command.files.set('body.json', '{"slug": "acme", "name": "From the file", "metadata": {"plan": "gold", "seats": 5}}');
    command.files.set('-', 'slug: globex\nname: Globex\n');
    const acme = await command.json('org', 'create', '-f', 'body.json', '--name', 'Acme', '--metadata.seats', '7');
    assert.deepEqual([acme['name'], acme['metadata']], ['Acme', { plan: 'gold', seats: 7 }]);
    assert.equal((await command.json('org', 'create', '-f', '-'))['slug'], 'globex');
    assert.match((await command.run('org', 'create', '-f', 'nowhere.json')).err, /There is no file nowhere\.json/);
  });

  it('texts stay texts, lists are lists, null removes, @file is its content', async () => {
    await command.json('org', 'create', '--slug', 'acme', '--name', '2026', '--external_id=true');
    const org = await command.json('org', 'get', 'acme');
    assert.deepEqual([org['name'], org['external_id']], ['2026', 'true']);
    assert.equal((await command.json('org', 'update', 'acme', '--external_id', 'null'))['external_id'], null);
    command.files.set('name.txt', 'From a file');
    assert.equal((await command.json('org', 'update', 'acme', '--name', '@name.txt'))['name'], 'From a file');
    const client = await command.json(
      'client',
      'create',
      '--redirect_uris',
      'https://a.example/cb',
      '--organizations',
      'acme',
      '--default_max_age',
      '60',
    );
    assert.deepEqual(
      [client['redirect_uris'], client['organizations'], client['default_max_age']],
      [['https://a.example/cb'], [org['id']], 60],
    );
  });

  it('secrets go in and never come out; those shown once are shown once', async () => {
    await command.json(...acme);
    const connection = await command.json('connection', 'create', '--org', 'acme', ...(examples['connection']?.create ?? []));
    assert.equal(JSON.stringify(connection).includes('123456'), false);
    assert.match(String((await command.json('client', 'create', ...(examples['client']?.create ?? [])))['client_secret']), /^[\w-]{30,}$/);
    assert.equal((await command.json('client', 'get', 'app'))['client_secret'], undefined);
    const { out } = await command.run('audit', 'list', '--json');
    assert.equal(out.includes('123456'), false);
  });

  it('everything is recorded as done by the command', async () => {
    await command.json(...acme);
    const { data } = await command.json<{ data: { type: string; actor: { kind: string } }[] }>('audit', 'list', '--org', 'acme');
    assert.deepEqual(
      data.map(({ type, actor }) => [type, actor.kind]),
      [['organization.created', 'cli']],
    );
  });

  it('a list goes page by page', async () => {
    for (const slug of ['a1', 'a2', 'a3']) await command.json('org', 'create', '--slug', slug, '--name', slug);
    const first = await command.json<{ data: object[]; next: string }>('org', 'list', '--limit', '2');
    assert.equal(first.data.length, 2);
    assert.equal((await command.json<{ data: object[] }>('org', 'list', '--after', first.next)).data.length, 1);
    assert.equal((await command.json<{ data: object[] }>('org', 'list', '--limit', '2', '--all')).data.length, 3);
    assert.match((await command.run('org', 'list', '--limit', '2')).err, /There is more/);
  });

  it('refuses what it does not understand', async () => {
    for (const argv of [
      ['org', 'creat'],
      ['nothing'],
      ['org', 'get'],
      ['org', 'get', 'a', 'b'],
      ['org', 'get', 'acme', '--colour', 'red'],
      ['org', 'list', '--colour', 'red'],
      ['org', 'list', '--limit', '0'],
      ['org', 'create', 'acme'],
      ['org', 'update', 'acme'],
      ['user', 'list'],
      ['org', 'create', '-x'],
      ['org', 'create', '--__proto__.x', '1'],
      ['org', 'create', '--metadata.__proto__', '{"a":1}'],
    ]) {
      const { status, err, out } = await command.run(...argv);
      assert.deepEqual([status, out], [1, ''], argv.join(' '));
      assert.ok(err.length > 0 && !/\n\s+at /.test(err), err);
    }
  });

  it('with --json a mistake is JSON on standard error', async () => {
    const { status, err } = await command.run('org', 'create', '--slug', 'A!', '--json');
    const { error } = JSON.parse(err) as { error: { code: string; errors: { path: string }[] } };
    assert.deepEqual([status, error.code, error.errors.map(({ path }) => path).sort()], [1, 'invalid_body', ['name', 'slug']]);
  });
});
