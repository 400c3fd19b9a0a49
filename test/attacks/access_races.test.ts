import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OrgId } from '../../src/kernel/index.ts';
import { make_attempts } from '../../src/login/attempt.ts';
import type { Tx } from '../../src/storage/index.ts';
import { make_grant_loader } from '../support/grant_loader.ts';
import { start_session } from '../../src/tokens/index.ts';
import { act, people_world, type PeopleWorld, start } from '../support/people_world.ts';

const HOUR = 3_600_000;

describe('nothing slips in beside the end of access', () => {
  let world: PeopleWorld;
  let org_id: OrgId;
  let connection_id: string;
  before(async () => {
    world = await people_world();
    org_id = await world.add_organization();
    connection_id = await world.add_connection(org_id);
    await world.storage.transact(async (tx) => {
      for (const id of ['app', 'off'])
        await tx.sql.run(
          `INSERT INTO "clients" ("id", "metadata", "enabled", "created_at", "updated_at", "version") VALUES (?, '{}', ?, ?, ?, 1)`,
          [id, id === 'app', start, start],
        );
    });
  });
  after(() => world.close());

  const add_user = async (name: string): Promise<string> => (await world.users.users(org_id).create({ user_name: name }, act)).view.id;
  const session_of = (tx: Tx, user_id: string): Promise<string> =>
    start_session(tx, world.storage, {
      ...{ org_id, user_id, connection_id, auth_time: start, acr: undefined, amr: [], upstream: undefined, upstream_hash: undefined },
      ...{ ip: '192.0.2.7', user_agent: undefined, created_at: start, expires_at: start + HOUR },
    });
  const sessions_of = (user_id: string) => world.storage.org(org_id).sessions.find({ user_id });

  it('a sign-in whose person is deactivated just before it ends makes no session that would come back to life with them', async () => {
    const user_id = await add_user('deactivated');
    await world.users.users(org_id).update(user_id, { active: false }, act);
    await assert.rejects(
      world.storage.transact((tx) => session_of(tx, user_id)),
      { code: 'user_inactive', status: 403 },
    );
    await assert.rejects(
      world.storage.transact((tx) => session_of(tx, 'usr_gone')),
      { code: 'user_inactive' },
    );
  });

  it('a person who is deactivated while their session is being written has none afterwards', async () => {
    const user_id = await add_user('meanwhile');
    let written = (): void => {};
    const is_written = new Promise<void>((resolve) => {
      written = resolve;
    });
    const signing_in = world.storage.transact(async (tx) => {
      await session_of(tx, user_id);
      written();
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await is_written;
    await Promise.all([signing_in, world.users.users(org_id).update(user_id, { active: false }, act)]);
    assert.deepEqual(await sessions_of(user_id), []);
  });

  it('a connection that is switched off while a sign-in over it ends leaves no session behind', async () => {
    const user_id = await add_user('over');
    const attempts = make_attempts(world.storage, () => start);
    const attempt = {
      ...{
        id: 'attempt',
        purpose: 'login' as const,
        browser_hash: 'b',
        client_id: 'app',
        asked: {},
        started_at: start,
        expires_at: start + HOUR,
        reference: 'R',
      },
      ...{ org_id, connection_id, login_hint: undefined, handle: undefined, pending: undefined, steps: [] },
    };
    await attempts.save(attempt);
    let written = (): void => {};
    const is_written = new Promise<void>((resolve) => {
      written = resolve;
    });
    const signing_in = world.storage.transact(async (tx) => {
      await attempts.finish(tx, attempt);
      await session_of(tx, user_id);
      written();
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    await is_written;
    await Promise.all([signing_in, world.storage.transact((tx) => world.deps.end_access(tx, { org_id, connection_id }, act))]);
    assert.deepEqual(await sessions_of(user_id), []);
    await assert.rejects(
      world.storage.transact((tx) => attempts.finish(tx, attempt)),
      { code: 'login_expired' },
    );
  });

  it('an app gets no grant under a session that was ended after it was looked at, or when another process has switched the app off', async () => {
    const user_id = await add_user('granted');
    const session_id = await world.storage.transact((tx) => session_of(tx, user_id));
    const load = make_grant_loader(world.storage, { org_id, session_id, user_id, connection_id });
    assert.ok(await load('app'));
    await assert.rejects(load('off'), { error: 'login_required' });
    await world.storage.transact((tx) => world.deps.end_access(tx, { org_id, session_id }, act));
    await assert.rejects(load('app'), { error: 'login_required' });
    assert.deepEqual(await world.storage.org(org_id).app_grants.find({ user_id }), []);
  });
});
