import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import * as client from 'openid-client';
import type { OrgId } from '../../src/kernel/index.ts';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { arrive } from '../support/relying_party.ts';
import { type ScimClient, scim_client } from '../support/scim_world.ts';
import { sign_in } from '../support/sign_in.ts';
import { until } from '../support/until.ts';

describe('a person whose directory comes before their first sign-in and ends their last', () => {
  let it_is: Installation;
  let scim: ScimClient;
  const told: string[] = [];
  const app = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      told.push(new URLSearchParams(Buffer.concat(parts).toString()).get('logout_token') ?? '');
      response.writeHead(200).end();
    });
  });
  before(async () => {
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const { port } = app.address() as AddressInfo; // a TCP server's address
    it_is = await start_installation({
      people: [person('bea'), person('cal')],
      client: { backchannel_logout_uri: `http://127.0.0.1:${port}/backchannel-logout` },
    });
    const { broker, acme, connection_id } = it_is;
    const made = await broker.api<{ id: string; token: string }>('POST', `/organizations/${acme.org_id}/scim-tokens`, { connection_id });
    scim = scim_client(broker.issuer, acme.org_id as OrgId, made.token, made.id);
  });
  after(async () => {
    app.close();
    app.closeAllConnections();
    await it_is.stop();
  });

  /** The subject under which the partner knows a person: what a directory sends as externalId. */
  async function subject_of(name: string): Promise<string> {
    const { user_id } = await it_is.login({}, { who: person(name) });
    const path = `/organizations/${it_is.acme.org_id}/users/${user_id}`;
    const { identities } = await it_is.broker.api<{ identities: { subject: string }[] }>('GET', path);
    await it_is.broker.api('DELETE', path);
    return identities[0]?.subject ?? '';
  }

  async function is_dead(signed_in: Awaited<ReturnType<Installation['login']>>): Promise<void> {
    const { access_token, refresh_token = '', claims } = signed_in.tokens;
    await assert.rejects(client.fetchUserInfo(it_is.app.config, access_token, signed_in.user_id));
    for (const token of [access_token, refresh_token])
      assert.equal((await client.tokenIntrospection(it_is.app.config, token)).active, false);
    await assert.rejects(
      client.refreshTokenGrant(it_is.app.config, refresh_token),
      (error: client.ResponseBodyError) => error.error === 'invalid_grant',
    );
    const silent = await it_is.app.begin({ prompt: 'none' });
    assert.equal(new URL((await arrive(signed_in.browser, it_is.app, silent.url)).url).searchParams.get('error'), 'login_required');
    const sid = claims()?.['sid'];
    await until(() => told.some((token) => jose.decodeJwt(token)['sid'] === sid));
  }
  const enter = (name: string) => it_is.login({ scope: 'openid offline_access groups' }, { who: person(name) });

  it('is made by SCIM, signs in as that user with the groups of the directory, is switched off, and nothing is left', async () => {
    const externalId = await subject_of('bea');
    const made = await scim.user('bea@acme.example', { externalId });
    await scim.group('Pilots', [made.id]);
    const signed_in = await enter('bea');
    assert.equal(signed_in.user_id, made.id, '`sub` is the SCIM id');
    assert.ok((signed_in.tokens.claims()?.['groups'] as string[]).includes('Pilots'));
    const off = await scim.patch(`/Users/${made.id}`, { op: 'replace', path: 'active', value: false });
    assert.equal(off.status, 200, off.text);
    await is_dead(signed_in);
    const started = await it_is.app.begin({ organization: 'acme' });
    const browser = new Browser();
    assert.equal((await sign_in(browser, await arrive(browser, it_is.app, started.url), person('bea'))).status, 403);
    assert.equal((await scim.patch(`/Users/${made.id}`, { op: 'replace', path: 'active', value: true })).json.active, true);
    assert.equal((await enter('bea')).user_id, made.id);
  });

  it('came by a sign-in, is adopted by PUT, deleted by SCIM, and nothing is left', async () => {
    const signed_in = await enter('cal');
    const seen = await scim.call('GET', `/Users/${signed_in.user_id}`);
    assert.equal(seen.status, 200, 'whom a sign-in made is visible');
    assert.equal((await scim.call('PUT', `/Users/${signed_in.user_id}`, { ...seen.json, title: 'Adopted' })).status, 200);
    await client.fetchUserInfo(it_is.app.config, signed_in.tokens.access_token, signed_in.user_id);
    assert.equal((await scim.call('DELETE', `/Users/${signed_in.user_id}`)).status, 204);
    await is_dead(signed_in);
    const { data } = await it_is.broker.api<{ data: { target: { id: string }; actor: { kind: string } }[] }>(
      'GET',
      '/audit-events?type=user.deleted',
    );
    assert.ok(data.some(({ target, actor }) => target.id === signed_in.user_id && actor.kind === 'scim_token'));
  });
});
