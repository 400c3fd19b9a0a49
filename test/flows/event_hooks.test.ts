import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { type TestBroker, start_broker } from '../support/broker.ts';
import { add_organization, type Tenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';
import { verify_webhook, type WebhookReceiver, webhook_receiver } from '../support/webhook_receiver.ts';

interface Hook {
  readonly id: string;
  readonly secret: string;
  readonly enabled: boolean;
  readonly disabled_reason: string | null;
}
interface Delivery {
  readonly id: string;
  readonly event_id: string;
  readonly type: string;
  readonly status: string;
  readonly tries: readonly { readonly answer?: string; readonly error?: string }[];
}

describe('event hooks', () => {
  let broker: TestBroker;
  let endpoint: WebhookReceiver;
  let acme: Tenant;
  let globex: Tenant;
  const hooks: string[] = [];
  before(async () => {
    [broker, endpoint] = await Promise.all([start_broker(), webhook_receiver()]);
    acme = await add_organization(broker, 'acme');
    globex = await add_organization(broker, 'globex');
  });
  after(async () => {
    await broker.stop();
    await endpoint.close();
  });
  afterEach(async () => {
    endpoint.behave = () => 204;
    for (const id of hooks.splice(0)) await broker.call('DELETE', `/event-hooks/${id}`);
    endpoint.received.splice(0);
  });
  const add_hook = async (body: Readonly<Record<string, unknown>> = {}): Promise<Hook> => {
    const hook = await broker.api<Hook>('POST', '/event-hooks', { url: endpoint.url, ...body });
    hooks.push(hook.id);
    return hook;
  };
  const add_user = (user_name: string, { org_id }: Tenant = acme): Promise<{ id: string }> =>
    broker.api('POST', `/organizations/${org_id}/users`, { user_name, attributes: { pin: 'x' } });
  const deliveries = async (hook: Hook, status?: string): Promise<readonly Delivery[]> =>
    (await broker.api<{ data: Delivery[] }>('GET', `/event-hooks/${hook.id}/deliveries${status === undefined ? '' : `?status=${status}`}`))
      .data;
  const until_one = async (hook: Hook, status: string): Promise<Delivery> => {
    const [one] = await until(
      () => deliveries(hook, status),
      ({ length }) => length > 0,
    );
    assert.ok(one);
    return one;
  };

  it('hear of a change as Standard Webhooks has it: id, timestamp, a signature that a library verifies, {type, timestamp, data}', async () => {
    const hook = await add_hook();
    const user = await add_user('standard');
    const got = await endpoint.until(({ type }) => type === 'user.created');
    assert.match(hook.secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    assert.deepEqual(verify_webhook(got, hook.secret), JSON.parse(got.body));
    assert.equal(got.headers['content-type'], 'application/json');
    assert.ok(Math.abs(Number(got.headers['webhook-timestamp']) - Date.now() / 1000) < 60);
    const { id, organization_id, target, before: was, after: is, actor } = got.data;
    assert.equal(got.id, id);
    assert.equal(organization_id, acme.org_id);
    assert.deepEqual(target, { kind: 'user', id: user.id, name: 'standard' });
    assert.deepEqual([was, is], [null, { user_name: 'standard', attributes: { pin: 'x' }, source: 'api' }]);
    assert.equal((actor as { kind: string }).kind, 'admin_key');
    const { data } = await broker.api<{ data: { id: string }[] }>('GET', `/audit-events?target=${user.id}&type=user.created`);
    assert.deepEqual(
      data.map((event) => event.id),
      [id],
      'the event is the one of the record',
    );
    assert.throws(() => verify_webhook({ ...got, body: got.body.replace('standard', 'altered') }, hook.secret));
  });

  it('keep their secret: it is shown at creation and at rotation, and never again', async () => {
    const hook = await add_hook();
    for (const path of ['/event-hooks', `/event-hooks/${hook.id}`, '/audit-events?limit=1000'])
      assert.ok(!(await (await broker.call('GET', path)).text()).includes(hook.secret), path);
  });

  it('a rotated secret signs beside the new one, so that a receiver needs to know one of them', async () => {
    const first = await add_hook();
    const { secret: second } = await broker.api<Hook>('POST', `/event-hooks/${first.id}/rotate-secret`);
    assert.notEqual(second, first.secret);
    await add_user('rotated');
    const got = await endpoint.until(({ type }) => type === 'user.created');
    assert.equal(String(got.headers['webhook-signature']).split(' ').length, 2);
    for (const secret of [first.secret, second]) verify_webhook(got, secret);
    const { secret: third } = await broker.api<Hook>('POST', `/event-hooks/${first.id}/rotate-secret`);
    endpoint.received.splice(0);
    await add_user('rotated-again');
    const later = await endpoint.until(({ type }) => type === 'user.created');
    for (const secret of [second, third]) verify_webhook(later, secret);
    assert.throws(() => verify_webhook(later, first.secret), 'two at most');
  });

  it('hear only what they ask for: types, whole things, organizations', async () => {
    await add_hook({ events: ['group.*', 'user.updated'], organizations: ['acme'] });
    const { id } = await add_user('filtered');
    const foreign = await add_user('filtered', globex);
    await broker.api('PATCH', `/organizations/${globex.org_id}/users/${foreign.id}`, { given_name: 'G' });
    await broker.api('PATCH', `/organizations/${acme.org_id}/users/${id}`, { given_name: 'A' });
    await broker.api('POST', `/organizations/${acme.org_id}/groups`, { display_name: 'Filtered' });
    await broker.api('POST', '/roles', { name: 'filtered' });
    await endpoint.until(({ type }) => type === 'group.created');
    await endpoint.until(({ type }) => type === 'user.updated');
    assert.deepEqual(endpoint.received.map((got) => [got.type, got.data['organization_id']]).toSorted(), [
      ['group.created', acme.org_id],
      ['user.updated', acme.org_id],
    ]);
  });

  it('a type that there is not, an address that is none, an unknown organization: 422, each named', async () => {
    const answer = await broker.call('POST', '/event-hooks', {
      url: 'ftp://x',
      events: ['user.exploded', 'us.*'],
      organizations: ['nobody'],
    });
    assert.equal(answer.status, 422);
    const { errors } = (await answer.json()) as { errors: { path: string }[] };
    assert.deepEqual(
      errors.map(({ path }) => path),
      ['url', 'events.0', 'events.1'],
    );
    assert.equal((await broker.call('POST', '/event-hooks', { url: endpoint.url, organizations: ['nobody'] })).status, 422);
  });

  it('events of one person arrive in order, the next only after the one before was heard', async () => {
    const { id } = await add_user('ordered');
    await add_hook({ events: ['user.*'] });
    for (let count = 0; count < 6; count++)
      await broker.api('PATCH', `/organizations/${acme.org_id}/users/${id}`, { given_name: `n${count}` });
    await endpoint.until((got) => (got.data['after'] as { given_name?: string }).given_name === 'n5');
    assert.deepEqual(
      endpoint.received.map((got) => (got.data['after'] as { given_name?: string }).given_name),
      ['n0', 'n1', 'n2', 'n3', 'n4', 'n5'],
    );
  });

  it('410 Gone switches the hook off, says so in the record, and keeps what was not heard', async () => {
    endpoint.behave = () => 410;
    const hook = await add_hook({ events: ['user.created'] });
    await add_user('gone');
    const dead = await until_one(hook, 'dead');
    assert.deepEqual(
      dead.tries.map(({ answer, error }) => [answer, error]),
      [['410', 'the endpoint answered 410']],
    );
    const now = await broker.api<Hook>('GET', `/event-hooks/${hook.id}`);
    assert.deepEqual([now.enabled, now.disabled_reason], [false, 'the endpoint answered 410 Gone']);
    const { data } = await broker.api<{ data: unknown[] }>('GET', `/audit-events?type=event_hook.disabled&target=${hook.id}`);
    assert.equal(data.length, 1);
    const before_that = endpoint.received.length;
    await add_user('not-told');
    assert.equal((await deliveries(hook)).length, 1, 'one that is switched off collects nothing');
    assert.equal(endpoint.received.length, before_that);
  });

  it('what was given up is kept, and sent again when asked, under the same id', async () => {
    endpoint.behave = () => 410;
    const hook = await add_hook({ events: ['user.created'] });
    await add_user('again');
    const dead = await until_one(hook, 'dead');
    endpoint.behave = () => 200;
    await broker.api('PATCH', `/event-hooks/${hook.id}`, { enabled: true });
    assert.equal((await broker.api<Hook>('GET', `/event-hooks/${hook.id}`)).disabled_reason, null);
    const path = `/event-hooks/${hook.id}/deliveries/${dead.id}`;
    const made = await broker.api<Delivery>('POST', `${path}/resend`);
    assert.deepEqual([made.status, made.event_id], ['pending', dead.event_id]);
    const delivered = await until_one(hook, 'delivered');
    assert.deepEqual([delivered.id, delivered.tries.map(({ answer }) => answer)], [made.id, ['200']]);
    assert.equal((await broker.api<Delivery>('GET', path)).status, 'resent');
    assert.deepEqual(
      endpoint.received.map((got) => got.id),
      [dead.event_id, dead.event_id],
    );
  });

  it('a failed try is in the log at once, and what is still tried cannot be sent again', async () => {
    endpoint.behave = () => 503;
    const hook = await add_hook({ events: ['user.created'] });
    await add_user('failing');
    await endpoint.until(() => true);
    await until(
      () => deliveries(hook),
      ([delivery]) => delivery?.tries.length === 1,
    );
    const [one] = await deliveries(hook, 'pending');
    assert.equal(one?.tries[0]?.error, 'the endpoint answered 503');
    const again = await broker.call('POST', `/event-hooks/${hook.id}/deliveries/${one?.id ?? ''}/resend`);
    assert.deepEqual([again.status, ((await again.json()) as { code: string }).code], [409, 'delivery_pending']);
  });

  it("a hook's deliveries are its own: another hook's id does not open them, and they go with it", async () => {
    const hook = await add_hook({ events: ['user.created'] });
    const other = await add_hook({ events: ['user.deleted'] });
    await add_user('owned');
    const { id } = await until_one(hook, 'delivered');
    assert.equal((await broker.call('GET', `/event-hooks/${other.id}/deliveries/${id}`)).status, 404);
    assert.equal((await broker.call('POST', `/event-hooks/${other.id}/deliveries/${id}/resend`)).status, 404);
    await broker.api('DELETE', `/event-hooks/${hook.id}`);
    assert.equal((await broker.call('GET', `/event-hooks/${hook.id}/deliveries`)).status, 404);
  });

  it('an endpoint in a network that is not allowed is never called', async () => {
    const hook = await add_hook({ url: 'http://169.254.169.254/latest/meta-data', events: ['user.created'] });
    await add_user('ssrf');
    await until(
      () => deliveries(hook),
      ([delivery]) => delivery?.tries.length === 1,
    );
    assert.equal((await deliveries(hook))[0]?.tries[0]?.answer, undefined);
  });
});
