import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Conflict, InvalidInput, new_user_id, NotFound, type OrgId, type PosternError } from '../../../src/kernel/index.ts';
import { schemas, type UserCollection } from '../../../src/users/index.ts';
import { act, people_world, type PeopleWorld, start } from '../../support/people_world.ts';

let world: PeopleWorld;
let org: OrgId;
let other: OrgId;
let users: UserCollection;

before(async () => {
  world = await people_world();
  org = await world.add_organization(['acme.example']);
  other = await world.add_organization(['globex.example']);
  users = world.users.users(org);
});
after(() => world.close());

const fifty = Array.from({ length: 50 }, (_, index) => index);
const refusal = (work: Promise<unknown>): Promise<PosternError> =>
  work.then(
    () => assert.fail('was not refused'),
    (error: unknown) => error as PosternError, // every refusal of a room is one
  );
const paths = (error: PosternError): string[] => (error instanceof InvalidInput ? error.fields.map((field) => field.path) : []);

describe('a user', () => {
  it('is made with a user_name alone; everything else is absent', async () => {
    const { view, version } = await users.create({ user_name: 'ann' }, act);
    assert.equal(version, 1);
    assert.match(view.id, /^usr_[0-9A-Za-z]{24}$/);
    assert.deepEqual(
      { ...view, id: '' },
      {
        id: '',
        former_ids: [],
        user_name: 'ann',
        email: null,
        email_verified: false,
        given_name: null,
        family_name: null,
        display_name: null,
        active: true,
        in_allowed_group: true,
        external_id: null,
        attributes: {},
        written_by: { user_name: 'admin' },
        identities: [],
        groups: [],
        roles: [],
        source: 'api',
        last_login_at: null,
        created_at: '2026-01-01T00:00:00.000Z',
        updated_at: '2026-01-01T00:00:00.000Z',
      },
    );
  });

  it('is shown in the shape that the schema says, with identities, groups and roles', async () => {
    const connection_id = await world.add_connection(org);
    const { view } = await users.create(
      {
        user_name: 'shape',
        email: 'shape@acme.example',
        roles: ['admin', { role: 'editor', client_id: 'app' }],
        attributes: { level: 3, tags: ['a', 'b'] },
      },
      act,
    );
    await users.import([{ user_name: 'shape', groups: ['Staff'], identities: [{ connection_id, subject: 's-1' }] }], {}, act);
    const shown = (await users.get(view.id)).view;
    assert.deepEqual(schemas.user.parse(shown), shown);
    assert.deepEqual(shown.roles, ['admin', { role: 'editor', client_id: 'app' }]);
    assert.deepEqual(
      shown.groups.map((group) => group.display_name),
      ['Staff'],
    );
    assert.deepEqual(shown.identities, [{ connection_id, subject: 's-1', last_login_at: null }]);
    assert.equal(shown.email_verified, true);
  });

  it('has a verified e-mail only under a domain that this very organization has proven', async () => {
    const own = await users.create({ user_name: 'own', email: 'own@acme.example' }, act);
    const foreign = await users.create({ user_name: 'foreign', email: 'own@globex.example' }, act);
    assert.deepEqual([own.view.email_verified, foreign.view.email_verified], [true, false]);
  });

  it('of a name that another user of the organization has, in whatever case, is 409; another organization may have it', async () => {
    await users.create({ user_name: 'Taken@acme.example' }, act);
    const error = await refusal(users.create({ user_name: 'taken@ACME.example' }, act));
    assert.deepEqual([error.status, error.code], [409, 'user_name_taken']);
    await world.users.users(other).create({ user_name: 'taken@acme.example' }, act);
  });

  it('of 50 made at once under one name, is made once', async () => {
    const results = await Promise.allSettled(fifty.map(() => users.create({ user_name: 'race' }, act)));
    const lost = results.filter((result) => result.status === 'rejected').map((result) => result.reason as PosternError); // they are refusals
    assert.equal(lost.length, 49);
    assert.ok(lost.every((error) => error instanceof Conflict && error.code === 'user_name_taken'));
  });

  it('with wrong fields is 422, every one named', async () => {
    const body = {
      user_name: 'a\u0000b',
      email: 'nobody',
      active: 'yes',
      surname: 'x',
      roles: [''],
      attributes: { '1st': 'x', ok: { deep: true } },
    };
    const error = await refusal(users.create(body, act));
    assert.equal(error.status, 422);
    assert.deepEqual(paths(error).sort(), ['active', 'attributes.1st', 'attributes.ok', 'email', 'roles.0', 'surname', 'user_name']);
  });

  it('of prototype names in a body gets nothing of them', async () => {
    const body: unknown = JSON.parse(
      '{"user_name":"proto","__proto__":{"active":false},"attributes":{"__proto__":{"x":1},"constructor":"c"}}',
    );
    const made = await users.create(body, act).catch((error: unknown) => error);
    if (made instanceof InvalidInput) return;
    const { view } = made as Awaited<ReturnType<typeof users.create>>; // the only other way
    assert.equal(view.active, true);
    assert.deepEqual(Object.getPrototypeOf(view.attributes), Object.prototype);
    assert.deepEqual(Object.keys(view.attributes), ['constructor']);
  });

  it('is recorded when made, with what was said of them', async () => {
    const { view } = await users.create({ user_name: 'recorded', given_name: 'R' }, act);
    const event = world.events.find((one) => one.target.id === view.id);
    assert.deepEqual(event, {
      type: 'user.created',
      org_id: org,
      target: { kind: 'user', id: view.id, name: 'recorded' },
      after: { user_name: 'recorded', given_name: 'R', source: 'api' },
    });
  });
});

