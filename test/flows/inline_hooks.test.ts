import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { Browser } from '../support/browser.ts';
import { type Installation, type SignedIn, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { arrive } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { verify_webhook, type WebhookReceiver, webhook_receiver } from '../support/webhook_receiver.ts';

const people = ['known', 'stranger', 'renamed', 'waiter', 'denied', 'claimed', 'slow', 'open', 'cached', 'wrong'];

describe('inline hooks', () => {
  let it_is: Installation;
  let endpoint: WebhookReceiver;
  const hooks: string[] = [];
  before(async () => {
    endpoint = await webhook_receiver();
    it_is = await start_installation({ people: people.map((name) => person(name)) });
    await it_is.broker.api('POST', '/resources', { identifier: 'urn:api', name: 'API', scopes: ['read'] });
  });
  after(async () => {
    await it_is.stop();
    await endpoint.close();
  });
  afterEach(async () => {
    for (const id of hooks.splice(0)) await it_is.broker.api('DELETE', `/inline-hooks/${id}`);
    endpoint.received.splice(0);
  });
  const add_hook = async (point: string, answer: object | number | 'hang', body: object = {}): Promise<{ id: string; secret: string }> => {
    endpoint.behave = () => (typeof answer === 'object' ? { status: 200, body: answer } : answer);
    const given = { url: endpoint.url, point, timeout_ms: 8000, ...body };
    const hook = await it_is.broker.api<{ id: string; secret: string }>('POST', '/inline-hooks', given);
    hooks.push(hook.id);
    return hook;
  };
  const login = (name: string, parameters: Readonly<Record<string, string>> = {}): Promise<SignedIn> =>
    it_is.login(parameters, { who: person(name) });
  /** A sign-in that ends on a page of ours. */
  const refused = async (name: string): Promise<{ status: number; html: string }> => {
    const browser = new Browser();
    const started = await it_is.app.begin({ organization: 'acme' });
    const page = await sign_in(browser, await arrive(browser, it_is.app, started.url), person(name));
    assert.notEqual(page.status, 299, 'it must not reach the app');
    return page;
  };
  const user_named = async (name: string): Promise<Record<string, unknown> | undefined> => {
    const filter = encodeURIComponent(`email sw "${name}@"`);
    const { data } = await it_is.broker.api<{ data: Record<string, unknown>[] }>(
      'GET',
      `/organizations/${it_is.acme.org_id}/users?filter=${filter}`,
    );
    return data[0];
  };

  describe('before_user_created', () => {
    it('is asked, signed, only when a user would be made; nothing is written when it denies, and its message is on the page as text', async () => {
      await login('known');
      const hook = await add_hook('before_user_created', { action: 'deny', message: 'Ask <b>Eve</b> in IT first.' });
      await login('known');
      assert.equal(endpoint.received.length, 0);
      const page = await refused('stranger');
      assert.equal(page.status, 403);
      assert.match(page.html, /Ask &lt;b&gt;Eve&lt;\/b&gt; in IT first\./);
      const [asked] = endpoint.received;
      assert.ok(asked);
      assert.deepEqual(verify_webhook(asked, hook.secret), JSON.parse(asked.body));
      assert.equal(asked.type, 'inline.before_user_created');
      assert.deepEqual([asked.data['organization_id'], asked.data['connection_id']], [it_is.acme.org_id, it_is.connection_id]);
      assert.equal((asked.data['person'] as { email: string }).email, 'stranger@acme.example');
      assert.equal(await user_named('stranger'), undefined);
    });

    it('may change what the person is called, and nothing that says who they are', async () => {
      await add_hook('before_user_created', { person: { display_name: 'By the hook' } });
      await login('renamed');
      assert.equal((await user_named('renamed'))?.['display_name'], 'By the hook');
      await it_is.broker.api('DELETE', `/inline-hooks/${hooks.pop() ?? ''}`);
      await add_hook('before_user_created', { person: { email: 'ceo@acme.example' } });
      assert.equal((await refused('wrong')).status, 502);
      assert.equal(await user_named('wrong'), undefined);
    });

    it('may ask to wait: a page says so, and the next try asks again', async () => {
      await add_hook('before_user_created', { action: 'wait', message: 'Your manager was asked.' });
      const page = await refused('waiter');
      assert.match(page.html, /approval_pending/);
      assert.match(page.html, /Your manager was asked\./);
      endpoint.behave = () => 204;
      await login('waiter');
    });
  });

  describe('after_login', () => {
    it('is asked with the person as they are now, at every sign-in, and denies before there is a session', async () => {
      const { user_id } = await login('denied');
      await add_hook('after_login', { action: 'deny' });
      assert.equal((await refused('denied')).status, 403);
      const [asked] = endpoint.received;
      const data = asked?.data ?? {};
      const user = data['user'] as Record<string, unknown>;
      assert.deepEqual([user['id'], user['email'], data['created']], [user_id, 'denied@acme.example', false]);
      const sessions = await it_is.broker.api<{ data: unknown[] }>('GET', `/organizations/${it_is.acme.org_id}/users/${user_id}/sessions`);
      assert.equal(sessions.data.length, 1, 'only the one of before');
      const { data: events } = await it_is.broker.api<{ data: { after: { code: string } }[] }>('GET', '/audit-events?type=login.failed');
      assert.equal(events[0]?.after.code, 'denied');
    });

    it('of another organization is not asked', async () => {
      const other = await it_is.broker.api<{ id: string }>('POST', '/organizations', { slug: 'other', name: 'Other' });
      await add_hook('after_login', { action: 'deny' }, { organizations: [other.id] });
      await login('known');
      assert.equal(endpoint.received.length, 0);
    });
  });

  describe('before_token', () => {
    it('adds claims to ID token and signed access token, asked once for both, and again at a refresh', async () => {
      await add_hook('before_token', { claims: { plan: 'gold', limits: { seats: 5 } } });
      const { tokens } = await login('claimed', { scope: 'openid offline_access read', resource: 'urn:api' });
      assert.equal(endpoint.received.length, 1);
      assert.deepEqual([tokens.claims()?.['plan'], tokens.claims()?.['limits']], ['gold', { seats: 5 }]);
      const signed = jose.decodeJwt(tokens.access_token);
      assert.deepEqual([signed['plan'], signed['org_id']], ['gold', it_is.acme.org_id]);
      endpoint.behave = () => ({ status: 200, body: { claims: { plan: 'silver' } } });
      const fresh = await client.refreshTokenGrant(it_is.app.config, tokens.refresh_token ?? '');
      assert.equal(jose.decodeJwt(fresh.access_token)['plan'], 'silver');
      assert.equal(endpoint.received.length, 2);
    });

    it('attack: a hook that says who somebody is, is not heard', async () => {
      for (const claims of [{ sub: 'usr_other' }, { org_id: 'org_other' }, { roles: ['owner'] }, { aud: 'x' }, { email_verified: true }]) {
        await add_hook('before_token', { claims }, { on_failure: 'fail_open' });
        const { tokens, user_id } = await login('claimed');
        assert.deepEqual([tokens.claims()?.sub, tokens.claims()?.['org_id']], [user_id, it_is.acme.org_id]);
        assert.deepEqual(tokens.claims()?.['roles'], []);
        await it_is.broker.api('DELETE', `/inline-hooks/${hooks.pop() ?? ''}`);
      }
    });

    it('may deny: the app is told access_denied', async () => {
      await add_hook('before_token', { action: 'deny', message: 'Licence expired' });
      await assert.rejects(
        login('claimed'),
        (error: client.ResponseBodyError) => error.error === 'access_denied' && error.error_description === 'Licence expired',
      );
    });
  });

  describe('an endpoint that does not answer as it should', () => {
    it('fail_closed, the default: nobody comes in, on time', async () => {
      await add_hook('after_login', 'hang', { timeout_ms: 200 });
      const page = await refused('slow');
      assert.equal(page.status, 502);
      assert.match(page.html, /check_failed/);
    });

    it('fail_open: the sign-in goes on', async () => {
      for (const answer of [500, 302, 'hang', { action: 'explode' }, { max_age: -1 }] as const) {
        await add_hook('after_login', answer, { on_failure: 'fail_open', timeout_ms: 200 });
        await login('open');
        await it_is.broker.api('DELETE', `/inline-hooks/${hooks.pop() ?? ''}`);
      }
    });
  });

  it('an answer with max_age is not asked for again meanwhile, by nobody else either, and not after the hook was changed', async () => {
    const { id } = await add_hook('before_token', { claims: { plan: 'gold' }, max_age: 60 });
    for (const _ of [1, 2, 3]) assert.equal((await login('cached')).tokens.claims()?.['plan'], 'gold');
    assert.equal(endpoint.received.length, 1);
    await login('claimed');
    assert.equal(endpoint.received.length, 2, 'another person is another question');
    await it_is.broker.api('PATCH', `/inline-hooks/${id}`, { description: 'changed' });
    await login('cached');
    assert.equal(endpoint.received.length, 3);
  });
});
