import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sweep_expired } from '../../../src/storage/index.ts';
import { act, people_world, type PeopleWorld, start } from '../../support/people_world.ts';

describe('what has expired is swept', () => {
  let world: PeopleWorld;
  before(async () => {
    world = await people_world();
  });
  after(() => world.close());

  it('what is known of an app’s grant goes with the grant, and not before', async () => {
    const org_id = await world.add_organization();
    const connection_id = await world.add_connection(org_id);
    const user_id = (await world.users.users(org_id).create({ user_name: 'ann' }, act)).view.id;
    const session_id = await world.add_session(org_id, user_id, connection_id);
    await world.storage.write_once(
      `INSERT INTO "oidc_payloads" ("kind", "id_hash", "payload", "grant_hash", "expires_at") VALUES ('Grant', ?, '', ?, ?)`,
      [`grant-${session_id}`, `grant-${session_id}`, start + 1000],
    );
    const left = async (): Promise<number> => (await world.storage.org(org_id).app_grants.find({ user_id })).length;
    await sweep_expired(world.storage, start);
    assert.equal(await left(), 1);
    await sweep_expired(world.storage, start + 2000);
    assert.equal(await left(), 0);
  });
});
