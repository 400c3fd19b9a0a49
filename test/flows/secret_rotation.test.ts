import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { type Installation, start_installation } from '../support/installation.ts';
import { relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

describe('a client secret is changed without a gap', () => {
  let it_is: Installation;
  /** Added to the clock of the broker. */
  let later = 0;
  before(async () => {
    it_is = await start_installation({ now: () => Date.now() + later });
  });
  after(() => it_is?.stop());

  interface Rotated {
    readonly client_secret: string;
    readonly previous_secret_expires_at: string | null;
  }
  const rotate = (client_id: string, body?: unknown): Promise<Rotated> =>
    it_is.broker.api('POST', `/clients/${client_id}/rotate-secret`, body);
  async function is_taken(client_id: string, secret: string, auth = client.ClientSecretBasic(secret)): Promise<boolean> {
    const app = await relying_party({ issuer: it_is.broker.issuer, client_id, client_secret: secret, auth });
    return client.clientCredentialsGrant(app.config).then(
      () => true,
      (error: unknown) => {
        assert.equal((error as client.ResponseBodyError).status, 401);
        return false;
      },
    );
  }

  it('with an overlap both count, in the header and in the form, until it is over', async () => {
    const { client_id, client_secret: old } = await add_client(it_is.broker);
    const rotated = await rotate(client_id, { overlap_seconds: 3600 });
    const until = Date.parse(rotated.previous_secret_expires_at ?? '');
    assert.ok(Math.abs(until - Date.now() - 3_600_000) < 60_000);
    assert.ok(await is_taken(client_id, old));
    assert.ok(await is_taken(client_id, rotated.client_secret));
    assert.equal(await is_taken(client_id, 'neither'), false);
    await it_is.broker.api('PATCH', `/clients/${client_id}`, { token_endpoint_auth_method: 'client_secret_post' });
    assert.ok(await is_taken(client_id, old, client.ClientSecretPost(old)));
    later = 3_600_001;
    try {
      assert.equal(await is_taken(client_id, old, client.ClientSecretPost(old)), false);
      assert.ok(await is_taken(client_id, rotated.client_secret, client.ClientSecretPost(rotated.client_secret)));
    } finally {
      later = 0;
    }
  });

  it('without one, as by default, the old one ends with the answer', async () => {
    const { client_id, client_secret: old } = await add_client(it_is.broker);
    const rotated = await rotate(client_id);
    assert.equal(rotated.previous_secret_expires_at, null);
    assert.equal(await is_taken(client_id, old), false);
    assert.ok(await is_taken(client_id, rotated.client_secret));
  });

  it('a third one ends the first, whatever was left of its time: a secret that leaked is gone after two changes, or one without overlap', async () => {
    const { client_id, client_secret: first } = await add_client(it_is.broker);
    const second = await rotate(client_id, { overlap_seconds: 86_400 });
    const third = await rotate(client_id, { overlap_seconds: 86_400 });
    assert.deepEqual(
      [await is_taken(client_id, first), await is_taken(client_id, second.client_secret), await is_taken(client_id, third.client_secret)],
      [false, true, true],
    );
    const fourth = await rotate(client_id, { overlap_seconds: 0 });
    assert.deepEqual([await is_taken(client_id, third.client_secret), await is_taken(client_id, fourth.client_secret)], [false, true]);
  });

  it('the record says until when, and neither secret', async () => {
    const { client_id, client_secret: old } = await add_client(it_is.broker);
    const { client_secret, previous_secret_expires_at } = await rotate(client_id, { overlap_seconds: 60 });
    const events = JSON.stringify(await it_is.broker.api('GET', '/audit-events?type=client.secret_rotated'));
    assert.ok(events.includes(String(previous_secret_expires_at)));
    for (const secret of [old, client_secret]) assert.ok(!events.includes(secret));
    const shown = JSON.stringify(await it_is.broker.api('GET', `/clients/${client_id}`));
    for (const secret of [old, client_secret]) assert.ok(!shown.includes(secret));
  });

  it('an overlap is a number of seconds, at most 30 days, and not for assertions made with the secret', async () => {
    const { client_id } = await add_client(it_is.broker);
    for (const body of [{ overlap_seconds: -1 }, { overlap_seconds: 2_592_001 }, { overlap_seconds: '60' }, { overlap: 60 }])
      assert.equal((await it_is.broker.call('POST', `/clients/${client_id}/rotate-secret`, body)).status, 422, JSON.stringify(body));
    await it_is.broker.api('PATCH', `/clients/${client_id}`, { token_endpoint_auth_method: 'client_secret_jwt' });
    assert.equal((await it_is.broker.call('POST', `/clients/${client_id}/rotate-secret`, { overlap_seconds: 60 })).status, 422);
    const { client_secret } = await rotate(client_id);
    assert.ok(await is_taken(client_id, client_secret, client.ClientSecretJwt(client_secret)));
  });
});
