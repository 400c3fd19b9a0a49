import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import { Browser } from '../support/browser.ts';
import { type Installation, type SignedIn, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { arrive, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const names = ['user', 'connection', 'organization', 'client', 'deleted', 'session', 'guest', 'host'];

describe('access that was ended has ended when the answer arrives', () => {
  let it_is: Installation;
  const told: { token: string }[] = [];
  const listener = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      told.push({ token: new URLSearchParams(Buffer.concat(parts).toString()).get('logout_token') ?? '' });
      response.writeHead(200).end();
    });
  });
  before(async () => {
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo; // a TCP server's address
    it_is = await start_installation({
      people: names.map((name) => person(name)),
      client: { backchannel_logout_uri: `http://127.0.0.1:${port}/backchannel-logout` },
    });
  });
  after(async () => {
    await it_is.stop();
    listener.close();
    listener.closeAllConnections();
  });

  async function is_over({ browser, tokens }: SignedIn): Promise<void> {
    const { app } = it_is;
    await assert.rejects(client.fetchUserInfo(app.config, tokens.access_token, tokens.claims()?.sub ?? ''), 'userinfo must refuse');
    assert.equal((await client.tokenIntrospection(app.config, tokens.access_token)).active, false);
    assert.equal((await client.tokenIntrospection(app.config, tokens.refresh_token ?? '')).active, false);
    await assert.rejects(
      client.refreshTokenGrant(app.config, tokens.refresh_token ?? ''),
      (error: client.ResponseBodyError) => error.error === 'invalid_grant',
    );
    const none = await app.begin({ prompt: 'none' });
    assert.equal(new URL((await arrive(browser, app, none.url)).url).searchParams.get('error'), 'login_required');
  }
  async function app_is_told(tokens: SignedIn['tokens']): Promise<void> {
    const sid = tokens.claims()?.['sid'];
    const jwks = jose.createRemoteJWKSet(new URL(`${it_is.broker.issuer}/jwks`));
    const { token } = await until(() => told.find((one) => jose.decodeJwt(one.token)['sid'] === sid));
    const { payload } = await jose.jwtVerify(token, jwks, { issuer: it_is.broker.issuer, audience: it_is.client_id, typ: 'logout+jwt' });
    assert.equal(payload.sub, tokens.claims()?.sub);
    assert.ok('http://schemas.openid.net/event/backchannel-logout' in (payload['events'] as object));
    assert.equal(payload['nonce'], undefined);
  }
  const login = (name: string): Promise<SignedIn> => it_is.login({ scope: 'openid offline_access' }, { who: person(name) });

  it('a user who is deactivated', async () => {
    const signed_in = await login('user');
    const { broker, acme } = it_is;
    await broker.api('PATCH', `/organizations/${acme.org_id}/users/${signed_in.user_id}`, { active: false });
    await is_over(signed_in);
    await app_is_told(signed_in.tokens);
    const browser = new Browser();
    const started = await it_is.app.begin({ organization: 'acme' });
    const refused = await sign_in(browser, await arrive(browser, it_is.app, started.url), person('user'));
    assert.equal(refused.status, 403);
    await broker.api('PATCH', `/organizations/${acme.org_id}/users/${signed_in.user_id}`, { active: true });
    assert.equal((await login('user')).user_id, signed_in.user_id);
  });

  it('a user who is deleted; the same person coming back is another user, and `sub` is never reused', async () => {
    const signed_in = await login('deleted');
    await it_is.broker.api('DELETE', `/organizations/${it_is.acme.org_id}/users/${signed_in.user_id}`);
    await is_over(signed_in);
    await app_is_told(signed_in.tokens);
    assert.notEqual((await login('deleted')).user_id, signed_in.user_id);
  });

  it('one session of a user that an operator ends', async () => {
    const signed_in = await login('session');
    const other = await login('session');
    const path = `/organizations/${it_is.acme.org_id}/users/${signed_in.user_id}/sessions`;
    const { data } = await it_is.broker.api<{ data: { id: string }[] }>('GET', path);
    assert.equal(data.length, 2);
    await it_is.broker.api('DELETE', path);
    await is_over(signed_in);
    await is_over(other);
    await app_is_told(signed_in.tokens);
  });

  it('a session in whose browser somebody else signs in', async () => {
    const { tokens, browser, user_id } = await login('guest');
    const host = await it_is.login({ scope: 'openid offline_access', prompt: 'login' }, { browser, who: person('host') });
    assert.notEqual(host.user_id, user_id);
    await app_is_told(tokens);
    assert.equal((await client.tokenIntrospection(it_is.app.config, tokens.refresh_token ?? '')).active, false);
    assert.equal((await client.tokenIntrospection(it_is.app.config, host.tokens.refresh_token ?? '')).active, true);
    const sessions = `/organizations/${it_is.acme.org_id}/users/${user_id}/sessions`;
    assert.deepEqual((await it_is.broker.api<{ data: unknown[] }>('GET', sessions)).data, []);
    const { data } = await it_is.broker.api<{ data: { actor: { kind: string } }[] }>('GET', '/audit-events?type=session.ended');
    assert.deepEqual(
      data.map(({ actor }) => actor.kind),
      ['system'],
      'the guest did nothing',
    );
  });

  it('the session of one tab, when somebody else signs in in the other', async () => {
    const browser = new Browser();
    const { app } = it_is;
    const [one, two] = [await app.begin({ organization: 'acme' }), await app.begin({ organization: 'acme' })];
    const [first, second] = [await arrive(browser, app, one.url), await arrive(browser, app, two.url)];
    const guest = await one.finish((await sign_in(browser, first, person('guest'))).url);
    const host = await two.finish((await sign_in(browser, second, person('host'))).url);
    assert.notEqual(host.claims()?.sub, guest.claims()?.sub);
    assert.equal((await client.tokenIntrospection(app.config, guest.access_token)).active, false);
    assert.equal((await client.tokenIntrospection(app.config, host.access_token)).active, true);
    const { data } = await it_is.broker.api<{ data: { actor: { kind: string } }[] }>('GET', '/audit-events?type=session.ended&limit=1');
    assert.equal(data[0]?.actor.kind, 'system');
  });

  it('a connection that is disabled, with what is in flight over it', async () => {
    const signed_in = await login('connection');
    const { broker, acme, connection_id, app } = it_is;
    const browser = new Browser();
    const started = await app.begin({ organization: 'acme' });
    const at_partner = await arrive(browser, app, started.url);
    await broker.api('PATCH', `/organizations/${acme.org_id}/connections/${connection_id}`, { enabled: false });
    await is_over(signed_in);
    await app_is_told(signed_in.tokens);
    const refused = await sign_in(browser, at_partner, person('connection'));
    assert.ok([400, 403].includes(refused.status), String(refused.status));
    await broker.api('PATCH', `/organizations/${acme.org_id}/connections/${connection_id}`, { enabled: true });
    await login('connection');
  });

  it('an organization that is suspended', async () => {
    const signed_in = await login('organization');
    const { broker, acme, app } = it_is;
    await broker.api('PATCH', `/organizations/${acme.org_id}`, { status: 'suspended' });
    await is_over(signed_in);
    await app_is_told(signed_in.tokens);
    const named = await app.begin({ organization: 'acme' });
    assert.equal(new URL((await arrive(new Browser(), app, named.url)).url).searchParams.get('error'), 'invalid_request');
    await broker.api('PATCH', `/organizations/${acme.org_id}`, { status: 'active' });
    await login('organization');
  });

  it('a client that is disabled', async () => {
    const { broker } = it_is;
    const registered = await add_client(broker);
    const app = await relying_party({ issuer: broker.issuer, ...registered });
    const { tokens } = await it_is.login({ scope: 'openid offline_access' }, { app, who: person('client') });
    await broker.api('PATCH', `/clients/${registered.client_id}`, { enabled: false });
    await assert.rejects(client.refreshTokenGrant(app.config, tokens.refresh_token ?? ''));
    await assert.rejects(client.fetchUserInfo(app.config, tokens.access_token, tokens.claims()?.sub ?? ''));
  });
});
