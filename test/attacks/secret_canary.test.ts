import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { Client } from 'pg';
import * as client from 'openid-client';
import { start_mock_ldap, start_mock_oidc, start_mock_saml } from '../../src/mock/index.ts';
import type { DatabaseAddress } from '../../src/storage/index.ts';
import { Browser } from '../support/browser.ts';
import { type BrokerProcess, broker_settings, start_broker_process } from '../support/broker_process.ts';
import { free_port } from '../support/free_port.ts';
import { person } from '../support/people.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { temporary_database } from '../support/temporary_database.ts';
import {
  add_client,
  add_connection,
  add_organization,
  ldap_settings,
  oidc_settings,
  saml_settings,
  type Tenant,
} from '../support/tenant.ts';

interface Canary {
  readonly what: string;
  readonly value: string;
}

describe('a secret that was put in comes out nowhere', () => {
  let broker: BrokerProcess;
  let database: { address: DatabaseAddress; dispose(): Promise<unknown> };
  const partners: { close(): Promise<void> }[] = [];
  let acme: Tenant;
  let saml_id: string;
  let oidc_id: string;
  let ldap_id: string;
  let app: RelyingParty;
  let client_id: string;
  let settings: Record<string, string>;
  const planted: Canary[] = [];
  /** Everything that was answered: status line apart, headers and bodies. */
  const answers: { what: string; text: string }[] = [];

  const plant = (what: string): string => {
    const value = `cAnArY${randomBytes(12).toString('hex')}`;
    planted.push({ what, value });
    return value;
  };
  const also = (what: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value.length >= 16) planted.push({ what, value });
  };
  const ask = async (what: string, path: string, init: RequestInit = {}): Promise<void> => {
    const answer = await fetch(`${broker.issuer}${path}`, { redirect: 'manual', ...init });
    const headers = [...answer.headers].filter(([name]) => name !== 'set-cookie').map(([name, value]) => `${name}: ${value}`);
    answers.push({ what: `${what} (${answer.status})`, text: `${headers.join('\n')}\n${await answer.text()}` });
    assert.ok(answer.status < 500 || answer.status === 502, `${what}: ${answer.status}`);
  };
  const form = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  });
  const basic = (user: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` });
  const carol_password = `cAnArY${randomBytes(12).toString('hex')}`;

  before(async () => {
    database = await temporary_database();
    settings = broker_settings(database.address, `http://127.0.0.1:${await free_port()}`);
    broker = await start_broker_process(settings, {
      POSTERN_PORT: new URL(settings['POSTERN_ISSUER'] ?? '').port,
      POSTERN_LOG_LEVEL: 'trace',
    });
    also('POSTERN_ADMIN_KEY', broker.admin_key);
    also('POSTERN_SECRET', settings['POSTERN_SECRET']);
    also('a right password', carol_password);
    const ldap = await start_mock_ldap({ people: [person('carol', { password: carol_password })] });
    const saml = await start_mock_saml({ people: [person('ann')] });
    const oidc = await start_mock_oidc({ people: [person('bob')] });
    partners.push(ldap, saml, oidc);
    acme = await add_organization(broker, 'acme');
    saml_id = (await add_connection(broker, acme, saml_settings(saml))).id;
    oidc_id = (await add_connection(broker, acme, oidc_settings(oidc))).id;
    ldap_id = (await add_connection(broker, acme, ldap_settings(ldap))).id;
    also('a bind_password', ldap.bind_password);
    also('a client_secret of a partner', oidc.client_secret);
    const registered = await add_client(broker);
    client_id = registered.client_id;
    also('a client_secret of an app', registered.client_secret);
    app = await relying_party({ issuer: broker.issuer, ...registered });
  });
  after(async () => {
    await broker.stop();
    for (const partner of partners) await partner.close();
    await database.dispose();
  });

  it('in whatever input it is planted', async () => {
    const api = { authorization: `Bearer ${broker.admin_key}`, 'content-type': 'application/json' };
    const to_api = (body: unknown): RequestInit => ({
      method: 'POST',
      headers: api,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const connections = `/api/v1/organizations/${acme.org_id}/connections`;
    const authorize = (more: Readonly<Record<string, string>>): string =>
      `/authorize?${new URLSearchParams({ client_id, response_type: 'code', redirect_uri: app.redirect_uri, scope: 'openid', ...more }).toString()}`;

    // what a browser or a forger brings
    await ask('state of a callback', `/oidc/${oidc_id}/callback?state=${plant('state')}&code=${plant('code of a callback')}`);
    await ask(
      'form_post',
      `/oidc/${oidc_id}/callback`,
      form({ state: plant('state by POST'), code: plant('code by POST'), id_token: plant('id_token by POST') }),
    );
    await ask('logout token', `/oidc/${oidc_id}/backchannel-logout`, form({ logout_token: plant('logout_token') }));
    const signal = { authorization: `Bearer ${plant('token of a signal source')}`, 'content-type': 'application/secevent+jwt' };
    await ask('security event', `/ssf/${oidc_id}/events`, { method: 'POST', headers: signal, body: plant('security event') });
    const streaming = await add_client(broker, { grant_types: ['client_credentials'], redirect_uris: [], scope: 'ssf.manage' });
    const grant = form({ grant_type: 'client_credentials', scope: 'ssf.manage' }, basic(streaming.client_id, streaming.client_secret));
    const { access_token } = (await (await fetch(`${broker.issuer}/token`, grant)).json()) as { access_token: string }; // RFC 6749 section 5.1
    const delivery = { method: 'urn:ietf:rfc:8935', endpoint_url: 'http://127.0.0.1:9/x', authorization_header: plant('header of a push') };
    for (const token of [access_token, plant('access token at a stream')]) {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      await ask('stream', '/ssf/streams', { method: 'POST', headers, body: JSON.stringify({ delivery }) });
      await ask('stream read', '/ssf/streams', { headers });
    }
    const xml = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0"><saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${plant('NameID')}</saml:NameID></samlp:Response>`;
    const encoded = Buffer.from(xml).toString('base64');
    also('an assertion', encoded.slice(40, 100));
    await ask('SAMLResponse', `/saml/${saml_id}/acs`, form({ SAMLResponse: encoded, RelayState: plant('RelayState') }));
    await ask(
      'garbage for an assertion',
      `/saml/${saml_id}/acs`,
      form({ SAMLResponse: plant('SAMLResponse'), RelayState: plant('RelayState of garbage') }),
    );
    await ask('SAMLRequest', `/saml/${saml_id}/slo?SAMLRequest=${plant('SAMLRequest')}&Signature=${plant('Signature')}&SigAlg=x`);
    await ask('cookies', '/login/somewhere', {
      headers: {
        cookie: ['postern_session', 'postern_session.sig', 'postern_login', 'postern_browser', 'postern_arrived']
          .map((name) => `${name}=${plant(`cookie ${name}`)}`)
          .join('; '),
      },
    });
    await ask('session cookie', authorize({ prompt: 'none' }), { headers: { cookie: `postern_session=${plant('cookie at authorize')}` } });
    await ask('set-up link', `/setup/${plant('token of a set-up link')}`);
    await ask('Referer', '/nowhere', { headers: { referer: `https://app.example/?token=${plant('Referer')}` } });
    await ask('query of an unknown page', `/nowhere?token=${plant('query')}&email=${plant('e-mail in the query')}@acme.example`);
    await ask('an address without a form', `/login/x/password?password=${plant('password in the query')}`);

    // what apps send
    await ask(
      'client_secret_basic',
      '/token',
      form({ grant_type: 'client_credentials' }, basic(client_id, plant('client_secret by Basic'))),
    );
    await ask(
      'client_secret_post',
      '/token',
      form({ grant_type: 'client_credentials', client_id, client_secret: plant('client_secret by POST') }),
    );
    await ask(
      'client_assertion',
      '/token',
      form({
        grant_type: 'client_credentials',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: `${plant('client_assertion')}.x.y`,
      }),
    );
    const secret = planted.find(({ what }) => what === 'a client_secret of an app')?.value ?? '';
    const own = basic(client_id, secret);
    await ask(
      'code',
      '/token',
      form(
        {
          grant_type: 'authorization_code',
          code: plant('code'),
          code_verifier: plant('code_verifier').repeat(2),
          redirect_uri: app.redirect_uri,
        },
        own,
      ),
    );
    await ask('refresh_token', '/token', form({ grant_type: 'refresh_token', refresh_token: plant('refresh_token') }, own));
    await ask(
      'device_code',
      '/token',
      form({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: plant('device_code') }, own),
    );
    await ask('username and password', '/token', form({ grant_type: 'password', username: 'ann', password: plant('password grant') }, own));
    await ask('introspection', '/introspect', form({ token: plant('token to introspect') }, own));
    await ask('revocation', '/revoke', form({ token: plant('token to revoke') }, own));
    await ask(
      'PAR',
      '/par',
      form({ response_type: 'code', request: `${plant('request object')}.x.y`, login_hint: plant('login_hint by PAR') }, own),
    );
    await ask('DPoP', '/token', form({ grant_type: 'client_credentials' }, { ...own, dpop: `${plant('DPoP proof')}.x.y` }));
    await ask('userinfo', '/userinfo', { headers: { authorization: `Bearer ${plant('access token')}` } });
    await ask('userinfo by form', '/userinfo', form({ access_token: plant('access token by form') }));
    await ask('userinfo by query', `/userinfo?access_token=${plant('access token in the query')}`);
    await ask('id_token_hint', `/logout?id_token_hint=${plant('id_token_hint')}`);
    await ask('request', authorize({ request: plant('request'), nonce: plant('nonce') }));
    await ask('request_uri', authorize({ request_uri: plant('request_uri') }));
    await ask('user_code', '/device', form({ user_code: plant('user_code') }));

    // what operators and directories send
    await ask('admin key', '/api/v1/organizations', { headers: { authorization: `Bearer ${plant('admin key')}` } });
    await ask('admin key by Basic', '/api/v1/organizations', { headers: basic('admin', plant('admin key by Basic')) });
    await ask('SCIM token', `/scim/${acme.org_id}/v2/Users`, { headers: { authorization: `Bearer ${plant('SCIM token')}` } });
    await ask('malformed JSON', '/api/v1/clients', to_api(`{"client_secret": "${plant('malformed JSON')}`));
    await ask('JSON that is no object', '/api/v1/clients', to_api([plant('JSON')]));
    await ask(
      'wrong connection',
      connections,
      to_api({
        protocol: 'oidc',
        name: '',
        oidc: { issuer: 'no', client_id: 'x', client_secret: plant('client_secret of a wrong connection') },
      }),
    );
    await ask(
      'private key',
      connections,
      to_api({
        protocol: 'saml',
        name: 'x',
        saml: { metadata_xml: `-----BEGIN PRIVATE KEY-----\n${plant('private key')}\n-----END PRIVATE KEY-----` },
      }),
    );
    await ask('body as text', '/api/v1/clients', {
      method: 'POST',
      headers: { ...api, 'content-type': 'text/plain' },
      body: plant('body as text'),
    });
    const patch = (body: unknown): RequestInit => ({ method: 'PATCH', headers: api, body: JSON.stringify(body) });
    const bind_password = plant('bind_password');
    await ask('bind_password', `${connections}/${ldap_id}`, patch({ ldap: { bind_password } }));
    await ask('a connection as it reads back', `${connections}/${ldap_id}`, { headers: api });
    await ask('the test of a connection', `${connections}/${ldap_id}/test`, to_api({}));
    await ask('client_secret', `${connections}/${oidc_id}`, patch({ oidc: { client_secret: plant('client_secret') } }));
    await ask('the record', '/api/v1/audit-events?limit=100', { headers: api });
  });

  it('in sign-ins that succeed and fail, and what they issue', async () => {
    const ldap_partner = await start_mock_ldap({ people: [person('carol', { password: carol_password })] });
    const oidc_partner = await start_mock_oidc({ people: [person('bob')] });
    partners.push(ldap_partner, oidc_partner);
    const initech = await add_organization(broker, 'initech');
    await add_connection(broker, initech, ldap_settings(ldap_partner));
    const globex = await add_organization(broker, 'globex');
    const globex_id = (await add_connection(broker, globex, oidc_settings(oidc_partner))).id;
    const browser = new Browser();
    const started = await app.begin({ organization: 'initech', scope: 'openid offline_access email' });
    const page = await arrive(browser, app, started.url);
    const wrong = await browser.submit(page, { username: 'carol', 'current-password': plant('a wrong password') });
    answers.push({ what: 'a wrong password', text: wrong.html });
    assert.equal(wrong.status, 401);
    const arrived = await browser.submit(wrong, { username: 'carol', 'current-password': carol_password });
    assert.equal(arrived.status, 299, arrived.html);
    also('an authorization code', new URL(arrived.url).searchParams.get('code'));
    const tokens = await started.finish(arrived.url);
    for (const [what, token] of Object.entries({ access: tokens.access_token, refresh: tokens.refresh_token, id: tokens.id_token }))
      also(`an issued ${what} token`, token);
    await client.fetchUserInfo(app.config, tokens.access_token, tokens.claims()?.sub ?? '');
    await client.tokenIntrospection(app.config, tokens.access_token);
    const renewed = await client.refreshTokenGrant(app.config, tokens.refresh_token ?? '');
    also('a renewed refresh token', renewed.refresh_token);
    for (const { name, value } of browser.cookies())
      if (name.startsWith('postern_') && !/^postern_(organization|login|resume)$/.test(name)) also(`cookie ${name}`, value);

    const other = new Browser();
    const at_globex = await app.begin({ organization: 'globex' });
    const ended = await sign_in(other, await arrive(other, app, at_globex.url), person('bob'));
    assert.equal(ended.status, 299, ended.html);
    const callback = new URL(other.visited.find((url) => url.includes(`/oidc/${globex_id}/callback`)) ?? '');
    for (const name of ['code', 'state']) also(`${name} of a partner’s answer`, callback.searchParams.get(name));

    for (const [path, body, field] of [
      ['/admin-keys', { name: 'k', role: 'support' }, 'key'],
      [`/organizations/${acme.org_id}/scim-tokens`, { name: 's' }, 'token'],
    ] as const) {
      const made = await broker.api<Record<string, string>>('POST', path, body);
      also(`a new ${field}`, made[field]);
      await broker.api('GET', path);
    }
    const saml_browser = new Browser();
    await broker.api('PATCH', `/organizations/${acme.org_id}/connections/${oidc_id}`, { enabled: false });
    await broker.api('PATCH', `/organizations/${acme.org_id}/connections/${ldap_id}`, { enabled: false });
    const by_saml = await app.begin({ organization: 'acme' });
    const saml_end = await sign_in(saml_browser, await arrive(saml_browser, app, by_saml.url), person('ann'));
    assert.equal(saml_end.status, 299, saml_end.html);
    const metrics = await fetch(`${broker.issuer}/metrics`);
    answers.push({ what: 'metrics', text: await metrics.text() });
  });

  it('is in no line of the log, at level trace', () => {
    const log = broker.output();
    assert.ok(log.split('\n').length > 20, 'there must be a log to look at');
    assert.deepEqual(
      planted
        .filter(({ value }) => log.includes(value))
        .map(
          ({ what, value }) =>
            `${what}: ${
              log
                .split('\n')
                .find((line) => line.includes(value))
                ?.slice(0, 400) ?? ''
            }`,
        ),
      [],
    );
  });

  it('is in no page, no API answer and no metric', () => {
    // what an app sends along comes back to the app, at its own redirect URI
    const found = answers.flatMap(({ what, text }) =>
      planted.filter(({ value }) => text.includes(value)).map((canary) => `${canary.what} in the answer to: ${what}`),
    );
    assert.deepEqual(found, []);
  });

  it('is not in the database in plaintext', async () => {
    const content = await content_of(database.address);
    assert.ok(
      content.some((part) => part.includes('acme')),
      'what is no secret is there',
    );
    assert.deepEqual(
      planted.filter(({ value }) => content.some((part) => part.includes(value))).map(({ what }) => what),
      [],
    );
    for (const key of ['PRIVATE KEY', '"d":"', '"p":"', '"k":"'])
      assert.ok(!content.some((part) => part.includes(key)), `${key} in the database`);
  });
});

/** All that is in it: the files of SQLite as they are, or every row of PostgreSQL as text. */
async function content_of(address: DatabaseAddress): Promise<readonly (Buffer | string)[]> {
  if (address.kind === 'sqlite')
    return ['', '-wal', '-journal']
      .map((suffix) => `${address.path}${suffix}`)
      .filter(existsSync)
      .map((path) => readFileSync(path));
  const client = new Client({ connectionString: address.url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`);
    const rows: string[] = [];
    for (const { name } of tables.rows)
      rows.push(...(await client.query<{ row: string }>(`SELECT concat_ws(' ', t.*) AS row FROM "${name}" t`)).rows.map(({ row }) => row));
    return rows;
  } finally {
    await client.end();
  }
}