describe('a PATCH of a user', () => {
  it('is a merge patch: what it does not name stays, null removes, also within attributes', async () => {
    const { view } = await users.create(
      { user_name: 'patch', given_name: 'Old', family_name: 'Stays', attributes: { a: '1', b: '2' } },
      act,
    );
    const patched = await users.update(view.id, { given_name: null, attributes: { b: null, c: ['3'] } }, act);
    assert.deepEqual([patched.view.given_name, patched.view.family_name], [null, 'Stays']);
    assert.deepEqual(patched.view.attributes, { a: '1', c: ['3'] });
    assert.equal(patched.version, 2);
    assert.deepEqual((await users.update(view.id, { attributes: null }, act)).view.attributes, {});
  });

  it('sets the roles given by hand, and a new version with them', async () => {
    const { view } = await users.create({ user_name: 'roles', roles: ['a'] }, act);
    const { view: now, version } = await users.update(view.id, { roles: ['b', { role: 'a', client_id: 'app' }] }, act);
    assert.deepEqual(now.roles, [{ role: 'a', client_id: 'app' }, 'b']);
    assert.equal(version, 2);
    assert.deepEqual(world.events.at(-1), {
      type: 'user.roles_changed',
      org_id: org,
      target: { kind: 'user', id: view.id, name: 'roles' },
      before: { removed: [{ role: 'a', client_id: '' }] },
      after: {
        added: [
          { role: 'b', client_id: '' },
          { role: 'a', client_id: 'app' },
        ],
      },
    });
    assert.deepEqual((await users.update(view.id, { roles: null }, act)).view.roles, []);
  });

  it('that changes nothing changes no version and is not recorded', async () => {
    const { view } = await users.create({ user_name: 'same', roles: ['a'], attributes: { x: '1' } }, act);
    const recorded = world.events.length;
    assert.equal((await users.update(view.id, { user_name: 'same', roles: ['a'], attributes: { x: '1' } }, act)).version, 1);
    assert.equal(world.events.length, recorded);
  });

  it('may send back what was read, but cannot change what is read-only', async () => {
    const { view } = await users.create({ user_name: 'round', email: 'round@acme.example' }, act);
    const { view: after } = await users.update(view.id, { ...view, given_name: 'Trip' }, act);
    assert.equal(after.given_name, 'Trip');
    const error = await refusal(
      users.update(view.id, { id: new_user_id(), email_verified: false, groups: [{ id: 'x', display_name: 'y' }] }, act),
    );
    assert.deepEqual(paths(error), ['id', 'email_verified', 'groups']);
  });

  it('with active: false ends every access within its own unit of work, and says so', async () => {
    const connection_id = await world.add_connection(org);
    const { view } = await users.create({ user_name: 'leaver' }, act);
    await world.add_session(org, view.id, connection_id);
    await users.update(view.id, { active: false }, act);
    assert.deepEqual(world.ended.at(-1), { org_id: org, user_id: view.id });
    assert.deepEqual(await users.sessions(view.id), []);
    assert.equal(world.events.at(-1)?.type, 'user.deactivated');
  });

  it('keeps what the partner said of an address until the address changes', async () => {
    const { view } = await users.create({ user_name: 'denied', email: 'denied@acme.example' }, act);
    await world.storage.transact((tx) => tx.org(org).users.update({ id: view.id }, { email_denied: true }));
    const same = await users.update(view.id, { email: 'Denied@acme.example' }, act);
    assert.equal(same.view.email_verified, false);
    assert.equal((await users.update(view.id, { email: 'other@acme.example' }, act)).view.email_verified, true);
  });

  it('with an If-Match that is stale is 412 and changes nothing; a current one is taken', async () => {
    const { view, version } = await users.create({ user_name: 'match' }, act);
    await users.update(view.id, { given_name: 'first' }, act, version);
    const error = await refusal(users.update(view.id, { given_name: 'second' }, act, version));
    assert.equal(error.status, 412);
    assert.equal((await refusal(users.remove(view.id, act, version))).status, 412);
    assert.equal((await users.get(view.id)).view.given_name, 'first');
  });

  it('in parallel with 49 others loses none', async () => {
    const { view } = await users.create({ user_name: 'parallel' }, act);
    await Promise.all(fifty.map((n) => users.update(view.id, { attributes: { [`n${n}`]: n } }, act)));
    const { view: now, version } = await users.get(view.id);
    assert.equal(Object.keys(now.attributes).length, 50);
    assert.equal(version, 51);
  });

  it('of 20 with one If-Match is taken once, the others are 412', async () => {
    const { view, version } = await users.create({ user_name: 'matching' }, act);
    const results = await Promise.allSettled(fifty.slice(0, 20).map((n) => users.update(view.id, { given_name: `n${n}` }, act, version)));
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
    assert.ok(results.every((result) => result.status === 'fulfilled' || (result.reason as PosternError).status === 412)); // they are refusals
  });

  it('to a name that is taken is 409', async () => {
    await users.create({ user_name: 'holder' }, act);
    const { view } = await users.create({ user_name: 'wanter' }, act);
    assert.equal((await refusal(users.update(view.id, { user_name: 'HOLDER' }, act))).code, 'user_name_taken');
  });
});

