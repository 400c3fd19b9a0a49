import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type MockPartners, start_mock_partners } from '../../src/mock/index.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { ConsolePage } from '../support/console.ts';
import { until } from '../support/until.ts';
import { verify_webhook, type WebhookReceiver, webhook_receiver } from '../support/webhook_receiver.ts';

interface Partner {
  readonly id: string;
  readonly url: string;
  readonly state: 'there' | 'away';
  readonly name?: string;
  readonly problem?: string;
  readonly switches?: readonly { readonly name: string; readonly on: boolean }[];
  readonly people?: readonly Readonly<Record<string, unknown>>[];
}

describe('what the console asks of the server beside the API of things', () => {
  let broker: TestBroker;
  let mocks: MockPartners;
  let endpoint: WebhookReceiver;
  let stranger: { readonly url: string; readonly asked: string[]; close(): void };
  before(async () => {
    mocks = await start_mock_partners({ only: ['oidc'] });
    endpoint = await webhook_receiver();
    const asked: string[] = [];
    // not a mock partner: what it says must not get through
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"name": 1, "secret": "<script>"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/path?x=1`; // a TCP server's address
    stranger = { url, asked, close: () => void server.close() };
    broker = await start_broker({ POSTERN_MOCKS_URL: `${mocks.oidc?.url ?? ''},${url} http://127.0.0.1:1` });
  });
  after(async () => {
    await broker.stop();
    await mocks.close();
    await endpoint.close();
    stranger.close();
  });

  const signed_in = async (key = broker.admin_key): Promise<ConsolePage> => {
    const page = new ConsolePage(broker);
    assert.equal((await page.sign_in(key)).status, 200);
    return page;
  };
  const key_of = async (role: string): Promise<string> =>
    (await broker.api<{ key: string }>('POST', '/admin-keys', { name: role, role })).key;
  const partners = async (page: ConsolePage): Promise<readonly Partner[]> => {
    const answer = await page.ask<{ partners: readonly Partner[] }>('GET', '/console/mocks');
    assert.equal(answer.status, 200);
    return answer.body.partners;
  };

  it('mock partners: their switches and people are shown and turned through the broker, and the record says who did', async () => {
    const page = await signed_in();
    const [first] = await partners(page);
    assert.equal(first?.state, 'there');
    assert.ok((first.people ?? []).length > 0);
    const name = first.switches?.[0]?.name ?? '';
    const turned = await page.ask<Partner>('POST', '/console/mocks/0', { switches: { [name]: true } });
    assert.deepEqual([turned.status, turned.body.switches?.find((one) => one.name === name)?.on], [200, true]);
    assert.equal(mocks.oidc?.switches.is_on(name), true);
    assert.equal((await page.ask('POST', '/console/mocks/0', { reset: true })).status, 200);
    assert.equal(mocks.oidc?.switches.is_on(name), false);
    const { data } = await broker.api<{ data: { after: unknown }[] }>('GET', '/audit-events?type=mock_partner.changed');
    assert.deepEqual(
      data.map((event) => event.after),
      [{ reset: true }, { [name]: true }],
    );
  });

  it('mock partners: one that is away says so, and another program’s answer is not handed on', async () => {
    const [, other, away] = await partners(await signed_in());
    assert.deepEqual([other?.state, away?.state], ['away', 'away']);
    assert.doesNotMatch(JSON.stringify(other), /script/);
    assert.deepEqual([...new Set(stranger.asked)], ['/__control']);
  });

  it('mock partners: only those of the settings, only by an owner or operator, only from the console’s own page', async () => {
    const page = await signed_in();
    for (const id of ['9', '-1', '0%2F..', 'http:%2F%2F127.0.0.1', ''])
      assert.ok([404, 405].includes((await page.ask('POST', `/console/mocks/${id}`, {})).status), id);
    assert.equal((await page.ask('POST', '/console/mocks/0', { switches: { no_such: true } })).status, 422);
    assert.equal((await page.ask('POST', '/console/mocks/0', { url: 'http://127.0.0.1' })).status, 422);
    assert.equal((await page.ask('POST', '/console/mocks/0', { reset: true }, { 'x-postern-csrf': 'wrong' })).status, 403);
    assert.equal((await page.ask('GET', '/console/mocks', undefined, { 'sec-fetch-site': 'cross-site' })).status, 403);
    assert.equal((await new ConsolePage(broker).ask('GET', '/console/mocks')).status, 401);
    for (const role of ['support', 'operator']) {
      const status = role === 'operator' ? 200 : 403;
      const other = await signed_in(await key_of(role));
      assert.equal((await other.ask('GET', '/console/mocks')).status, status, role);
      assert.equal((await other.ask('POST', '/console/mocks/0', { reset: true })).status, status, role);
    }
  });

  it('the doctor is asked through the API: what it finds, with how to mend it; partners only when wanted', async () => {
    await broker.api('POST', '/organizations', { slug: 'lonely', name: 'Lonely' });
    interface Checks {
      readonly partners: boolean;
      readonly warnings: number;
      readonly findings: readonly { readonly name: string; readonly level: string; readonly fix: string | null }[];
    }
    const checks = await broker.api<Checks>('GET', '/system/checks');
    const found = (name: string) => checks.findings.find((finding) => finding.name === name);
    assert.equal(found('issuer')?.level, 'ok');
    assert.equal(found('database')?.level, 'ok');
    assert.equal(found('lonely: connections')?.level, 'warning');
    assert.match(found('lonely: connections')?.fix ?? '', /postern connection create/);
    assert.ok(checks.warnings > 0 && !checks.partners);
    assert.equal((await broker.api<Checks>('GET', '/system/checks?partners=true')).partners, true);
  });

  it('background tasks are told with how their last turn went', async () => {
    interface Task {
      readonly name: string;
      readonly last_at: string | null;
      readonly error: string | null;
    }
    const sealed = async (): Promise<Task | undefined> => {
      const { tasks } = await broker.api<{ tasks: readonly Task[] }>('GET', '/system');
      return tasks.find(({ name }) => name === 'configuration');
    };
    const task = await until(sealed, (one) => one?.last_at != null);
    assert.equal(task?.error, null);
  });

  it('an inline hook is asked now, signed, also one that is off; what came back is told, and what is wrong with it', async () => {
    const { id, secret } = await broker.api<{ id: string; secret: string }>('POST', '/inline-hooks', {
      ...{ url: endpoint.url, point: 'before_token', enabled: false },
    });
    const ask = (body?: unknown) => broker.api('POST', `/inline-hooks/${id}/test`, body);
    endpoint.behave = () => ({ status: 200, body: { action: 'continue', claims: { plan: 'gold' } } });
    const good = await ask();
    assert.deepEqual([good['ok'], good['status'], (good['answer'] as { claims: unknown }).claims], [true, 200, { plan: 'gold' }]);
    const got = endpoint.received.at(-1);
    assert.ok(got !== undefined && verify_webhook(got, secret) !== undefined);
    assert.deepEqual([got.type, got.data['test']], ['inline.before_token', true]);
    endpoint.behave = () => ({ status: 200, body: { action: 'continue', claims: { sub: 'somebody else' } } });
    const wrong = await ask({ data: { client_id: 'mine' } });
    assert.equal(wrong['ok'], false);
    assert.match(String(wrong['problem']), /claims/);
    assert.match(String(wrong['body']), /somebody else/);
    assert.equal(endpoint.received.at(-1)?.data['client_id'], 'mine');
    endpoint.behave = () => 500;
    assert.deepEqual([(await ask())['status'], (await ask())['answer']], [500, null]);
  });

  it('a tenants file is shown as a difference, applied, and then nothing is left to do', async () => {
    const yaml =
      'organizations:\n  - slug: by-file\n    name: By file\nclients:\n  - client_id: by-file\n    redirect_uris: ["https://app.example.com/"]\n';
    const send = async (path: string, text: string, type = 'application/yaml') => {
      const answer = await fetch(`${broker.issuer}/api/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${broker.admin_key}`, 'content-type': type },
        body: text,
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }; // JSON of ours
    };
    const kinds = (body: Record<string, unknown>): string[] =>
      (body['changes'] as { action: string; kind: string }[]).map(({ action, kind }) => `${action} ${kind}`).sort();
    const planned = await send('/tenants/diff', yaml);
    assert.deepEqual([planned.status, planned.body['dry_run'], kinds(planned.body)], [200, true, ['create client', 'create organization']]);
    assert.equal((await broker.call('GET', '/organizations/by-file')).status, 404);
    const applied = await send('/tenants/apply', yaml);
    assert.deepEqual(kinds(applied.body), ['create client', 'create organization']);
    assert.ok((applied.body['changes'] as { shown_once: { client_secret?: string } }[]).some(({ shown_once }) => shown_once.client_secret));
    assert.deepEqual(kinds((await send('/tenants/diff', yaml)).body), []);
    const exported = await (await broker.call('GET', '/tenants?format=yaml')).text();
    assert.match(exported, /slug: by-file/);
    assert.deepEqual(kinds((await send('/tenants/diff', exported)).body), []);
    const json = await broker.api('GET', '/tenants');
    assert.deepEqual(kinds((await send('/tenants/diff', JSON.stringify(json), 'application/json')).body), []);
  });

  it('a tenants file that is sent cannot read the environment of the server', async () => {
    const answer = await broker.call('POST', '/tenants/diff', { organizations: [{ slug: 'spy', name: '${PATH}' }] });
    assert.equal(answer.status, 422);
    const text = await answer.text();
    assert.match(text, /organizations\.0\.name/);
    assert.ok(!text.includes(process.env['PATH'] ?? 'no path'));
  });
});
