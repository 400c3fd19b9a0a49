import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import * as client from 'openid-client';
import { oidc_switches } from '../../src/mock/oidc/index.ts';
import { Browser, type Page } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { reference_of } from '../support/reference.ts';
import { arrive } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';

const mallory = person('mallory');

/** What a person meets when the partner does this: status of the page, code in the trace. */
const MET: Readonly<Record<string, readonly [status: number, code: string]>> = {
  wrong_audience: [400, 'answer_invalid'],
  second_audience: [400, 'answer_invalid'],
  wrong_issuer: [400, 'answer_invalid'],
  wrong_response_issuer: [400, 'answer_invalid'],
  no_response_issuer: [400, 'answer_invalid'],
  wrong_nonce: [400, 'answer_invalid'],
  no_nonce: [400, 'answer_invalid'],
  wrong_state: [400, 'login_not_found'],
  expired: [400, 'clock_difference'],
  clock_skew: [400, 'clock_difference'],
  bad_signature: [400, 'answer_invalid'],
  unknown_key: [400, 'answer_invalid'],
  unsigned: [400, 'answer_invalid'],
  hs256: [400, 'answer_invalid'],
  wrong_at_hash: [400, 'answer_invalid'],
  access_token_type: [400, 'answer_invalid'],
  empty_subject: [400, 'answer_invalid'],
  other_userinfo: [400, 'answer_invalid'],
  access_denied: [403, 'denied'],
  server_error: [502, 'partner_error'],
  invalid_client: [502, 'connection_misconfigured'],
};
/** Not attacks by themselves, or tried elsewhere. */
const OTHERS = [
  'replay',
  'no_email',
  'email_unverified',
  'email_silent',
  'no_auth_time',
  'old_authentication',
  'other_context',
  'account_locked',
  'password_expired',
  'new_key',
  'groups_overage',
  'no_discovery',
  'no_refresh_token',
  'refresh_refused',
  'refresh_of_another',
  'huge',
  'slow',
  'error_500',
  'dead',
];

describe('a hostile OIDC partner, through the whole broker', () => {
  let at: Installation;
  before(async () => {
    at = await start_installation({ people: [mallory] });
  });
  after(() => at?.stop());
  beforeEach(() => at.mock.switches.reset());

  const try_as = async (who: { username: string; password: string }, parameters: Readonly<Record<string, string>> = {}): Promise<Page> => {
    const browser = new Browser();
    const started = await at.app.begin({ organization: 'acme', ...parameters });
    return sign_in(browser, await arrive(browser, at.app, started.url), who);
  };
  const users = async (): Promise<string[]> =>
    (await at.broker.api<{ data: { user_name: string }[] }>('GET', `/organizations/${at.acme.org_id}/users`)).data.map(
      (user) => user.user_name,
    );

  it('every switch of the mock is tried', () => {
    assert.deepEqual([...Object.keys(MET), ...OTHERS].sort(), oidc_switches.map(({ name }) => name).sort());
  });

  for (const [name, [status, code]] of Object.entries(MET)) {
    it(`${name}: ${status}, ${code} in the trace, nobody is made, and the page says no word of the partner's`, async () => {
      at.mock.switches.set(name, true);
      const page = await try_as(mallory);
      assert.equal(page.status, status, page.html);
      const reference = reference_of(page);
      const trace = await at.broker.api<{ code: string; steps: { ok: boolean }[] }>('GET', `/login-traces/${reference}`);
      assert.equal(trace.code, code);
      assert.doesNotMatch(page.html, /somebody-else|another-client|Not assigned|Something went wrong here|OAUTH_|JWT/);
      assert.ok(!(await users()).some((user_name) => user_name.includes('mallory')));
    });
  }

  it('replay: the ID token of an earlier sign-in signs in nobody', async () => {
    await at.login();
    at.mock.switches.set('replay', true);
    const page = await try_as(mallory);
    assert.equal(page.status, 400, page.html);
  });

  it('a key set of 20 MB is not read to its end', async () => {
    const fresh = await start_installation({ people: [mallory] });
    try {
      fresh.mock.switches.set('huge', true);
      const browser = new Browser();
      const started = await fresh.app.begin({ organization: 'acme' });
      const page = await sign_in(browser, await arrive(browser, fresh.app, started.url), mallory);
      assert.equal(page.status, 400, page.html);
    } finally {
      await fresh.stop();
    }
  });

  it('step-up: an old authentication, or another context, is refused where the app demanded more (O9)', async () => {
    at.mock.switches.set('old_authentication', true);
    assert.equal((await try_as(at.ann, { max_age: '60' })).status, 403);
    assert.equal((await try_as(at.ann, { prompt: 'login' })).status, 403);
    at.mock.switches.reset();
    at.mock.switches.set('no_auth_time', true);
    assert.equal((await try_as(at.ann, { max_age: '60' })).status, 403);
    at.mock.switches.reset();
    at.mock.switches.set('other_context', true);
    assert.equal((await try_as(at.ann, { acr_values: 'urn:mock:two-factors' })).status, 403);
  });

  it('email_verified of the partner counts for nothing but a proven domain, and its "false" always', async () => {
    at.mock.people.push(person('foreign', { email: 'ceo@elsewhere.example', email_verified: true }));
    const foreign = await at.login({ scope: 'openid email' }, { who: person('foreign') });
    assert.equal(foreign.tokens.claims()?.['email_verified'], false);
    at.mock.switches.set('email_unverified', true);
    const own = await at.login({ scope: 'openid email' });
    assert.equal(own.tokens.claims()?.['email_verified'], false);
  });

  describe('its logout tokens (O8)', () => {
    const address = (): string => `${at.broker.issuer}/oidc/${at.connection_id}/backchannel-logout`;
    const post = async (logout_token: string): Promise<number> =>
      (await fetch(address(), { method: 'POST', body: new URLSearchParams({ logout_token }) })).status;
    const is_live = async (access_token: string): Promise<boolean> => (await client.tokenIntrospection(at.app.config, access_token)).active;

    it('forged ones end nothing', async () => {
      const { tokens } = await at.login();
      const about = { sub: at.ann.id };
      for (const forged of [
        'x.y.z',
        await at.mock.logout_token({ ...about, aud: 'another-client' }),
        await at.mock.logout_token({ ...about, iss: 'https://somebody-else.example' }),
        await at.mock.logout_token({ ...about, nonce: 'n' }),
        await at.mock.logout_token({ ...about, events: {} }),
        await at.mock.logout_token({ ...about, iat: Math.floor(Date.now() / 1000) - 3600 }),
      ])
        assert.equal(await post(forged), 400);
      assert.ok(await is_live(tokens.access_token));
    });

    it('an honest one ends the sessions of its subject, and their tokens, once', async () => {
      const { tokens } = await at.login();
      const token = await at.mock.logout_token({ sub: at.ann.id });
      assert.equal(await post(token), 200);
      assert.equal(await is_live(tokens.access_token), false);
      const again = await at.login();
      assert.equal(await post(token), 400);
      assert.ok(await is_live(again.tokens.access_token));
    });

    it('one about somebody else ends nothing of Ann', async () => {
      const { tokens } = await at.login();
      assert.equal(await post(await at.mock.logout_token({ sub: 'nobody-known' })), 200);
      assert.ok(await is_live(tokens.access_token));
    });
  });
});
