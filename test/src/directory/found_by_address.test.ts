import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { remembered_counts } from '../../../src/directory/counts.ts';
import { act } from '../../support/people_world.ts';
import { scim_world, type ScimClient, type ScimWorld } from '../../support/scim_world.ts';

describe('a person', () => {
  let world: ScimWorld;
  let scim: ScimClient;
  before(async () => {
    world = await scim_world();
    scim = await world.client({ dialect: 'entra' });
  });
  after(() => world.close());
  const found = async (filter: string) =>
    (await scim.call('GET', `/Users?filter=${encodeURIComponent(filter)}`)).json.Resources.map(({ userName }) => userName).sort();

  test('is found by any of their addresses, in any case, as they are now', async () => {
    const { id } = await scim.user('ann', {
      emails: [
        { value: 'Ann@acme.example', type: 'work', primary: true },
        { value: 'ann@home.example', type: 'home' },
      ],
    });
    await scim.user('bob', { emails: [{ value: 'bob@home.example', type: 'home' }] });
    assert.deepEqual(await found('emails.value eq "ANN@home.example"'), ['ann']);
    assert.deepEqual(await found('emails[type eq "home"].value eq "ann@home.example"'), ['ann']);
    assert.deepEqual(await found('emails[type eq "work"].value eq "ann@home.example"'), []);
    assert.deepEqual(await found('emails eq "ann@acme.example" or userName eq "bob"'), ['ann', 'bob']);
    assert.deepEqual(await found('not (emails eq "ann@acme.example")'), ['bob']);

    await scim.patch(`/Users/${id}`, { op: 'Replace', path: 'emails[type eq "home"].value', value: 'ann@new.example' });
    assert.deepEqual(await found('emails.value eq "ann@home.example"'), []);
    assert.deepEqual(await found('emails.value eq "ann@new.example"'), ['ann']);

    await world.users.users(scim.org_id).update(id, { email: 'ann@elsewhere.example' }, act, 2);
    assert.deepEqual(await found('emails.value eq "ann@elsewhere.example"'), ['ann']);
    assert.deepEqual(await found('emails.value eq "ann@acme.example"'), []);

    await scim.call('DELETE', `/Users/${id}`);
    assert.deepEqual(await found('emails.value eq "ann@new.example"'), []);
    assert.deepEqual(await world.storage.sql.all(`SELECT * FROM "user_emails" WHERE "user_id" = ?`, [id]), []);
  });

  test('made anywhere else is found as well', async () => {
    await world.users.users(scim.org_id).create({ user_name: 'api', email: 'Api@acme.example' }, act);
    assert.deepEqual(await found('emails.value eq "api@acme.example"'), ['api']);
  });
});

describe('how many there are', () => {
  test('is counted anew after two seconds, after a change here, and where it is not many', async () => {
    let at = 0;
    let total = 20_000;
    let counted = 0;
    const counts = remembered_counts(() => at);
    const ask = (query = 'all', org = 'a') => counts.of(org, query, async () => (counted++, total));
    assert.equal(await ask(), 20_000);
    total = 20_001;
    assert.equal(await ask(), 20_000);
    assert.equal(await ask('others'), 20_001);
    at = 2000;
    assert.equal(await ask(), 20_001);
    total = 20_002;
    counts.forget('b');
    assert.equal(await ask(), 20_001);
    counts.forget('a');
    assert.equal(await ask(), 20_002);
    total = 9999;
    counted = 0;
    await ask('few');
    await ask('few');
    assert.equal(counted, 2);
  });

  test('that was counted before a change is not remembered after it', async () => {
    const counts = remembered_counts(() => 0);
    await counts.of('a', 'all', async () => {
      counts.forget('a');
      return 50_000;
    });
    assert.equal(await counts.of('a', 'all', async () => 50_001), 50_001);
  });
});
