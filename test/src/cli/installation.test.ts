import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { cli_reference_markdown } from '../../../src/cli/reference.ts';
import { sealed_columns } from '../../../src/doctor/index.ts';
import { make_world } from '../../../src/main.ts';
import { settings_of } from '../../../src/cli/world.ts';
import { gateway_schemas, org_schemas } from '../../../src/storage/index.ts';
import { open_postern, type Postern } from '../../../src/wiring.ts';
import { type Command, make_command } from './command.ts';

describe('the command, about the installation', () => {
  let command: Command;
  beforeEach(async () => {
    command = await make_command();
  });
  afterEach(() => command.close());

  const inside = async <Result>(work: (postern: Postern) => Promise<Result>): Promise<Result> => {
    const postern = await open_postern(make_world({ ...settings_of(command.env), log_level: 'silent' }));
    try {
      return await work(postern);
    } finally {
      await postern.close();
    }
  };

  describe('migrate', () => {
    it('brings an empty database to this version, once', async () => {
      const first = await command.json<{ migrated: string[] }>('migrate');
      assert.ok(first.migrated.length > 0);
      assert.deepEqual(await command.json('migrate'), { migrated: [] });
      assert.match((await command.run('migrate')).out, /up to date/);
    });

    it('verbs make an empty database ready themselves', async () => {
      assert.deepEqual((await command.json('org', 'list'))['data'], []);
    });

    it('verbs leave a database of another version to whoever decides', async () => {
      await command.json('migrate');
      await inside(({ storage }) => storage.write_once('DELETE FROM "migrations"', []));
      const { status, err } = await command.run('org', 'list');
      assert.deepEqual([status, /another version/.test(err)], [1, true]);
    });
  });

  describe('config', () => {
    it('shows the settings without what is secret', async () => {
      command.env['POSTERN_ADMIN_KEY'] = 'a'.repeat(40);
      const shown = await command.json('config');
      assert.deepEqual([shown['secret'], shown['admin_key'], shown['issuer']], ['***', '***', 'http://127.0.0.1:9']);
      const { out } = await command.run('config');
      assert.ok(!out.includes('a'.repeat(40)) && !out.includes(command.env['POSTERN_SECRET'] ?? ''));
    });

    it('hides the password of the database', async () => {
      command.env['POSTERN_DATABASE_URL'] = 'postgres://postern:hidden@db.example/postern';
      const { out } = await command.run('config');
      assert.ok(!out.includes('hidden') && out.includes('db.example'));
    });

    it('explains every setting', async () => {
      assert.match((await command.run('config', '--explain')).out, /POSTERN_ISSUER[^]*POSTERN_SIGNING_KEY_DAYS/);
    });

    it('every verb lists every wrong setting', async () => {
      command.env['POSTERN_PORT'] = 'many';
      command.env['POSTERN_ISSUER'] = 'ftp://x';
      for (const argv of [['config'], ['org', 'list'], ['migrate']]) {
        const { status, err } = await command.run(...argv);
        assert.equal(status, 1);
        assert.match(err, /POSTERN_PORT[^]*POSTERN_ISSUER|POSTERN_ISSUER[^]*POSTERN_PORT/);
      }
    });
  });

  it('a database that is not there is said without its password', async () => {
    command.env['POSTERN_DATABASE_URL'] = 'postgres://postern:hidden@127.0.0.1:1/postern';
    for (const argv of [['org', 'list'], ['doctor'], ['migrate']]) {
      const { status, err, out } = await command.run(...argv);
      assert.equal(status, 1);
      assert.ok(!`${err}${out}`.includes('hidden'));
      assert.match(`${err}${out}`, /ECONNREFUSED|connect/);
      assert.doesNotMatch(`${err}${out}`, /\n\s+at .*:\d+/);
    }
  });

  describe('keys', () => {
    it('rotate lets the next keys sign, keeps the old ones published, and is recorded', async () => {
      await command.json('migrate');
      await inside(({ keys }) => keys.ensure(Date.now()));
      const list = async () => (await command.json<{ data: { kid: string; state: string }[] }>('keys', 'list')).data;
      const next = (await list()).filter(({ state }) => state === 'next').map(({ kid }) => kid);
      const { signing } = await command.json<{ signing: string[] }>('keys', 'rotate');
      assert.deepEqual([...signing].sort(), next.sort());
      assert.equal((await list()).filter(({ state }) => state === 'retired').length, next.length);
      assert.ok(!(await command.run('keys', 'list', '--json')).out.includes('"d"'));
      const { data } = await command.json<{ data: { type: string }[] }>('audit', 'list', '--type', 'signing_keys.rotated');
      assert.equal(data.length, 1);
    });
  });

  describe('secret reseal', () => {
    const fill = async (): Promise<void> => {
      await command.json('org', 'create', '--slug', 'acme', '--name', 'Acme');
      await command.json('client', 'create', '--client_id', 'app', '--redirect_uris', 'https://a.example/cb');
      const ldap = [
        '--ldap.urls',
        'ldaps://dc.example',
        '--ldap.bind_dn',
        'cn=p',
        '--ldap.bind_password',
        'hidden',
        '--ldap.base_dn',
        'dc=a',
      ];
      await command.json('connection', 'create', '--org', 'acme', '--protocol', 'ldap', '--name', 'D', ...ldap);
      await inside(async ({ keys, storage, audit }) => {
        await keys.ensure(Date.now());
        await storage.transact((tx) => audit.append_outbox(tx, { org_id: null, kind: 'test', order_key: 'k', payload: { a: 1 } }));
      });
    };

    it('afterwards the older secret may be dropped', async () => {
      await fill();
      const old = command.env['POSTERN_SECRET'] ?? '';
      const fresh = randomBytes(32).toString('base64');
      command.env['POSTERN_SECRET'] = `${fresh},${old}`;
      assert.match(
        (await command.run('doctor', '--no-partners')).out,
        /warning {2}stored secrets: \d+ values are sealed under an older secret/,
      );
      const { resealed } = await command.json<{ resealed: number }>('secret', 'reseal');
      assert.ok(resealed >= 9, String(resealed));
      command.env['POSTERN_SECRET'] = fresh;
      assert.deepEqual(await command.json('secret', 'reseal'), { resealed: 0 });
      const signers = await inside(({ keys }) => keys.signers());
      assert.equal(signers.length, 6);
      assert.match((await command.run('doctor', '--no-partners')).out, /ok {7}stored secrets/);
    });

    it('a secret that is gone is a problem that doctor names', async () => {
      await fill();
      command.env['POSTERN_SECRET'] = randomBytes(32).toString('base64');
      const { out, status } = await command.run('doctor', '--no-partners');
      assert.equal(status, 1);
      assert.match(out, /PROBLEM {2}stored secrets: .* not configured/);
      assert.equal((await command.run('secret', 'reseal')).status, 1);
    });

    it('knows every column whose name says that it is sealed', () => {
      const named = [...Object.values(gateway_schemas), ...Object.values(org_schemas)].flatMap((schema) => {
        const { name, columns } = schema.options;
        return Object.keys(columns)
          .filter((column) => column.startsWith('sealed_') || (name === 'oidc_payloads' && column === 'payload'))
          .map((column) => `${name}.${column}`);
      });
      assert.deepEqual(sealed_columns.map(({ table, column }) => `${table}.${column}`).sort(), named.sort());
    });
  });

  describe('apply and export', () => {
    const yaml = 'organizations:\n  - { slug: acme, name: Acme, domains: [acme.example] }\nroles: [{ name: "${ROLE}" }]\n';

    it('apply makes what the file says and shows it; again there is nothing to do', async () => {
      command.files.set('tenants.yaml', yaml);
      command.env['ROLE'] = 'editor';
      const dry = await command.run('apply', '-f', 'tenants.yaml', '--dry-run');
      assert.match(dry.out, /\+ organization acme\n {4}slug: "acme"/);
      assert.match(dry.out, /Dry run, nothing was changed: 3 to create/);
      assert.deepEqual((await command.json('org', 'list'))['data'], []);
      assert.match((await command.run('apply', '-f', 'tenants.yaml')).out, /Done: 3 created/);
      assert.match((await command.run('apply', '-f', 'tenants.yaml')).out, /Nothing to do/);
      command.files.set('tenants.yaml', yaml.replace('name: Acme,', 'name: Acme GmbH,'));
      assert.match((await command.run('apply', '-f', 'tenants.yaml')).out, /~ organization acme\n {4}name: "Acme" -> "Acme GmbH"/);
      command.files.set('tenants.yaml', 'roles: []');
      assert.match((await command.run('apply', '-f', 'tenants.yaml')).out, /left alone \(--prune removes them\):\n {4}role editor/);
      assert.match((await command.run('apply', '-f', 'tenants.yaml', '--prune')).out, /- role editor/);
    });

    it('what is wrong in the file is listed with where', async () => {
      command.files.set('tenants.yaml', yaml.replace('slug: acme', 'slug: A!'));
      command.env['ROLE'] = 'editor';
      const { status, err } = await command.run('apply', '-f', 'tenants.yaml');
      assert.equal(status, 1);
      assert.match(err, /organizations\.0\.slug: /);
    });

    it('export prints a file that apply takes', async () => {
      command.files.set('tenants.yaml', yaml);
      command.env['ROLE'] = 'editor';
      await command.run('apply', '-f', 'tenants.yaml');
      command.files.set('exported.yaml', (await command.run('export')).out);
      assert.match((await command.run('apply', '-f', 'exported.yaml', '--prune')).out, /Nothing to do/);
    });
  });

  describe('audit and trace', () => {
    it('lists what was done, by organization, type and time', async () => {
      await command.json('org', 'create', '--slug', 'acme', '--name', 'Acme');
      await command.json('role', 'create', '--name', 'editor');
      const types = async (...argv: string[]) =>
        (await command.json<{ data: { type: string }[] }>('audit', 'list', ...argv)).data.map(({ type }) => type);
      assert.deepEqual(await types(), ['role.created', 'organization.created']);
      assert.deepEqual(await types('--org', 'acme'), ['organization.created']);
      assert.deepEqual(await types('--since', '1h'), ['role.created', 'organization.created']);
      assert.deepEqual(await types('--since', '2999-01-01'), []);
      assert.equal((await command.run('audit', 'list', '--since', 'yesterday')).status, 1);
    });

    it('shows a sign-in by the reference that the person saw', async () => {
      await command.json('migrate');
      const now = Date.now();
      await inside(({ storage, audit }) =>
        storage.transact((tx) =>
          audit.save_trace(tx, {
            reference: 'ABCD-EFGH-JKMN',
            org_id: null,
            connection_id: null,
            client_id: null,
            user_id: null,
            outcome: 'refused',
            code: 'partner_denied',
            steps: [{ at: now, name: 'partner', ok: false, detail: 'said no', fix: 'Assign the person.' }],
            personal: undefined,
            started_at: now,
            finished_at: now,
          }),
        ),
      );
      const { out } = await command.run('trace', 'get', 'ABCD-EFGH-JKMN');
      assert.match(out, /said no/);
      assert.match(out, /Assign the person/);
      assert.match((await command.run('trace', 'list')).out, /ABCD-EFGH-JKMN/);
      assert.equal((await command.run('trace', 'get', 'nothing')).status, 1);
    });
  });

  describe('doctor', () => {
    const findings = async (...argv: string[]): Promise<string[]> => {
      const { out } = await command.run('doctor', '--json', ...argv);
      return (JSON.parse(out) as { findings: { level: string; name: string }[] }).findings.map(({ level, name }) => `${level} ${name}`);
    };

    it('names wrong settings and looks no further', async () => {
      command.env['POSTERN_PORT'] = 'many';
      assert.deepEqual(await findings(), ['problem POSTERN_PORT']);
    });

    it('an empty database, an issuer that does not answer', async () => {
      const found = await findings();
      assert.ok(found.includes('warning database') && found.includes('warning issuer'), String(found));
    });

    it('rate limits that are off', async () => {
      command.env['POSTERN_RATE_LIMITS'] = 'off';
      assert.ok((await findings()).includes('problem rate limits'));
    });

    it('apps without PKCE, connections that fail their checks, domains that stay pending', async () => {
      await command.json('org', 'create', '--slug', 'acme', '--name', 'Acme');
      await command.json('client', 'create', '--client_id', 'app', '--redirect_uris', 'https://a.example/cb', '--require_pkce', 'false');
      const ldap = [
        '--ldap.urls',
        'ldaps://127.0.0.1:1',
        '--ldap.bind_dn',
        'cn=p',
        '--ldap.bind_password',
        'hidden',
        '--ldap.base_dn',
        'dc=a',
      ];
      await command.json('connection', 'create', '--org', 'acme', '--protocol', 'ldap', '--name', 'D', ...ldap);
      await command.json('domain', 'create', '--org', 'acme', '--domain', 'acme.example');
      await inside(({ storage }) => storage.write_once('UPDATE "domains" SET "created_at" = ?', [Date.now() - 3 * 86_400_000]));
      const found = await findings();
      for (const expected of ['problem app app', 'problem acme: ldap connection "D"', 'warning acme: domain acme.example'])
        assert.ok(found.includes(expected), `${expected} in ${found.join(', ')}`);
      assert.ok(!(await findings('--no-partners')).includes('problem acme: ldap connection "D"'));
    });

    it('deliveries that were given up on', async () => {
      await command.json('migrate');
      await inside(async ({ storage, audit }) => {
        await storage.transact((tx) => audit.append_outbox(tx, { org_id: null, kind: 'test', order_key: 'k', payload: {} }));
        await storage.write_once('UPDATE "outbox" SET "dead_at" = ?', [1]);
      });
      assert.ok((await findings()).includes('warning deliveries'));
    });
  });

  it('connection test ends with status 1 when a check fails, and says how to mend it', async () => {
    await command.json('org', 'create', '--slug', 'acme', '--name', 'Acme');
    const ldap = [
      '--ldap.urls',
      'ldaps://127.0.0.1:1',
      '--ldap.bind_dn',
      'cn=p',
      '--ldap.bind_password',
      'hidden',
      '--ldap.base_dn',
      'dc=a',
    ];
    await command.json('connection', 'create', '--org', 'acme', '--protocol', 'ldap', '--name', 'D', ...ldap);
    const { status, out } = await command.run('connection', 'test', 'D', '--org', 'acme');
    assert.equal(status, 1);
    assert.match(out, /FAILED/);
    const url = /https?:\/\/\S+\/login\/test\/[\w-]{32}/.exec(out)?.[0];
    assert.ok(url, 'an address for a whole sign-in is printed');
    const { test_url, reference } = await command.run('connection', 'test', 'D', '--org', 'acme', '--json').then(
      ({ out: json }) => JSON.parse(json) as { test_url: string; reference: string }, // as it is printed
    );
    assert.notEqual(test_url, url);
    assert.equal((await command.json('trace', 'get', reference))['outcome'], 'pending');
    const approved = await command.run('connection', 'approve-keys', 'D', '--org', 'acme');
    assert.equal(approved.status, 1);
    assert.match(approved.err, /No keys of this connection wait/);
  });

  it('client rotate-secret answers another secret', async () => {
    const made = await command.json('client', 'create', '--client_id', 'app', '--redirect_uris', 'https://a.example/cb');
    const rotated = await command.json('client', 'rotate-secret', 'app');
    assert.ok(typeof rotated['client_secret'] === 'string' && rotated['client_secret'] !== made['client_secret']);
  });

  it('the reference names every verb', () => {
    const page = cli_reference_markdown();
    for (const verb of [
      'serve',
      'migrate',
      'config',
      'doctor',
      'apply',
      'export',
      'keys rotate',
      'secret reseal',
      'audit list',
      'trace get',
      'mock all',
      'org create',
      'connection test',
      'domain verify',
    ])
      assert.ok(page.includes(`### \`postern ${verb}`), verb);
  });

  it('without words it says what there is', async () => {
    const { out, err } = await command.run('--help');
    assert.match(out + err, /Usage: postern/);
    assert.equal((await command.run()).status, 1);
  });
});
