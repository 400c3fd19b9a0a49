import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import * as jose from 'jose';
import { start_mock_oidc } from '../../src/mock/index.ts';
import { Browser } from '../support/browser.ts';
import { type BrokerProcess, broker_settings, run_process, start_broker_process } from '../support/broker_process.ts';
import { empty_postgres } from '../support/empty_postgres.ts';
import { free_port } from '../support/free_port.ts';
import { person } from '../support/people.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { type RoundRobin, start_round_robin } from '../support/round_robin.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client, add_connection, add_organization, oidc_settings, type Tenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const names = ['ann', 'bob', 'cleo', 'dan', 'eve', 'fay', 'gus'];
/** Waits until another process has seen what was changed: within a second, on a machine that has nothing else to do. */
const comes_to = (wanted: unknown, ask: () => Promise<unknown>): Promise<unknown> =>
  until(
    () => ask().catch(String), // until it has, it may refuse
    (answer) => isDeepStrictEqual(answer, wanted),
  );

describe('two processes on one database, each request at the next of them', () => {
  let database: Awaited<ReturnType<typeof empty_postgres>>;
  let settings: Record<string, string>;
  let a: BrokerProcess;
  let b: BrokerProcess;
  let proxy: RoundRobin;
  let mock: Awaited<ReturnType<typeof start_mock_oidc>>;
  let acme: Tenant;
  let connection_id: string;
  let app: RelyingParty;
  let client_id: string;
  let basic: { authorization: string };
  before(async () => {
    database = await empty_postgres();
    const port = await free_port();
    settings = broker_settings(database.address, `http://127.0.0.1:${port}`);
    [a, b] = await Promise.all([start_broker_process(settings), start_broker_process(settings)]);
    proxy = await start_round_robin(port, [a.address, b.address]);
    mock = await start_mock_oidc({ people: names.map((name) => person(name)) });
    acme = await add_organization(a, 'acme');
    connection_id = (await add_connection(a, acme, oidc_settings(mock))).id;
    const registered = await add_client(a);
    client_id = registered.client_id;
    basic = { authorization: `Basic ${Buffer.from(`${client_id}:${registered.client_secret}`).toString('base64')}` };
    app = await relying_party({ issuer: a.issuer, ...registered });
    // all of it is seen at once
    await comes_to('login_required', () => answer_at(b, 'acme'));
  });
  after(async () => {
    await proxy.close();
    await mock.close();
    await Promise.all([a.stop(), b.stop()]);
    await database.dispose();
  });

  const login = async (name: string, parameters: Readonly<Record<string, string>> = {}) => {
    const browser = new Browser();
    const started = await app.begin({ organization: 'acme', ...parameters });
    const arrived = await sign_in(browser, await arrive(browser, app, started.url), person(name));
    assert.equal(arrived.status, 299, arrived.html);
    const tokens = await started.finish(arrived.url);
    return { browser, tokens, user_id: tokens.claims()?.sub ?? '' };
  };
  const post = (broker: BrokerProcess, path: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
    fetch(`${broker.address}${path}`, { method: 'POST', headers: basic, body: new URLSearchParams(fields) });
  const active = async (broker: BrokerProcess, token: string): Promise<unknown> =>
    ((await (await post(broker, '/introspect', { token })).json()) as { active: unknown }).active;
  const refresh = (broker: BrokerProcess, refresh_token: string): Promise<Response> =>
    post(broker, '/token', { grant_type: 'refresh_token', refresh_token });
  /** How an authorization request of a browser without a session ends. */
  const answer_at = async (broker: BrokerProcess, organization: string): Promise<string | null> => {
    const started = await app.begin({ organization, prompt: 'none' });
    const answer = await fetch(started.url.replace(broker.issuer, broker.address), { redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '').searchParams.get('error');
  };

  it('a sign-in begun on one is finished on the other', async () => {
    const { tokens } = await login('ann');
    assert.equal(await active(a, tokens.access_token), true);
    assert.equal(await active(b, tokens.access_token), true);
  });

  it('a person deactivated on one has no access on the other', async () => {
    const { tokens, user_id, browser } = await login('bob', { scope: 'openid offline_access' });
    await a.api('PATCH', `/organizations/${acme.org_id}/users/${user_id}`, { active: false });
    assert.equal(await active(b, tokens.access_token), false);
    assert.equal((await refresh(b, tokens.refresh_token ?? '')).status, 400);
    assert.equal((await fetch(`${b.address}/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } })).status, 401);
    const none = await app.begin({ prompt: 'none' });
    assert.equal(new URL((await arrive(browser, app, none.url)).url).searchParams.get('error'), 'login_required');
  });

  it('a change of the configuration on one is seen by the other: connection, organization, app', async () => {
    assert.equal(await answer_at(b, 'acme'), 'login_required');
    const { tokens } = await login('cleo', { scope: 'openid offline_access' });
    const path = `/organizations/${acme.org_id}/connections/${connection_id}`;
    const sign_in_is_refused = async (): Promise<boolean> =>
      (await new Browser().open((await app.begin({ organization: 'acme' })).url.replace(b.issuer, b.address))).status === 403;
    await a.api('PATCH', path, { enabled: false });
    await comes_to(true, sign_in_is_refused);
    assert.equal((await refresh(b, tokens.refresh_token ?? '')).status, 400);
    await a.api('PATCH', path, { enabled: true });
    await comes_to(false, sign_in_is_refused);
    assert.equal((await refresh(b, tokens.refresh_token ?? '')).status, 400, 'what ended does not come back');
    await a.api('PATCH', `/organizations/${acme.org_id}`, { status: 'suspended' });
    await comes_to('invalid_request', () => answer_at(b, 'acme'));
    await a.api('PATCH', `/organizations/${acme.org_id}`, { status: 'active' });
    const token_status = async (): Promise<number> => (await post(b, '/token', { grant_type: 'client_credentials' })).status;
    await a.api('PATCH', `/clients/${client_id}`, { enabled: false });
    await comes_to(401, token_status);
    await a.api('PATCH', `/clients/${client_id}`, { enabled: true });
    await comes_to(200, token_status);
  });

  it('a change made by the command is seen by both while they run', async () => {
    for (const broker of [a, b]) assert.equal(await answer_at(broker, 'by-command'), 'invalid_request');
    const command = run_process(['org', 'create', '--slug', 'by-command', '--name', 'By command'], settings);
    assert.equal(await command.ended, 0, command.output());
    for (const broker of [a, b]) await comes_to('login_required', () => answer_at(broker, 'by-command'));
  });

  it('20 refreshes at once over both: at most one is answered, and the family is over', async () => {
    const { tokens } = await login('dan', { scope: 'openid offline_access' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => refresh(index % 2 === 0 ? a : b, tokens.refresh_token ?? '')),
    );
    const won = answers.filter(({ status }) => status === 200);
    assert.ok(won.length <= 1, `${won.length} answers`);
    for (const answer of answers) assert.ok([200, 400].includes(answer.status), String(answer.status));
    for (const answer of won) {
      const { refresh_token } = (await answer.json()) as { refresh_token: string };
      assert.equal((await refresh(a, refresh_token)).status, 400);
    }
  });

  it('one code at both at once gives one set of tokens at most, and then none', async () => {
    const browser = new Browser();
    const started = await app.begin({ organization: 'acme', scope: 'openid offline_access' });
    const arrived = await sign_in(browser, await arrive(browser, app, started.url), person('eve'));
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => started.finish(arrived.url)));
    const won = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    assert.ok(won.length <= 1, `${won.length} answers`);
    for (const tokens of won) assert.equal(await active(b, tokens.access_token), false);
  });

  it('one answer of the partner at both at once: one sign-in', async () => {
    const browser = new Browser();
    const started = await app.begin({ organization: 'acme' });
    const at_partner = await arrive(browser, app, started.url);
    browser.stop_at.push(`${a.issuer}/oidc/`);
    const stopped = await sign_in(browser, at_partner, person('fay'));
    browser.stop_at.pop();
    const at_once = await Promise.all(
      Array.from({ length: 8 }, (_, index) => browser.send(stopped.url.replace(a.issuer, index % 2 === 0 ? a.address : b.address))),
    );
    assert.deepEqual(at_once.map(({ status }) => status).sort(), [303, ...Array.from({ length: 7 }, () => 400)]);
    const next = at_once.find(({ status }) => status === 303)?.headers.get('location') ?? '';
    const finished = await Promise.all(
      Array.from({ length: 6 }, (_, index) => browser.send(new URL(next, index % 2 === 0 ? a.address : b.address))),
    );
    assert.equal(finished.filter(({ headers }) => headers.get('location')?.includes('/authorize/') === true).length, 1);
    const { data } = await a.api<{ data: { id: string; user_name: string }[] }>('GET', `/organizations/${acme.org_id}/users?limit=100`);
    const fay = data.filter(({ user_name }) => user_name.startsWith('fay'));
    assert.equal(fay.length, 1);
    const sessions = await a.api<{ data: unknown[] }>('GET', `/organizations/${acme.org_id}/users/${fay[0]?.id ?? ''}/sessions`);
    assert.equal(sessions.data.length, 1);
  });

  it('first sign-ins of one person at both at once make one person', async () => {
    const ended = await Promise.all(Array.from({ length: 6 }, () => login('gus')));
    assert.equal(new Set(ended.map(({ user_id }) => user_id)).size, 1);
  });

  it('a rotation of the signing keys is seen by both: they sign with the same key, and both publish it', async () => {
    const kids = async (broker: BrokerProcess): Promise<string[]> =>
      ((await (await fetch(`${broker.address}/jwks`)).json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid).sort();
    const before_it = await kids(b);
    await a.api('POST', '/signing-keys/rotate', {});
    for (const broker of [a, b]) await comes_to(false, async () => isDeepStrictEqual(await kids(broker), before_it));
    assert.deepEqual(await kids(a), await kids(b));
    const used = new Set<unknown>();
    for (let turn = 0; turn < 4; turn++) {
      const { tokens } = await login('ann');
      used.add(jose.decodeProtectedHeader(tokens.id_token ?? '').kid);
    }
    assert.equal(used.size, 1);
    const current = await b.api<{ data: { kid: string; alg: string; state: string }[] }>('GET', '/signing-keys?limit=100');
    assert.ok(current.data.some(({ kid, state }) => used.has(kid) && state === 'current'));
  });

  it('kill -9 of one during load loses no write that it had acknowledged', async () => {
    const acknowledged: string[] = [];
    let failed = 0;
    const write = async (lane: number): Promise<void> => {
      for (let index = 0; failed < 4; index++) {
        const slug = `load-${lane}-${index}`;
        const answer = await b.call('POST', '/organizations', { slug, name: slug }).catch(() => undefined);
        if (answer?.status === 201) acknowledged.push(slug);
        else failed++;
        if (acknowledged.length === 40) b.child.kill('SIGKILL');
      }
    };
    await Promise.all([0, 1, 2, 3].map(write));
    await b.ended;
    const there = new Set<string>();
    for (let next: string | null = ''; next !== null; ) {
      const page: { data: { slug: string }[]; next: string | null } = await a.api(
        'GET',
        `/organizations?limit=100${next === '' ? '' : `&after=${encodeURIComponent(next)}`}`,
      );
      for (const { slug } of page.data) there.add(slug);
      next = page.next;
    }
    assert.deepEqual(
      acknowledged.filter((slug) => !there.has(slug)),
      [],
    );
    assert.ok(acknowledged.length >= 40);
    assert.equal((await post(a, '/token', { grant_type: 'client_credentials' })).status, 200, 'the other serves on');
  });
});

describe('several workers under one process (POSTERN_WORKERS)', () => {
  let database: Awaited<ReturnType<typeof empty_postgres>>;
  before(async () => {
    database = await empty_postgres();
  });
  after(() => database.dispose());
  const workers_of = ({ child }: BrokerProcess): string[] =>
    readFileSync(`/proc/${child.pid ?? 0}/task/${child.pid ?? 0}/children`, 'utf8')
      .split(' ')
      .filter((pid) => pid !== '');

  it('serve, replace one that is killed, and end together with exit status 0', async () => {
    const port = await free_port();
    const broker = await start_broker_process(broker_settings(database.address, `http://127.0.0.1:${port}`), {
      POSTERN_PORT: String(port),
      POSTERN_WORKERS: '2',
    });
    after(() => broker.child.kill('SIGKILL'));
    const written = (count: number, what: RegExp): Promise<number> =>
      until(
        () => broker.output().match(what)?.length ?? 0,
        (found) => found >= count,
      );
    await written(2, /"serving"/g);
    const first = workers_of(broker);
    assert.equal(first.length, 2);
    process.kill(Number(first[1]), 'SIGKILL');
    await written(1, /a worker died and is replaced/g);
    for (let index = 0; index < 10; index++) await broker.api('POST', '/organizations', { slug: `worker-${index}`, name: 'x' });
    await written(3, /"serving"/g);
    const second = workers_of(broker);
    assert.equal(second.length, 2);
    assert.notDeepEqual(second, first);
    assert.equal(await broker.stop(), 0, broker.output());
    for (const pid of second) assert.throws(() => process.kill(Number(pid), 0), { code: 'ESRCH' });
  });

  it('that cannot serve end the process with exit status 1, and are not started again and again', async () => {
    const settings = broker_settings({ kind: 'postgres', url: 'postgres://nobody:nothing@127.0.0.1:9/none' }, 'http://127.0.0.1:4499');
    const process_of_two = run_process(['serve'], { ...settings, POSTERN_PORT: String(await free_port()), POSTERN_WORKERS: '2' });
    assert.equal(await process_of_two.ended, 1, process_of_two.output());
    assert.match(process_of_two.output(), /ECONNREFUSED/);
    assert.doesNotMatch(process_of_two.output(), /nothing@/, 'the password of the database');
  });
});
