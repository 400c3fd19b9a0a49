import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as client from 'openid-client';
import { make_world, start } from '../../src/main.ts';
import { open_storage, type Storage } from '../../src/storage/index.ts';
import { free_port } from '../support/free_port.ts';
import { type Installation, type SignedIn, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

const scope = 'openid profile email offline_access';

describe('the partner is asked again, by its refresh token, where the connection says so', () => {
  let at: Installation;
  let storage: Storage;
  before(async () => {
    at = await start_installation({ people: [person('bea')] });
    storage = await open_storage({ database: at.broker.world.settings.database, secrets: at.broker.world.secrets });
    await configure({ keep_refresh_token: true, recheck_minutes: 10 });
  });
  after(async () => {
    await storage?.close();
    await at?.stop();
  });
  beforeEach(async () => {
    at.mock.switches.reset();
    await storage.write_once(`DELETE FROM "rechecks"`, []);
  });

  const configure = (oidc: Readonly<Record<string, unknown>>) =>
    at.broker.api('PATCH', `/organizations/${at.acme.org_id}/connections/${at.connection_id}`, { oidc });
  const refresh = ({ tokens }: Pick<SignedIn, 'tokens'>) => client.refreshTokenGrant(at.app.config, tokens.refresh_token ?? '');
  const invalid_grant = (error: client.ResponseBodyError): boolean => error.error === 'invalid_grant';
  /** As if the minutes had gone by. */
  const time_passes = () => storage.write_once(`UPDATE "rechecks" SET "ask_at" = 1`, []);
  const asked = (): number => at.mock.renewals();
  const ended_by_recheck = async (): Promise<{ after: Record<string, unknown> }[]> => {
    const { data } = await at.broker.api<{ data: { after: Record<string, unknown> }[] }>(
      'GET',
      `/audit-events?organization_id=${at.acme.org_id}&type=session.ended`,
    );
    return data.filter((event) => event.after['by'] === 'recheck');
  };

  it('not before its minutes have gone by, then once, with the token that the partner gave last', async () => {
    const ann = await at.login({ scope });
    const before_all = asked();
    let { tokens } = ann;
    tokens = await refresh({ tokens });
    assert.equal(asked(), before_all);
    for (const round of [1, 2, 3]) {
      await time_passes();
      tokens = await refresh({ tokens });
      tokens = await refresh({ tokens });
      assert.equal(asked(), before_all + round);
    }
    assert.equal((await client.tokenIntrospection(at.app.config, tokens.access_token)).active, true);
  });

  it('its no ends the session, every token of it, and is recorded', async () => {
    const ann = await at.login({ scope });
    const bea = await at.login({ scope }, { who: person('bea') });
    at.mock.switches.set('refresh_refused', true);
    await refresh(ann);
    const again = await at.login({ scope });
    await time_passes();
    const before_it = (await ended_by_recheck()).length;
    await assert.rejects(refresh(again), invalid_grant);
    assert.equal((await client.tokenIntrospection(at.app.config, again.tokens.access_token)).active, false);
    await assert.rejects(client.fetchUserInfo(at.app.config, again.tokens.access_token, again.user_id));
    const { data } = await at.broker.api<{ data: unknown[] }>('GET', `/organizations/${at.acme.org_id}/users/${bea.user_id}/sessions`);
    assert.equal(data.length, 1);
    const ended = await ended_by_recheck();
    assert.equal(ended.length, before_it + 1);
    assert.deepEqual(ended[0]?.after, { by: 'recheck', why: 'refused', user_id: again.user_id, connection_id: at.connection_id });
    const none = await at.app.begin({ prompt: 'none' });
    const page = await again.browser.open(none.url);
    assert.equal(new URL(page.url).searchParams.get('error'), 'login_required');
  });

  it('a person who left the partner loses the session at the next question', async () => {
    const cara = person('cara');
    at.mock.people.push(cara);
    const signed_in = await at.login({ scope }, { who: cara });
    at.mock.people.splice(at.mock.people.indexOf(cara), 1);
    await time_passes();
    await assert.rejects(refresh(signed_in), invalid_grant);
  });

  for (const trouble of ['dead', 'error_500', 'invalid_client']) {
    it(`${trouble}: no answer ends nothing, and is not waited for at every turn, until the grace is over`, async () => {
      const ann = await at.login({ scope });
      at.mock.switches.set(trouble, true);
      await time_passes();
      let tokens = await refresh(ann);
      const count = asked();
      tokens = await refresh({ tokens });
      assert.equal(asked(), count);
      await time_passes();
      tokens = await refresh({ tokens });
      await storage.write_once(`UPDATE "rechecks" SET "failing_since" = 1, "ask_at" = 1`, []);
      await assert.rejects(refresh({ tokens }), invalid_grant);
      assert.equal((await ended_by_recheck())[0]?.after['why'], 'no_answer');
    });
  }

  for (const lie of ['refresh_of_another', 'bad_signature', 'unknown_key', 'wrong_audience', 'wrong_issuer', 'expired', 'wrong_at_hash']) {
    it(`${lie}: an answer that cannot be trusted is none, and nothing of it is taken`, async () => {
      const ann = await at.login({ scope });
      const kept = await storage.sql.all(`SELECT "sealed_kept" FROM "rechecks"`);
      at.mock.switches.set(lie, true);
      await time_passes();
      const tokens = await refresh(ann);
      assert.equal(tokens.claims()?.sub, ann.user_id);
      assert.deepEqual(await storage.sql.all(`SELECT "sealed_kept" FROM "rechecks" WHERE "failing_since" IS NOT NULL`), kept);
      await storage.write_once(`UPDATE "rechecks" SET "failing_since" = 1, "ask_at" = 1`, []);
      await assert.rejects(refresh({ tokens }), invalid_grant);
    });
  }

  it('a partner that came back is believed again: earlier silence does not count', async () => {
    const ann = await at.login({ scope });
    at.mock.switches.set('error_500', true);
    await time_passes();
    let tokens = await refresh(ann);
    at.mock.switches.reset();
    await time_passes();
    tokens = await refresh({ tokens });
    const row = await storage.sql.get<{ failing: number }>(
      `SELECT COUNT(*) AS "failing" FROM "rechecks" WHERE "failing_since" IS NOT NULL`,
    );
    assert.equal(Number(row?.failing), 0);
    assert.ok(tokens.refresh_token);
  });

  it('asks once for a session, however many apps in however many processes refresh at the same moment', async () => {
    const second = await add_client(at.broker);
    const other = await relying_party({ issuer: at.broker.issuer, ...second });
    const ann = await at.login({ scope });
    const there = await at.login({ scope }, { app: other, browser: ann.browser });
    const port = await free_port();
    const { settings } = at.broker.world;
    const process_two = await start(make_world({ ...settings, port }));
    try {
      await time_passes();
      const count = asked();
      const post = (to: string, { client_id, client_secret }: { client_id: string; client_secret: string }, token = '') =>
        fetch(`${to}/token`, {
          method: 'POST',
          body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }),
          headers: { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}` },
        });
      const answers = await Promise.all([
        post(at.broker.issuer, at, ann.tokens.refresh_token),
        post(`http://127.0.0.1:${port}`, second, there.tokens.refresh_token),
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200],
      );
      assert.equal(asked(), count + 1);
    } finally {
      await process_two.stop(500);
    }
  });

  it('what asks is sealed in the database, and goes with the session', async () => {
    const ann = await at.login({ scope });
    const given = at.mock.last_refresh_token() ?? '';
    assert.notEqual(given, '');
    const rows = await storage.sql.all<{ sealed_kept: string; user_id: string }>(`SELECT * FROM "rechecks" WHERE "user_id" = ?`, [
      ann.user_id,
    ]);
    assert.ok(rows.length > 0);
    assert.ok(!JSON.stringify(rows).includes(given));
    await at.broker.api('DELETE', `/organizations/${at.acme.org_id}/users/${ann.user_id}/sessions`);
    assert.deepEqual(await storage.sql.all(`SELECT * FROM "rechecks" WHERE "user_id" = ?`, [ann.user_id]), []);
  });

  it('a connection that speaks to another provider by now shows it no token of the first: the session ends', async () => {
    const ann = await at.login({ scope });
    await configure({ client_id: 'another', client_secret: at.mock.client_secret });
    await time_passes();
    const count = asked();
    await assert.rejects(refresh(ann), invalid_grant);
    assert.equal(asked(), count);
    await configure({ client_id: at.mock.client_id, client_secret: at.mock.client_secret });
  });

  it('switched off, nothing is asked and nothing kept; a partner that gives no token is noted in the trace', async () => {
    const ann = await at.login({ scope });
    await configure({ keep_refresh_token: false });
    await time_passes();
    const count = asked();
    await refresh(ann);
    assert.equal(asked(), count);
    await storage.write_once(`DELETE FROM "rechecks"`, []);
    await at.login({ scope });
    const kept = await storage.sql.all(`SELECT * FROM "rechecks"`);
    assert.equal(kept.length, 0);
    await configure({ keep_refresh_token: true });
    at.mock.switches.set('no_refresh_token', true);
    await at.login({ scope });
    const { data } = await at.broker.api<{ data: { reference: string }[] }>('GET', `/login-traces?outcome=succeeded`);
    const { steps } = await at.broker.api<{ steps: { name: string; ok: boolean; fix?: string }[] }>(
      'GET',
      `/login-traces/${data[0]?.reference ?? ''}`,
    );
    assert.equal(steps.find(({ name }) => name === 'refresh_token')?.ok, false);
  });
});
