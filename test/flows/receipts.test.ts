import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { ReceiptView } from '../../src/audit/index.ts';
import { type Installation, type SignedIn, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { relying_party } from '../support/relying_party.ts';
import { add_client, add_organization } from '../support/tenant.ts';
import { until } from '../support/until.ts';
import { type WebhookReceiver, webhook_receiver } from '../support/webhook_receiver.ts';

const names = ['leaver', 'deleted', 'suspended', 'sessions'];

describe('a receipt of ended access', () => {
  let it_is: Installation;
  let hook: WebhookReceiver;
  /** What the app answers to a logout token. */
  let answers: number[] = [];
  let quiet: Awaited<ReturnType<typeof relying_party>>;
  const listener = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(answers.shift() ?? 200).end());
  });
  before(async () => {
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo; // a TCP server's address
    it_is = await start_installation({
      people: names.map((name) => person(name)),
      client: { backchannel_logout_uri: `http://127.0.0.1:${port}/logout` },
    });
    quiet = await relying_party({ issuer: it_is.broker.issuer, ...(await add_client(it_is.broker)) });
    hook = await webhook_receiver();
    await it_is.broker.api('POST', '/event-hooks', { url: hook.url, events: ['access.ended'] });
  });
  after(async () => {
    await it_is.stop();
    await hook.close();
    listener.close();
    listener.closeAllConnections();
  });
  const login = (name: string, app = it_is.app): Promise<SignedIn> =>
    it_is.login({ scope: 'openid offline_access' }, { who: person(name), app });
  const receipts_of = async (user_id: string): Promise<readonly ReceiptView[]> => {
    const path = `/organizations/${it_is.acme.org_id}/users/${user_id}/receipts`;
    return (await it_is.broker.api<{ data: ReceiptView[] }>('GET', path)).data;
  };
  const complete = async (user_id: string): Promise<ReceiptView> => {
    const [one] = await until(
      () => receipts_of(user_id),
      ([receipt]) => receipt !== undefined && receipt.completed_at !== null,
    );
    assert.ok(one);
    return one;
  };
  const user_path = (user_id: string): string => `/organizations/${it_is.acme.org_id}/users/${user_id}`;

  it('of a person who is deactivated: each session, each family of tokens, each app told, tried until it heard', async () => {
    const first = await login('leaver');
    await login('leaver', quiet);
    answers = [500];
    await it_is.broker.api('PATCH', user_path(first.user_id), { active: false });
    const [at_once] = await receipts_of(first.user_id);
    assert.equal(at_once?.completed_at, null, 'it is there when the answer is, and not complete yet');
    assert.deepEqual(at_once?.apps.map(({ outcome }) => outcome).toSorted(), ['pending', 'wants_none']);
    const receipt = await complete(first.user_id);
    assert.deepEqual([receipt.reason, receipt.user_id, receipt.organization_id], ['user.deactivated', first.user_id, it_is.acme.org_id]);
    assert.equal(receipt.actor.kind, 'admin_key');
    assert.equal(receipt.sessions.length, 2);
    const [told, silent] = receipt.apps.toSorted((a, b) => a.outcome.localeCompare(b.outcome));
    assert.deepEqual([told?.outcome, told?.client_id, told?.tries, told?.error], ['told', it_is.client_id, 2, null]);
    assert.equal(silent?.outcome, 'wants_none');
    for (const app of receipt.apps) assert.ok(app.tokens >= 2, 'an access and a refresh token at least');
    assert.ok(Date.parse(receipt.signed_tokens_end_by) - Date.parse(receipt.created_at) === 300_000);
    const got = await hook.until(({ data }) => (data['target'] as { id: string }).id === first.user_id);
    const told_of = got.data['after'] as ReceiptView & { everyone_told: boolean };
    assert.deepEqual([told_of.id, told_of.everyone_told, told_of.apps.length], [receipt.id, true, 2]);
    assert.deepEqual(await it_is.broker.api('GET', `/organizations/${it_is.acme.org_id}/receipts/${receipt.id}`), receipt);
  });

  it('of a person who is deleted: it outlives them', async () => {
    const { user_id } = await login('deleted');
    await it_is.broker.api('DELETE', user_path(user_id));
    const receipt = await complete(user_id);
    assert.deepEqual([receipt.reason, receipt.sessions.length, receipt.apps.length], ['user.deleted', 1, 1]);
  });

  it('of one without a session: that there was nothing is proof as well', async () => {
    const { id } = await it_is.broker.api<{ id: string }>('POST', `/organizations/${it_is.acme.org_id}/users`, { user_name: 'idle' });
    await it_is.broker.api('PATCH', user_path(id), { active: false });
    const receipt = await complete(id);
    assert.deepEqual([receipt.sessions, receipt.apps], [[], []]);
  });

  it('of an organization that is suspended: everyone in one receipt, and each person sees what was theirs', async () => {
    const one = await login('suspended');
    const other = await login('sessions');
    await it_is.broker.api('PATCH', `/organizations/${it_is.acme.org_id}`, { status: 'suspended' });
    const mine = await complete(one.user_id);
    assert.deepEqual([mine.user_id, mine.reason], [null, 'organization.updated']);
    assert.deepEqual(new Set(mine.apps.map(({ user_id }) => user_id)), new Set([one.user_id]));
    const whole = await it_is.broker.api<ReceiptView>('GET', `/organizations/${it_is.acme.org_id}/receipts/${mine.id}`);
    assert.ok(whole.apps.some(({ user_id }) => user_id === other.user_id));
    await it_is.broker.api('PATCH', `/organizations/${it_is.acme.org_id}`, { status: 'active' });
  });

  it("is its organization's own; of somebody who never was there is none", async () => {
    const globex = await add_organization(it_is.broker, 'globex');
    const { data } = await it_is.broker.api<{ data: ReceiptView[] }>('GET', `/organizations/${it_is.acme.org_id}/receipts`);
    assert.ok(data.length >= 4);
    const foreign = await it_is.broker.call('GET', `/organizations/${globex.org_id}/receipts/${data[0]?.id ?? ''}`);
    assert.equal(foreign.status, 404);
    const never = await it_is.broker.call('GET', `/organizations/${globex.org_id}/users/${data[0]?.user_id ?? 'x'}/receipts`);
    assert.equal(never.status, 404);
  });
});
