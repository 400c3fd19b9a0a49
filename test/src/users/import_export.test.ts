import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { make_audit } from '../../../src/audit/index.ts';
import { InvalidInput, type OrgId } from '../../../src/kernel/index.ts';
import { schemas, type UserCollection } from '../../../src/users/index.ts';
import { act, people_world, type PeopleWorld, start } from '../../support/people_world.ts';

let world: PeopleWorld;
let org: OrgId;
let users: UserCollection;
let connection_id: string;

before(async () => {
  world = await people_world();
  org = await world.add_organization(['acme.example']);
  connection_id = await world.add_connection(org);
  users = world.users.users(org);
});
after(() => world.close());

describe('an import', () => {
  it('makes who is new, changes who is known, leaves who is the same, and reports row by row', async () => {
    await users.create({ user_name: 'known', given_name: 'Old', family_name: 'Kept', attributes: { a: '1' } }, act);
    await users.create({ user_name: 'same', given_name: 'Same' }, act);
    const report = await users.import(
      [
        { user_name: 'new', email: 'new@acme.example', groups: ['Staff'], roles: ['admin'] },
        { user_name: 'KNOWN', given_name: 'New', attributes: { b: '2' } },
        { user_name: 'same', given_name: 'Same' },
        { email: 'by-mail@acme.example' },
      ],
      {},
      act,
    );
    assert.deepEqual(schemas.import_report.parse(report), report);
    assert.deepEqual([report.created, report.updated, report.unchanged, report.failed], [2, 1, 1, 0]);
    assert.deepEqual(
      report.rows.map((row) => row.status),
      ['created', 'updated', 'unchanged', 'created'],
    );
    const known = (await users.get(report.rows[1]?.id ?? '')).view;
    assert.deepEqual(
      [known.user_name, known.given_name, known.family_name, known.attributes],
      ['known', 'New', 'Kept', { a: '1', b: '2' }],
    );
    const made = (await users.get(report.rows[0]?.id ?? '')).view;
    assert.deepEqual([made.source, made.roles, made.groups.map((group) => group.display_name)], ['import', ['admin'], ['Staff']]);
    assert.equal((await users.get(report.rows[3]?.id ?? '')).view.user_name, 'by-mail@acme.example');
  });

  it('is idempotent: the same rows again change nothing and are not recorded', async () => {
    const rows = [
      {
        user_name: 'twice',
        groups: ['Staff', 'staff'],
        roles: ['r'],
        attributes: { x: ['1'] },
        identities: [{ connection_id, subject: 'twice' }],
      },
    ];
    assert.equal((await users.import(rows, {}, act)).created, 1);
    const recorded = world.events.length;
    assert.equal((await users.import(rows, {}, act)).unchanged, 1);
    assert.equal(world.events.length, recorded);
  });

  it('with dry_run reports the same and keeps nothing', async () => {
    const rows = [{ user_name: 'rehearsed', groups: ['Rehearsal'] }, { user_name: 'known', given_name: 'Rehearsed' }, { user_name: '' }];
    const recorded = world.events.length;
    const rehearsal = await users.import(rows, { dry_run: true }, act);
    assert.deepEqual([rehearsal.dry_run, rehearsal.created, rehearsal.updated, rehearsal.failed], [true, 1, 1, 1]);
    assert.equal(world.events.length, recorded);
    assert.equal((await users.list({ filters: { filter: 'user_name eq "rehearsed" or given_name eq "Rehearsed"' } })).data.length, 0);
    assert.equal((await world.users.groups(org).list({ filters: { filter: 'display_name eq "Rehearsal"' } })).data.length, 0);
    const real = await users.import(rows, {}, act);
    assert.deepEqual(
      real.rows.map((row) => row.status),
      rehearsal.rows.map((row) => row.status),
    );
  });

  it('keeps the good rows beside wrong ones, and of a wrong row nothing', async () => {
    const foreign_org = await world.add_organization();
    const foreign = await world.add_connection(foreign_org);
    const report = await users.import(
      [
        { user_name: 'good-1' },
        { user_name: 'bad-field', email: 'nobody', nonsense: 1 },
        { given_name: 'Nameless' },
        'not a person',
        { user_name: 'Good-1' },
        { user_name: 'bad-connection', groups: ['Never'], identities: [{ connection_id: foreign, subject: 'x' }] },
        { user_name: 'good-2' },
      ],
      {},
      act,
    );
    assert.deepEqual(
      report.rows.map((row) => row.status),
      ['created', 'failed', 'failed', 'failed', 'failed', 'failed', 'created'],
    );
    assert.deepEqual(
      report.rows.map((row) => row.problems?.map((problem) => problem.path) ?? []),
      [[], ['email', 'nonsense'], ['user_name'], [''], ['user_name'], ['identities.0.connection_id'], []],
    );
    assert.match(report.rows[4]?.problems?.[0]?.message ?? '', /row 1/);
    assert.deepEqual((await users.list({ filters: { filter: 'user_name eq "bad-connection"' } })).data, []);
    assert.deepEqual((await world.users.groups(org).list({ filters: { filter: 'display_name eq "never"' } })).data, []);
    const recorded = await world.storage.gateway.audit_events.find({ type: 'user.created' });
    const was_recorded = (name: string): boolean => recorded.some((event) => event.target?.['name'] === name);
    assert.deepEqual([was_recorded('good-2'), was_recorded('bad-connection')], [true, false]);
  });

  it('binds subjects for people who move over, but never takes one from somebody else or gives a person two', async () => {
    const first = await users.import([{ user_name: 'mover', identities: [{ connection_id, subject: 'm-1' }] }], {}, act);
    assert.equal(first.created, 1);
    const report = await users.import(
      [
        { user_name: 'thief', identities: [{ connection_id, subject: 'm-1' }] },
        { user_name: 'mover', identities: [{ connection_id, subject: 'm-2' }] },
      ],
      {},
      act,
    );
    assert.deepEqual(
      report.rows.map((row) => row.problems?.[0]?.path),
      ['identities.0.subject', 'identities.0'],
    );
  });

  it('of more rows than one unit of work holds, is whole', async () => {
    const fresh = world.users.users(await world.add_organization());
    const rows = Array.from({ length: 250 }, (_, n) => ({ user_name: `bulk-${n}`, groups: [`g${n % 3}`] }));
    assert.equal((await fresh.import(rows, {}, act)).created, 250);
    assert.equal((await fresh.import(rows, {}, act)).unchanged, 250);
  });

  it('with active: false ends access', async () => {
    await users.create({ user_name: 'import-leaver' }, act);
    const report = await users.import([{ user_name: 'import-leaver', active: false }], {}, act);
    assert.deepEqual(world.ended.at(-1), { org_id: org, user_id: report.rows[0]?.id });
  });

  it('that is no list, or too long a one, is 422', async () => {
    for (const rows of [{}, null, 'x', undefined, Array.from({ length: 10_001 }, () => ({}))]) {
      const error: unknown = await users.import(rows, {}, act).catch((reason: unknown) => reason);
      assert.ok(error instanceof InvalidInput && error.status === 422);
    }
  });

  it('beside another import of the same rows makes everybody once', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => ({ user_name: `both-${n}`, groups: ['Both'] }));
    const reports = await Promise.all([users.import(rows, {}, act), users.import(rows, {}, act)]);
    assert.equal(
      reports.reduce((sum, report) => sum + report.created, 0),
      30,
    );
    assert.equal((await users.list({ limit: 1000, filters: { filter: 'user_name sw "both-"' } })).data.length, 30);
  });
});