describe('a DELETE of a user', () => {
  it('ends every access, removes what hangs on them and frees the name', async () => {
    const connection_id = await world.add_connection(org);
    const { view } = await users.create({ user_name: 'gone', roles: ['a'] }, act);
    await users.import([{ user_name: 'gone', groups: ['Gone'], identities: [{ connection_id, subject: 's' }] }], {}, act);
    await world.add_session(org, view.id, connection_id);
    await users.remove(view.id, act);
    assert.deepEqual(world.ended.at(-1), { org_id: org, user_id: view.id });
    assert.equal((await refusal(users.get(view.id))).status, 404);
    for (const table of ['identities', 'group_members', 'user_roles', 'sessions', 'app_grants'] as const)
      assert.equal(await world.storage.org(org)[table].count({ user_id: view.id }), 0, table);
    assert.notEqual((await users.create({ user_name: 'gone' }, act)).view.id, view.id);
  });
});

describe('another organization’s user', () => {
  it('is answered like one that does not exist, whatever is asked', async () => {
    const foreign = (await world.users.users(other).create({ user_name: 'secret' }, act)).view;
    const calls = (id: string): Promise<unknown>[] => [
      users.get(id),
      users.update(id, { active: false }, act),
      users.update(id, { active: 'nonsense' }, act, 99),
      users.remove(id, act),
      users.sessions(id),
      users.end_sessions(id, act),
      users.end_session(id, 'ses_x', act),
      users.export(id, { personal: true }),
    ];
    const answers = async (id: string): Promise<string[]> =>
      (await Promise.all(calls(id).map(refusal))).map((error) => `${error.status} ${error.code} ${error.message}`);
    const unknown = await answers(new_user_id());
    assert.deepEqual(await answers(foreign.id), unknown);
    assert.deepEqual(await answers("x' OR 1=1 --"), unknown);
    assert.deepEqual(await answers('__proto__'), unknown);
    assert.ok(unknown.every((answer) => answer.startsWith('404')));
    assert.deepEqual((await world.users.users(other).get(foreign.id)).view, foreign);
  });

  it('is never in a list', async () => {
    const page = await users.list({ limit: 1000 });
    assert.ok(page.data.every((user) => user.user_name !== 'secret'));
    assert.equal(
      (await users.list({ filters: { filter: 'user_name eq "secret" or not (user_name eq "secret")' }, limit: 1000 })).data.some(
        (user) => user.user_name === 'secret',
      ),
      false,
    );
  });
});

