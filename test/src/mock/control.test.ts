import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { start_control_server } from '../../../src/mock/control_server.ts';
import { read_people } from '../../../src/mock/people.ts';
import { Switches } from '../../../src/mock/switches.ts';

interface State {
  readonly switches: { name: string; on: boolean }[];
  readonly people: { username: string }[];
}

describe('the control page of a mock partner', () => {
  const known = [
    { name: 'slow', summary: 'takes its time' },
    { name: 'dead', summary: 'is <gone>' },
  ];
  let switches: Switches;
  let people: ReturnType<typeof read_people>;
  let server: Awaited<ReturnType<typeof start_control_server>>;
  beforeEach(async () => {
    switches = new Switches(known);
    people = read_people('[{ username: ann, email: ann@acme.example, groups: [A, B] }]');
    server = await start_control_server(
      { name: 'Mock <partner>', switches, people, facts: () => ({ issuer: 'http://x/?a=1&b=2' }) },
      { host: '127.0.0.1', port: 0 },
    );
  });
  afterEach(() => server.close());

  const post = (body: string, type: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/__control`, { method: 'POST', body, redirect: 'manual', headers: { 'content-type': type, ...headers } });
  const json = (body: unknown, headers?: Record<string, string>) => post(JSON.stringify(body), 'application/json', headers);
  const form = (fields: Record<string, string>, origin = server.url) =>
    post(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded', { origin });

  it('shows switches, people and what the other side types in, escaped', async () => {
    const response = await fetch(server.url);
    const html = await response.text();
    assert.equal(response.status, 200);
    for (const shown of ['Mock &#60;partner&#62;', 'is &#60;gone&#62;', 'ann@acme.example', 'a=1&#38;b=2'])
      assert.ok(html.includes(shown), shown);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  });

  it('JSON sets switches, people, and resets', async () => {
    const state = (await (await json({ switches: { slow: true }, people: [{ username: 'eve' }] })).json()) as State;
    assert.deepEqual(
      state.switches.map(({ name, on }) => [name, on]),
      [
        ['slow', true],
        ['dead', false],
      ],
    );
    assert.deepEqual([switches.is_on('slow'), people.map(({ username }) => username)], [true, ['eve']]);
    await json({ reset: true, switches: { dead: true } });
    assert.deepEqual([switches.is_on('slow'), switches.is_on('dead')], [false, true]);
    assert.equal(((await (await fetch(`${server.url}/__control`)).json()) as State).people.length, 1);
  });

  it('a form sets exactly what is ticked, or the people', async () => {
    switches.set('dead', true);
    const answer = await form({ switch: 'slow' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/']);
    assert.deepEqual([switches.is_on('slow'), switches.is_on('dead')], [true, false]);
    await form({ people: 'people:\n  - username: eve\n' });
    assert.deepEqual([people.map(({ username }) => username), switches.is_on('slow')], [['eve'], true]);
  });

  it('a mistake changes nothing and is said', async () => {
    for (const body of [
      { switches: { nonsense: true, slow: true } },
      { people: [{ password: 'x' }], switches: { slow: true } },
      { colour: 'red' },
      [],
    ]) {
      assert.equal((await json(body)).status, 422);
    }
    const page = await form({ people: '<b>: [' });
    assert.equal(page.status, 422);
    assert.match(await page.text(), /role="alert"[^]*&#60;b&#62;: \[/);
    assert.deepEqual([switches.is_on('slow'), people.length], [false, 1]);
    assert.equal((await post('{', 'application/json')).status, 422);
    assert.equal((await post('x'.repeat(2_000_000), 'application/json')).status, 413);
  });

  it('CSRF: another site changes nothing', async () => {
    assert.equal((await form({ switch: 'slow' }, 'https://attacker.example')).status, 403);
    assert.equal((await form({ switch: 'slow' }, 'null')).status, 403);
    assert.equal((await post('switch=slow', 'application/x-www-form-urlencoded')).status, 403);
    assert.equal((await json({ switches: { slow: true } }, { origin: 'https://attacker.example' })).status, 403);
    // what a page may send without asking
    assert.equal((await post('{"switches":{"slow":true}}', 'text/plain')).status, 415);
    assert.equal(switches.is_on('slow'), false);
  });

  it('leaves other addresses to the partner', async () => {
    assert.equal((await fetch(`${server.url}/elsewhere`)).status, 404);
    assert.equal((await fetch(`${server.url}/__control`, { method: 'PUT' })).status, 405);
  });
});