describe('an export of a person', () => {
  it('holds the profile, the sessions, what SCIM said, and what was recorded of this person and nobody else', async () => {
    const { view } = await users.create({ user_name: 'exported', email: 'exported@acme.example' }, act);
    const { view: neighbour } = await users.create({ user_name: 'bystander' }, act);
    const session_id = await world.add_session(org, view.id, connection_id);
    const audit = make_audit({ storage: world.storage, now: () => world.clock.now, trace_days: 30 });
    const olga = { actor: { kind: 'admin_key' as const, id: 'key_1', name: 'Operator Olga' }, ip: '198.51.100.9' };
    const themselves = { actor: { kind: 'user' as const, id: view.id }, ip: '192.0.2.7' };
    const target = { kind: 'user', id: view.id };
    const other_org = await world.add_organization();
    await world.storage.transact(async (tx) => {
      await tx.org(org).users.update({ id: view.id }, { scim: { title: 'Boss' } });
      world.clock.now = start + 1;
      await audit.record(tx, olga, { type: 'user.updated', org_id: org, target, after: { active: true } });
      world.clock.now = start + 2;
      await audit.record(tx, themselves, { type: 'session.ended', org_id: org });
      await audit.record(tx, olga, {
        type: 'user.updated',
        org_id: org,
        target: { kind: 'user', id: neighbour.id },
        after: { manager: view.id },
      });
      await audit.record(tx, themselves, { type: 'session.ended', org_id: other_org, target });
    });
    const told = await users.export(view.id, { personal: true });
    assert.deepEqual(schemas.user_export.parse(told), told);
    assert.equal(told.user.user_name, 'exported');
    assert.deepEqual(
      told.sessions.map((session) => session.id),
      [session_id],
    );
    assert.deepEqual(told.scim, { title: 'Boss' });
    assert.deepEqual(
      told.audit_events.map((one) => one['type']),
      ['session.ended', 'user.updated', 'user.created'],
    );
    assert.deepEqual(
      told.audit_events.map((one) => [one['by'], one['ip']]),
      [
        ['the person', '192.0.2.7'],
        ['admin_key', null],
        ['admin_key', null],
      ],
    );
    assert.equal(JSON.stringify(told).includes('Olga'), false);
  });
});