describe('sessions of a user', () => {
  it('are those that live, newest first, with each app once; another one’s cannot be ended through them', async () => {
    const connection_id = await world.add_connection(org);
    const { view } = await users.create({ user_name: 'sessions' }, act);
    const { view: neighbour } = await users.create({ user_name: 'neighbour' }, act);
    const live = await world.add_session(org, view.id, connection_id);
    await world.add_session(org, view.id, connection_id, { expires_at: start - 1 });
    const theirs = await world.add_session(org, neighbour.id, connection_id);
    const shown = await users.sessions(view.id);
    assert.deepEqual(
      shown.map((session) => session.id),
      [live],
    );
    assert.deepEqual(
      shown.map((session) => schemas.session.parse(session)),
      shown,
    );
    assert.deepEqual(shown[0]?.apps, [{ client_id: 'app', since: '2026-01-01T00:00:00.000Z' }]);
    assert.equal((await refusal(users.end_session(view.id, theirs, act))).status, 404);
    await users.end_session(view.id, live, act);
    assert.deepEqual(world.events.at(-1)?.after, { session_id: live });
    assert.deepEqual(await users.sessions(view.id), []);
    assert.equal((await users.sessions(neighbour.id)).length, 1);
  });

  it('end all at once, with what outlives them', async () => {
    const connection_id = await world.add_connection(org);
    const { view } = await users.create({ user_name: 'all' }, act);
    await world.add_session(org, view.id, connection_id, { client_id: 'one' });
    await world.add_session(org, view.id, connection_id, { client_id: 'two' });
    await users.end_sessions(view.id, act);
    assert.deepEqual(await users.sessions(view.id), []);
    assert.equal(await world.storage.org(org).app_grants.count({ user_id: view.id }), 0);
    assert.equal((await users.get(view.id)).view.active, true);
  });
});

describe('the list of users', () => {
  it('comes in pages that neither skip nor repeat', async () => {
    const fresh = await world.add_organization();
    const list = world.users.users(fresh);
    for (const n of fifty.slice(0, 7)) {
      world.clock.now = start + Math.floor(n / 3);
      await list.create({ user_name: `page-${n}` }, act);
    }
    world.clock.now = start;
    const seen: string[] = [];
    let after_: string | undefined;
    do {
      const page = await list.list({ limit: 3, after: after_ });
      seen.push(...page.data.map((user) => user.user_name));
      after_ = page.next ?? undefined;
    } while (after_ !== undefined);
    assert.deepEqual(
      [...seen].sort(),
      fifty.slice(0, 7).map((n) => `page-${n}`),
    );
    assert.equal((await refusal(list.list({ after: 'nonsense' }))).code, 'invalid_cursor');
  });
});

describe('an absent organization', () => {
  it('holds nobody', async () => {
    const nowhere = world.users.users('org_000000000000000000000000' as OrgId); // one that was deleted
    assert.deepEqual(await nowhere.list({}), { data: [], next: null });
    assert.ok((await refusal(nowhere.get(new_user_id()))) instanceof NotFound);
  });
});
