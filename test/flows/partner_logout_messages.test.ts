import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { open_storage, type Storage } from '../../src/storage/index.ts';
import { type Installation, start_installation } from '../support/installation.ts';

describe('a logout token of the partner is used up by what it ends', () => {
  let at: Installation;
  let storage: Storage;
  before(async () => {
    at = await start_installation();
    storage = await open_storage({ database: at.broker.world.settings.database, secrets: at.broker.world.secrets });
  });
  after(async () => {
    await storage?.close();
    await at?.stop();
  });

  const post = async (logout_token: string): Promise<number> => {
    const address = `${at.broker.issuer}/oidc/${at.connection_id}/backchannel-logout`;
    return (await fetch(address, { method: 'POST', body: new URLSearchParams({ logout_token }) })).status;
  };
  const is_live = async (access_token: string): Promise<boolean> => (await client.tokenIntrospection(at.app.config, access_token)).active;

  it('one whose work failed ends the sessions when the partner sends it again', async () => {
    const { tokens } = await at.login();
    const token = await at.mock.logout_token({ sub: at.ann.id });
    await storage.write_once(`ALTER TABLE "app_grants" RENAME TO "app_grants_away"`, []);
    try {
      assert.equal(await post(token), 500);
    } finally {
      await storage.write_once(`ALTER TABLE "app_grants_away" RENAME TO "app_grants"`, []);
    }
    assert.ok(await is_live(tokens.access_token));
    assert.equal(await post(token), 200);
    assert.equal(await is_live(tokens.access_token), false);
    assert.equal(await post(token), 400);
  });

  it('ten at once: one is heard, nine are repetitions, and a session begun since stays', async () => {
    const { tokens } = await at.login();
    const token = await at.mock.logout_token({ sub: at.ann.id });
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(token)));
    assert.deepEqual(answers.sort(), [200, ...Array.from({ length: 9 }, () => 400)]);
    assert.equal(await is_live(tokens.access_token), false);
    const later = await at.login();
    assert.equal(await post(token), 400);
    assert.ok(await is_live(later.tokens.access_token));
  });

  it('one that names nobody here is used up as well: it ends nobody who comes later', async () => {
    const token = await at.mock.logout_token({ sub: at.ann.id });
    await at.broker.api('DELETE', `/organizations/${at.acme.org_id}/users/${(await at.login()).user_id}/sessions`);
    assert.equal(await post(token), 200);
    const later = await at.login();
    assert.equal(await post(token), 400);
    assert.ok(await is_live(later.tokens.access_token));
  });

  it('one that is refused is answered to a program: 400, JSON with error and error_description, never stored', async () => {
    const forged = await at.mock.logout_token({ sub: at.ann.id, aud: 'another' });
    for (const [connection_id, body] of [
      [at.connection_id, new URLSearchParams({ logout_token: forged })],
      [at.connection_id, new URLSearchParams({ logout_token: 'no token' })],
      [at.connection_id, new URLSearchParams()],
      ['con_unknown', new URLSearchParams({ logout_token: forged })],
    ] as const) {
      const answer = await fetch(`${at.broker.issuer}/oidc/${connection_id}/backchannel-logout`, { method: 'POST', body });
      assert.equal(answer.status, connection_id === at.connection_id ? 400 : 404);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      const told: unknown = await answer.json();
      assert.deepEqual(Object.keys(told as object), ['error', 'error_description']); // any object would do
      assert.equal((told as { error: unknown }).error, 'invalid_request'); // compared above
    }
  });

  it('one refused for another fault does not use up the name of an honest one', async () => {
    const { tokens } = await at.login();
    assert.equal(await post(await at.mock.logout_token({ jti: 'mine', sub: at.ann.id, aud: 'another' })), 400);
    assert.ok(await is_live(tokens.access_token));
    assert.equal(await post(await at.mock.logout_token({ jti: 'mine', sub: at.ann.id })), 200);
    assert.equal(await is_live(tokens.access_token), false);
  });
});
