import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type Command, make_command } from './command.ts';

describe('postern user', () => {
  let command: Command;
  beforeEach(async () => {
    command = await make_command();
    await command.json('org', 'create', '--slug', 'acme', '--name', 'Acme');
  });
  afterEach(() => command.close());

  it('import: works a file through, shows how far it is, and lists what it refused', async () => {
    command.files.set('people.csv', 'Login;email\nann;ann@acme.example\nbob;nonsense\n');
    const words = ['-f', 'people.csv', '--organization', 'acme', '--delimiter', ';', '--map', 'Login=user_name'];
    const rehearsed = await command.run('user', 'import', ...words, '--dry-run', '--wait');
    assert.equal(rehearsed.status, 1);
    assert.match(rehearsed.err, /2 of 2: 1 new/);
    assert.match(rehearsed.out, /"row":2,"outcome":"refused".*e-mail/);
    assert.deepEqual((await command.json<{ data: unknown[] }>('user', 'list', '--org', 'acme')).data, []);
    const begun = await command.json('user', 'import', ...words);
    assert.deepEqual([begun['status'], begun['total']], ['waiting', 2]);
    // the next that waits works on whatever there is
    command.files.set('more.ndjson', '{"user_name":"carl"}\n');
    const done = await command.json('user', 'import', '-f', 'more.ndjson', '--org', 'acme', '--wait');
    assert.deepEqual([done['status'], done['created']], ['done', 1]);
    const { data } = await command.json<{ data: { user_name: string }[] }>('user', 'list', '--org', 'acme');
    assert.deepEqual(
      data.map(({ user_name }) => user_name),
      ['ann', 'carl'],
    );
  });

  it('import: says what is wrong with the words and with the file', async () => {
    command.files.set('people.txt', 'user_name\nann\n');
    assert.match((await command.run('user', 'import', '-f', 'people.txt', '--org', 'acme')).err, /--format/);
    assert.match((await command.run('user', 'import', '-f', 'people.txt', '--format', 'csv')).err, /--org/);
    command.files.set('people.csv', 'salary\n1\n');
    assert.match((await command.run('user', 'import', '-f', 'people.csv', '--org', 'acme')).err, /"salary" is no field/);
  });

  it('give-role, take-role, roles: by hand, in every app or in one, each change recorded', async () => {
    const words = ['ann', '--org', 'acme'];
    await command.json('user', 'create', '--org', 'acme', '--user_name', 'ann', '--roles', 'viewer');
    await command.json(
      'client',
      'create',
      '--client_id',
      'ledger',
      '--client_name',
      'Ledger',
      '--redirect_uris',
      'https://ledger.example/cb',
    );
    assert.deepEqual((await command.json('user', 'give-role', ...words, 'editor'))['data'], [
      { role: 'editor', client_id: null },
      { role: 'viewer', client_id: null },
    ]);
    await command.json('user', 'give-role', ...words, 'editor', '--client_id', 'ledger');
    // given already: nothing changes
    await command.json('user', 'give-role', ...words, 'editor', '--client_id', 'ledger');
    const { out } = await command.run('user', 'roles', ...words);
    assert.match(out, /^ROLE +CLIENT ID\neditor +-\neditor +ledger\nviewer +-$/);
    assert.deepEqual((await command.json('user', 'take-role', ...words, 'editor'))['data'], [
      { role: 'editor', client_id: 'ledger' },
      { role: 'viewer', client_id: null },
    ]);
    const { data } = await command.json<{ data: unknown[] }>('audit', 'list', '--type', 'user.roles_changed');
    assert.equal(data.length, 4);
  });

  it('give-role, take-role: say what there is not, and change nothing', async () => {
    const words = ['ann', '--org', 'acme'];
    await command.json('user', 'create', '--org', 'acme', '--user_name', 'ann', '--roles', 'viewer');
    for (const wrong of [
      ['give-role', ...words, 'editor', '--client_id', 'nowhere'],
      ['give-role', 'bob', '--org', 'acme', 'editor'],
      ['give-role', 'ann', 'editor'],
      ['take-role', ...words, 'viewer', '--client_id', 'ledger'],
      ['take-role', ...words, 'editor'],
    ])
      assert.equal((await command.run('user', ...wrong)).status, 1, wrong.join(' '));
    assert.match((await command.run('user', 'take-role', ...words, 'editor')).err, /was not given "editor" by hand/);
    assert.deepEqual((await command.json('user', 'roles', ...words))['data'], [{ role: 'viewer', client_id: null }]);
    assert.match((await command.run('user', 'give-role', '--help')).out, /--client_id/);
  });

  it('merge, export, receipts, erase: of one person', async () => {
    const [ann, anne] = await Promise.all(
      ['ann', 'anne'].map((name) => command.json<{ id: string }>('user', 'create', '--org', 'acme', '--user_name', name)),
    );
    assert.equal((await command.json('user', 'merge', 'anne', '--into', 'ann', '--org', 'acme'))['id'], ann?.id);
    assert.match((await command.run('user', 'export', 'ann', '--org', 'acme')).out, /"user_name": "ann"/);
    await command.run('user', 'update', 'ann', '--org', 'acme', '--active', 'false');
    const { data } = await command.json<{ data: { id: string; reason: string }[] }>('user', 'receipts', 'ann', '--org', 'acme');
    assert.equal(data[0]?.reason, 'user.deactivated');
    assert.equal((await command.json('user', 'receipt', data[0].id, '--org', 'acme'))['user_id'], ann?.id);
    assert.equal((await command.run('user', 'erase', ann?.id ?? '', '--confirm', 'ann', '--org', 'acme')).status, 1);
    const erased = await command.json('user', 'erase', ann?.id ?? '', '--confirm', ann?.id ?? '', '--org', 'acme');
    assert.equal(erased['user_id'], ann?.id);
    assert.equal((await command.run('user', 'get', anne?.id ?? '', '--org', 'acme')).status, 1);
  });

  it('of an organization that goes: everything is printed, and then it is gone', async () => {
    await command.json('user', 'create', '--org', 'acme', '--user_name', 'ann');
    assert.equal((await command.run('org', 'offboard', 'acme', '--confirm', 'acne')).status, 1);
    assert.match((await command.run('org', 'offboard', 'acme', '--confirm', 'acme', '--dry-run')).out, /"kind":"dry_run"/);
    const { out, status } = await command.run('org', 'offboard', 'acme', '--confirm', 'acme');
    assert.equal(status, 0);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    assert.deepEqual([lines[0]?.kind, lines.at(-1)?.kind], ['organization', 'receipt']);
    assert.equal((await command.run('org', 'get', 'acme')).status, 1);
  });
});
