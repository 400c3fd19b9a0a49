import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { OrgId } from '../../../src/kernel/index.ts';
import { act, outbound_world, type OutboundWorld, TOKEN } from '../../support/outbound_world.ts';
import type { ScimTarget } from '../../support/scim_target.ts';

const HOUR = 3_600_000;

describe('a SCIM target that misbehaves', () => {
  let world: OutboundWorld;
  let remote: ScimTarget;
  let acme: OrgId;
  let target_id: string;
  beforeEach(async () => {
    world = await outbound_world();
    ({ remote } = world);
    acme = await world.add_organization('acme');
    target_id = (await world.add_target()).id;
    await world.settle(4);
    remote.writes();
  });
  afterEach(() => world.close());
  const users = () => world.postern.users.users(acme);
  const view = async () => (await world.postern.organizations.scim_targets.get(target_id)).view;
  const dead = async () => (await world.postern.outbound.dead_letters.list(target_id, {})).data;
  const reasons = async () => (await dead()).map(({ reason }) => reason);
  const pass = async (milliseconds: number): Promise<void> => {
    world.clock.now += milliseconds;
    await world.settle(2);
  };

  it('429 with Retry-After: nobody is sent before, and it is no failure', async () => {
    remote.misbehave = () => ({ status: 429, headers: { 'retry-after': '120' } });
    await world.add_user(acme, 'ann');
    await world.add_user(acme, 'bob');
    await world.settle(1);
    const asked = remote.asked.length;
    remote.misbehave = () => undefined;
    await world.add_user(acme, 'cid');
    await pass(100_000);
    assert.equal(remote.asked.length, asked, 'nothing was asked meanwhile');
    assert.equal((await view()).state, 'paused');
    await pass(30_000);
    assert.deepEqual(
      ['ann', 'bob', 'cid'].map((name) => remote.user_named(name)?.['active']),
      [true, true, true],
    );
    assert.deepEqual([(await view()).state, await dead()], ['ok', []]);
  });

  it('500 again and again: shown as failing and told, tried for three days, then a dead letter that can be sent again', async () => {
    remote.misbehave = () => ({ status: 500, body: { detail: 'boom' } });
    await world.add_user(acme, 'ann');
    for (let tries = 0; tries < 4; tries++) await pass(HOUR);
    assert.equal((await view()).state, 'failing');
    const { data } = await world.postern.audit.list_events({ type: 'scim_target.failing' });
    assert.equal(data.length, 1);
    for (let tries = 0; tries < 16; tries++) await pass(10 * HOUR);
    assert.deepEqual(await reasons(), ['the target answered 500']);
    remote.misbehave = () => undefined;
    assert.deepEqual(await world.postern.outbound.dead_letters.resend(target_id, {}), { resent: 1 });
    await world.settle(1);
    assert.deepEqual([remote.user_named('ann')?.['active'], await dead(), (await view()).state], [true, [], 'ok']);
  });

  it('PATCH refused: everything is written whole, what it has beside ours is kept, and it is not asked again', async () => {
    const ann = await world.add_user(acme, 'ann', { given_name: 'Ann' });
    const staff = await world.add_group(acme, 'Staff', [ann]);
    await world.settle(4);
    const there = remote.user_named('ann');
    remote.users.set(there?.id ?? '', { ...there, id: there?.id ?? '', nickName: 'theirs' });
    remote.limits.patch = false;
    await users().update(ann, { given_name: 'Anna' }, act);
    await world.settle(1);
    assert.deepEqual(
      remote
        .writes()
        .slice(-2)
        .map(({ method }) => method),
      ['PATCH', 'PUT'],
    );
    assert.deepEqual([remote.user_named('ann')?.['nickName'], remote.user_named('ann')?.['name']], ['theirs', { givenName: 'Anna' }]);
    const bob = await world.add_user(acme, 'bob');
    await world.settle(1);
    await world.postern.users.groups(acme).update(staff, { display_name: 'Crew', members: [bob] }, act);
    await users().update(bob, { active: false }, act);
    await world.settle(3);
    assert.deepEqual([...new Set(remote.writes().map(({ method }) => method))].toSorted(), ['POST', 'PUT']);
    assert.deepEqual(
      [remote.member_names('Crew'), remote.user_named('bob')?.['active'], (await view()).profile.patch],
      [['bob'], false, false],
    );
  });

  it('501 is a refusal as well', async () => {
    const ann = await world.add_user(acme, 'ann');
    await world.settle(1);
    remote.misbehave = ({ method }) => (method === 'PATCH' ? { status: 501 } : undefined);
    await users().update(ann, { active: false }, act);
    await world.settle(1);
    assert.equal(remote.user_named('ann')?.['active'], false);
  });

  it('somebody is there already: theirs under our externalId is taken over, anybody else is a dead letter that says why', async () => {
    const state = { switched_off: (await world.postern.organizations.scim_targets.update(target_id, { enabled: false }, act)).view.state };
    assert.equal(state.switched_off, 'off');
    const ann = await world.add_user(acme, 'ann');
    const bob = await world.add_user(acme, 'bob');
    const cid = await world.add_user(acme, 'cid');
    remote.users.set('their-1', { id: 'their-1', userName: 'old-ann', externalId: ann, active: false });
    remote.users.set('their-2', { id: 'their-2', userName: 'BOB' });
    remote.users.set('their-3', { id: 'their-3', userName: 'cid', externalId: 'somebody-else' });
    await world.postern.organizations.scim_targets.update(target_id, { enabled: true }, act);
    await world.settle(5);
    assert.deepEqual([remote.users.get('their-1')?.['userName'], remote.users.get('their-1')?.['active']], ['ann', true]);
    assert.deepEqual(
      (await dead()).map(({ resource_id, reason }) => [resource_id, reason]).toSorted(),
      [
        [bob, 'the target has this userName already, without an externalId: remove it there, or set adopt to "name"'],
        [cid, 'the target has this userName already, under another externalId than ours'],
      ].toSorted(),
    );
    assert.equal(remote.users.get('their-3')?.['externalId'], 'somebody-else');
    await world.postern.organizations.scim_targets.update(target_id, { adopt: 'name' }, act);
    await world.postern.outbound.dead_letters.resend(target_id, {});
    await world.settle(5);
    assert.equal(remote.users.get('their-2')?.['externalId'], bob);
    assert.equal(remote.users.get('their-3')?.['externalId'], 'somebody-else', 'never with another externalId');
  });

  it('409 although it finds nobody: adopted when it does find our externalId then, a dead letter otherwise', async () => {
    remote.misbehave = ({ method }) => (method === 'POST' ? { status: 409, body: { scimType: 'uniqueness' } } : undefined);
    await world.add_user(acme, 'ann');
    await world.settle(1);
    assert.deepEqual(await reasons(), ['the target has this userName already, under another externalId than ours']);
  });

  it('half an answer: whoever was made is found again, not made twice', async () => {
    let first = true;
    remote.misbehave = ({ method }) => {
      if (method !== 'POST' || !first) return undefined;
      first = false;
      return { after: 'half' };
    };
    await world.add_user(acme, 'ann');
    await pass(10_000);
    assert.deepEqual([remote.users.size, remote.asked.filter(({ method }) => method === 'POST').length], [1, 1]);
  });

  it('half an answer, and the person has left meanwhile: they are found and switched off', async () => {
    let first = true;
    remote.misbehave = ({ method }) => {
      if (method !== 'POST' || !first) return undefined;
      first = false;
      return { after: 'half' };
    };
    const ann = await world.add_user(acme, 'ann');
    await world.settle(1);
    assert.equal(remote.user_named('ann')?.['active'], true);
    await users().update(ann, { active: false }, act);
    await world.settle(1);
    assert.equal(remote.user_named('ann')?.['active'], false);
  });

  it('it has lost somebody: they are made anew', async () => {
    const ann = await world.add_user(acme, 'ann');
    await world.add_group(acme, 'Staff', [ann]);
    await world.settle(4);
    remote.users.clear();
    await users().update(ann, { given_name: 'Ann' }, act);
    await world.settle(1);
    assert.deepEqual(remote.user_named('ann')?.['name'], { givenName: 'Ann' });
    await world.settle(3);
    assert.deepEqual(remote.member_names('Staff').includes('ann'), true);
  });

  it('it answers another id than that of whom was changed, or that of somebody else of ours: believed by nobody', async () => {
    const ann = await world.add_user(acme, 'ann');
    await world.settle(1);
    const of_ann = remote.user_named('ann')?.id ?? '';
    remote.misbehave = ({ method }) => (method === 'POST' ? { status: 201, body: { id: of_ann } } : undefined);
    await world.add_user(acme, 'bob');
    await world.settle(1);
    remote.misbehave = ({ method }) => (method === 'PATCH' ? { status: 200, body: { id: 'another' } } : undefined);
    await users().update(ann, { given_name: 'Ann' }, act);
    await world.settle(1);
    remote.misbehave = ({ method }) => (method === 'POST' ? { status: 201, body: { id: 'r99', externalId: 'another' } } : undefined);
    await world.add_user(acme, 'cid');
    await world.settle(1);
    assert.deepEqual((await reasons()).toSorted(), [
      'the target answered about somebody else than who was changed',
      'the target answered about somebody else than whom it was told of',
      'the target named the id of somebody else of ours',
    ]);
  });

  it('what is no SCIM, a redirect, a refusal of our token: tried again, and nothing is followed', async () => {
    let followed = 0;
    const elsewhere = createServer((_request, response) => {
      followed += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const { port } = elsewhere.address() as AddressInfo; // a TCP server's address
    const replies = [
      { status: 200, body: '<html>' },
      { status: 200, body: '[1]' },
      { status: 302, headers: { location: `http://127.0.0.1:${port}/` } },
      { status: 307, headers: { location: `http://127.0.0.1:${port}/` } },
      { status: 401 },
      { status: 403 },
    ];
    const told: (string | null)[] = [];
    await world.add_user(acme, 'ann');
    for (const reply of replies) {
      remote.misbehave = () => reply;
      await pass(6 * HOUR);
      told.push((await view()).last_error);
    }
    remote.misbehave = () => undefined;
    await pass(11 * HOUR);
    elsewhere.close();
    assert.deepEqual(told, [
      'the target answered 200 with what is no SCIM',
      'the target answered 200 with what is no SCIM',
      'the target answered with a redirect (302), which is not followed',
      'the target answered with a redirect (307), which is not followed',
      'the target does not let us in (401)',
      'the target does not let us in (403)',
    ]);
    assert.deepEqual([followed, remote.user_named('ann')?.['active']], [0, true]);
  });

  it('400 for one of many members keeps only that one out', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 9; index++) ids.push(await world.add_user(acme, `p${index}`));
    await world.settle(1);
    remote.users.delete(remote.user_named('p4')?.id ?? '');
    await world.add_group(acme, 'Staff', ids);
    await world.settle(3);
    assert.deepEqual(remote.member_names('Staff'), ['p0', 'p1', 'p2', 'p3', 'p5', 'p6', 'p7', 'p8']);
    assert.deepEqual(await reasons(), ['the target refused 1 of the members']);
  });

  it('AWS: never more than 100 members at once, none by replacing, removals by value, and no attribute that it does not know', async () => {
    await world.postern.organizations.scim_targets.update(target_id, { preset: 'aws', roles: 'none' }, act);
    Object.assign(remote.limits, { max_member_changes: 100, replace_members: false });
    const ids: string[] = [];
    for (let index = 0; index < 101; index++) ids.push(await world.add_user(acme, `p${index}`, { roles: ['reader'] }));
    const staff = await world.add_group(acme, 'Staff', ids);
    await world.settle(6);
    await world.postern.users.groups(acme).update(staff, { members: [] }, act);
    await world.settle(4);
    assert.deepEqual([remote.member_names('Staff'), await dead()], [[], []]);
    const most = Math.max(...remote.asked.map(({ member_changes }) => member_changes));
    assert.equal(most, 100);
    assert.equal(remote.user_named('p1')?.['roles'], undefined);
    assert.ok(!remote.asked.some(({ body }) => JSON.stringify(body).includes('members[')));
  });

  it('it does not answer at all: given up in time, and others are not held up', { timeout: 60_000 }, async () => {
    const ann = await world.add_user(acme, 'ann');
    await world.settle(1);
    remote.misbehave = ({ path }) => (path.includes('/Users/') ? 'hang' : undefined);
    await users().update(ann, { given_name: 'Ann' }, act);
    await world.add_user(acme, 'bob');
    const delivered = world.settle(1);
    for (let waited = 0; remote.user_named('bob') === undefined && waited < 200; waited++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(remote.user_named('bob')?.['active'], true);
    remote.misbehave = () => undefined;
    await remote.drop();
    await delivered;
    assert.match((await view()).last_error ?? '', /cannot be reached/);
    await pass(10_000);
    assert.deepEqual(remote.user_named('ann')?.['name'], { givenName: 'Ann' });
  });

  it('our token, and what is said of a person, are in no log, no record, no answer and no log of deliveries', async () => {
    remote.misbehave = ({ method, authorization, body }) =>
      method === 'POST'
        ? { status: 400, body: { scimType: 'invalidValue', detail: `${authorization} ${JSON.stringify(body)}` } }
        : undefined;
    await world.add_user(acme, 'canary-person', { email: 'canary@acme.example' });
    await world.settle(1);
    const [letter] = await dead();
    assert.equal(letter?.reason, 'the target refused to make this person (400 invalidValue)');
    const told = JSON.stringify([
      await dead(),
      await view(),
      await world.postern.tenants.export(),
      (await world.postern.audit.list_events({ limit: 1000 })).data.filter(({ type }) => type.startsWith('scim_target')),
      world.logged,
    ]);
    for (const secret of [TOKEN, 'canary-person', 'canary@acme.example']) assert.ok(!told.includes(secret), secret);
    const stored = await world.postern.storage.sql.all<{ row: string }>(`SELECT "sealed_secret" || "auth" AS "row" FROM "scim_targets"`);
    assert.ok(!JSON.stringify(stored).includes(TOKEN));
  });
});

describe('a token of client credentials', () => {
  it('is asked for once, used while it lasts, and asked for anew when the target refuses it', async (t) => {
    const world = await outbound_world();
    t.after(() => world.close());
    const given: string[] = [];
    const forms: string[] = [];
    const tokens = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (part: string) => forms.push(`${request.headers.authorization ?? ''} ${part}`));
      request.on('end', () => {
        given.push(`at-${given.length + 1}`);
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ access_token: given.at(-1), expires_in: 600 }));
      });
    });
    await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve));
    t.after(() => tokens.close());
    const { port } = tokens.address() as AddressInfo; // a TCP server's address
    const acme = await world.add_organization('acme');
    const oauth = { token_url: `http://127.0.0.1:${port}/token`, client_id: 'postern', client_secret: 'canary-secret', scope: 'scim' };
    const target = await world.add_target({ token: null, oauth });
    assert.equal(target.oauth?.client_secret, '***');
    await world.add_user(acme, 'ann');
    await world.settle(4);
    await world.add_user(acme, 'bob');
    await world.settle(1);
    assert.deepEqual([given, [...new Set(world.remote.asked.map(({ authorization }) => authorization))]], [['at-1'], ['Bearer at-1']]);
    assert.equal(forms[0], `Basic ${Buffer.from('postern:canary-secret').toString('base64')} grant_type=client_credentials&scope=scim`);
    world.remote.misbehave = ({ authorization }) => (authorization === 'Bearer at-1' ? { status: 401 } : undefined);
    await world.add_user(acme, 'cid');
    await world.settle(1);
    assert.equal(world.remote.user_named('cid')?.['active'], true);
    assert.equal(given.length, 2);
  });
});
