import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type Demo, start_demo } from '../../scripts/start_demo.ts';
import { parse_settings } from '../../src/config/index.ts';
import { sealed_columns } from '../../src/doctor/index.ts';
import { open_storage, reseal, type Storage } from '../../src/storage/index.ts';
import { ConsolePage } from '../support/console.ts';
import { Browser, type Page } from '../support/browser.ts';
import { sign_in } from '../support/sign_in.ts';
import { until } from '../support/until.ts';

describe('the demo', () => {
  let demo: Demo;
  before(async () => {
    demo = await start_demo({ env: { POSTERN_LOG_LEVEL: 'silent' }, port: 0 });
  });
  after(() => demo.stop());

  const people = [
    { partner: 'saml', username: 'ann', email: 'ann@acme.example', name: 'Ann Archer', organization: 'Acme' },
    { partner: 'oidc', username: 'bob', email: 'bob@globex.example', name: 'Bob Baker', organization: 'Globex' },
    { partner: 'ldap', username: 'carol', email: 'carol@initech.example', name: 'Carol Clark', organization: 'Initech' },
  ] as const;
  type Someone = (typeof people)[number];

  const enter = async (browser: Browser, { username, email }: Someone): Promise<Page> => {
    const door = `${demo.app_url}/callback`;
    browser.stop_at.push(door);
    const person = { username, password: `${username}-password`, identifier: email };
    const page = await sign_in(browser, await browser.open(`${demo.app_url}/sign-in`), person);
    browser.stop_at.pop();
    return page.url.startsWith(door) ? browser.open(page.url) : page;
  };
  const press = async (browser: Browser, path: string): Promise<Page> => {
    const answer = await browser.send(`${demo.app_url}${path}`, { method: 'POST', headers: { origin: demo.app_url } });
    return browser.open(new URL(answer.headers.get('location') ?? '/', demo.app_url).href);
  };
  const api = (method: string, path: string, body: unknown): Promise<Response> =>
    fetch(`${demo.issuer}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${demo.admin_key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });

  for (const someone of people) {
    it(`${someone.email} types the address, signs in at the ${someone.partner} partner, and the app shows who it is`, async () => {
      const browser = new Browser();
      const page = await enter(browser, someone);
      assert.deepEqual([page.status, page.url], [200, `${demo.app_url}/`], page.html);
      for (const shown of [someone.name, someone.email, someone.organization, 'Engineers', 'engineer', 'ID token', 'signed (JWT)'])
        assert.ok(page.html.includes(shown), `${shown} in ${page.html}`);
      assert.match((await press(browser, '/refresh')).html, /Hello/);

      // single sign-on: no page on the way
      const silent = await browser.open(`${demo.app_url}/sign-in`);
      assert.deepEqual([silent.url, silent.html.includes(someone.name)], [`${demo.app_url}/`, true]);

      assert.match((await press(browser, '/sign-out')).html, /Signed out/);
      assert.match((await browser.open(demo.app_url)).html, /Welcome/);
      const again = await browser.open(`${demo.app_url}/sign-in`);
      assert.notEqual(again.url, `${demo.app_url}/`);
    });
  }

  it('an organization that is suspended is signed out of the app, by back-channel logout', async () => {
    const [ann] = people;
    const browser = new Browser();
    await enter(browser, ann);
    const listed = await fetch(`${demo.issuer}/api/v1/organizations?slug=acme`, { headers: { authorization: `Bearer ${demo.admin_key}` } });
    const { data } = (await listed.json()) as { data: { id: string }[] };
    const path = `/organizations/${data[0]?.id ?? ''}`;
    assert.equal((await api('PATCH', path, { status: 'suspended' })).status, 200);
    // the runner's own limit is what ends this when it never happens
    while (/Hello/.test((await browser.open(demo.app_url)).html)) await wait(50);
    assert.equal((await api('PATCH', path, { status: 'active' })).status, 200);
  });

  it('each has control pages, and misbehaviour that is refused', async () => {
    const saml = demo.partners.saml;
    assert.ok(saml !== undefined);
    for (const at of [saml.url, demo.partners.oidc?.url ?? '', demo.partners.ldap?.control_url ?? ''])
      assert.equal((await fetch(at)).status, 200);
    const set = (on: boolean): Promise<Response> =>
      fetch(`${saml.url}/__control`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ reset: true, switches: { wrong_audience: on } }),
      });
    await set(true);
    const browser = new Browser();
    const page = await enter(browser, people[0]);
    assert.ok(page.status >= 400 && page.url.startsWith(demo.issuer), `${page.status} ${page.url}`);
    await set(false);
    assert.match((await enter(new Browser(), people[0])).html, /Hello/);
  });

  it('the connection test and the command find nothing to mend', async () => {
    const ask = async <Answer>(path: string, method = 'GET'): Promise<Answer> => {
      const answer = await fetch(`${demo.issuer}/api/v1${path}`, { method, headers: { authorization: `Bearer ${demo.admin_key}` } });
      return (await answer.json()) as Answer; // the caller names the shape
    };
    for (const { id } of (await ask<{ data: { id: string }[] }>('/organizations')).data) {
      for (const connection of (await ask<{ data: { id: string }[] }>(`/organizations/${id}/connections`)).data) {
        const { checks } = await ask<{ checks: { ok: boolean }[] }>(`/organizations/${id}/connections/${connection.id}/test`, 'POST');
        assert.ok(checks.length > 3 && checks.every(({ ok }) => ok), JSON.stringify(checks));
      }
    }
    const settings = parse_settings({ POSTERN_CONFIG: demo.config_path }, (path) => readFileSync(path, 'utf8'));
    assert.ok(settings.ok, JSON.stringify(settings));
    assert.deepEqual([settings.settings.issuer, settings.settings.database.kind], [demo.issuer, 'sqlite']);
  });

  it('everything that these sign-ins sealed can be sealed anew under another secret', async () => {
    const path = demo.database_url.slice('sqlite:'.length);
    const old = Buffer.from(readFileSync(join(dirname(path), 'postern.secret'), 'utf8'), 'base64');
    await enter(new Browser(), people[0]);
    // one that is on its way to the partner, and a request that may be repeated
    const browser = new Browser();
    browser.stop_at.push(demo.partners.saml?.url ?? '');
    await browser.open(`${demo.app_url}/sign-in?organization=acme`);
    const key = { authorization: `Bearer ${demo.admin_key}`, 'content-type': 'application/json', 'idempotency-key': 'once' };
    await fetch(`${demo.issuer}/api/v1/roles`, { method: 'POST', headers: key, body: JSON.stringify({ name: 'auditor' }) });
    const post = async (path: string, body: unknown): Promise<{ id: string; [name: string]: unknown }> => {
      const made = await api('POST', path, body);
      assert.equal(made.status, 201, `${path}: ${await made.clone().text()}`);
      return (await made.json()) as { id: string }; // whatever is made has an id
    };
    // hooks and a target that wait for something that does not happen here
    await post('/event-hooks', { url: 'http://127.0.0.1:9/events', events: ['organization.created'] });
    await post('/inline-hooks', { url: 'http://127.0.0.1:9/ask', point: 'before_user_created', on_failure: 'fail_open' });
    await post('/scim-targets', { client_id: 'sample-app', base_url: 'http://127.0.0.1:9/scim', token: 'a token', enabled: false });
    // an app that hears of its ended sessions, at an address of its own
    const { client_id, client_secret } = await post('/clients', {
      grant_types: ['client_credentials'],
      redirect_uris: [],
      scope: 'ssf.manage',
    });
    const basic = Buffer.from(`${String(client_id)}:${String(client_secret)}`).toString('base64');
    const grant = new URLSearchParams({ grant_type: 'client_credentials', scope: 'ssf.manage' });
    const granted = await fetch(`${demo.issuer}/token`, { method: 'POST', headers: { authorization: `Basic ${basic}` }, body: grant });
    const { access_token } = (await granted.json()) as { access_token: string }; // RFC 6749 section 5.1
    const stream = {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        delivery: { method: 'urn:ietf:rfc:8935', endpoint_url: 'http://127.0.0.1:9/signals', authorization_header: 'Bearer x' },
      }),
    };
    assert.equal((await fetch(`${demo.issuer}/ssf/streams`, stream)).status, 201);
    // a directory that has asked something, a file that was taken in, an operator with a second factor
    const other = await post('/organizations', { slug: 'umbrella', name: 'Umbrella' });
    const { token, base_url } = await post(`/organizations/${other.id}/scim-tokens`, {});
    assert.equal((await fetch(`${String(base_url)}/Users`, { headers: { authorization: `Bearer ${String(token)}` } })).status, 200);
    await api('GET', `/organizations/${other.id}/scim-requests`, undefined);
    const file = { method: 'POST', headers: { ...key, 'idempotency-key': 'file', 'content-type': 'text/csv' }, body: 'user_name\nfrank\n' };
    assert.equal((await fetch(`${demo.issuer}/api/v1/organizations/${other.id}/users/import`, file)).status, 202);
    const operator = new ConsolePage({ issuer: demo.issuer });
    await operator.sign_in(String((await post('/admin-keys', { name: 'operator', role: 'owner' }))['key']));
    assert.equal((await operator.ask('POST', '/console/session/second-factors/totp', { name: 'Phone' })).status, 200);

    // the outcome of a sign-in and the rows of a file are there for a moment only, and no partner of the demo gives refresh tokens
    const absent = new Set(['login_attempts.sealed_result', 'rechecks.sealed_kept', 'import_rows.sealed_row', 'import_rows.sealed_report']);
    const empty_in = async ({ sql }: Pick<Storage, 'sql'>): Promise<string[]> => {
      const empty: string[] = [];
      for (const { table, column } of sealed_columns) {
        const row = await sql.get<{ n: number }>(`SELECT COUNT("${column}") AS n FROM "${table}"`);
        if (row?.n === 0 && !absent.has(`${table}.${column}`)) empty.push(`${table}.${column}`);
      }
      return empty;
    };
    const running = await open_storage({ database: { kind: 'sqlite', path }, secrets: [old] });
    // a copy, as a backup is made: the broker itself goes on sealing under its own secret
    const copy = `${path}.copy`;
    try {
      // what is recorded is taken into the chain behind, a moment later
      await until(
        () => empty_in(running),
        (empty) => empty.length === 0,
      );
      await running.write_once('VACUUM INTO ?', [copy]);
    } finally {
      await running.close();
    }
    const storage = await open_storage({ database: { kind: 'sqlite', path: copy }, secrets: [randomBytes(32), old] });
    try {
      assert.deepEqual(await empty_in(storage), []);
      // one that was sealed under another context than the list says would not open
      assert.ok((await reseal(storage, sealed_columns)) > sealed_columns.length);
      assert.equal(await reseal(storage, sealed_columns), 0);
    } finally {
      await storage.close();
    }
  });
});
