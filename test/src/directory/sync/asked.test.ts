import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { make_inline_hooks } from '../../../../src/events/index.ts';
import { make_egress } from '../../../../src/http/egress/index.ts';
import { inline_points } from '../../../../src/inline_hooks.ts';
import type { SyncDeps } from '../../../../src/directory/index.ts';
import { new_hook_secret } from '../../../../src/organizations/hooks/secrets.ts';
import { person } from '../../../support/people.ts';
import { act } from '../../../support/people_world.ts';
import { sync_world, type SyncWorld } from '../../../support/sync_world.ts';
import { type WebhookReceiver, webhook_receiver } from '../../../support/webhook_receiver.ts';

type WhoIsAsked = NonNullable<SyncDeps['who_is_asked']>;
type Asked = NonNullable<Awaited<ReturnType<WhoIsAsked>>>;

const crowd = (size: number) => Array.from({ length: size }, (_, n) => person(`p${n}`, { groups: ['Staff'] }));
const asked_by = (about: Asked['about'], may_be_left_out = false): { who_is_asked: WhoIsAsked } => ({
  who_is_asked: async () => ({ about, may_be_left_out }),
});

describe('a directory whose people are made only when an inline hook agrees', () => {
  let endpoint: WebhookReceiver;
  let world: SyncWorld;
  let on_failure: 'fail_open' | 'fail_closed';
  let hooks = 1;
  let silent = false;
  const secret = new_hook_secret();
  const egress = make_egress({ allow_private_networks: ['127.0.0.0/8'] });
  const about = (name: string) =>
    endpoint.received.filter(({ data }) => (data['person'] as { email: string }).email === `${name}@acme.example`);
  before(async () => {
    endpoint = await webhook_receiver();
  });
  after(async () => {
    await endpoint.close();
    await egress.close();
  });
  beforeEach(async (t) => {
    on_failure = 'fail_closed';
    hooks = 1;
    silent = false;
    endpoint.received.splice(0);
    endpoint.behave = () => 204;
    const inline = make_inline_hooks({
      hooks: async () =>
        Array.from({ length: hooks }, () => ({
          id: 'ihk_1',
          version: 1,
          url: endpoint.url,
          on_failure,
          // short where no answer ever comes
          timeout_ms: silent ? 300 : 8000,
          secrets: () => [secret],
        })),
      ...{ fetch: egress.fetch, now: () => world.clock.now, log: () => {} },
    });
    const points = (): ReturnType<typeof inline_points> => inline_points(inline, world.users);
    world = await sync_world([person('ann'), person('bob')], { who_is_asked: (org_id) => points().who_is_asked(org_id) });
    if ('after' in t) t.after(() => world.close());
  });

  it('asks as a sign-in does, about those alone of whom a user would be made', async () => {
    await world.run();
    assert.equal(endpoint.received.length, 2);
    const [question] = endpoint.received;
    assert.ok(question);
    const { type, data } = question;
    assert.deepEqual(
      [type, data['organization_id'], data['connection_id'], data['source']],
      ['inline.before_user_created', world.org_id, world.connection_id, 'sync'],
    );
    world.people.push(person('carl'));
    assert.equal((await world.run()).created, 1);
    assert.deepEqual([endpoint.received.length, about('carl').length], [3, 1]);
  });

  it('makes nobody about whom it says no, reports why, and makes the others with what they are to be called', async () => {
    endpoint.behave = ({ data }) =>
      (data['person'] as { given_name: string }).given_name === 'Ann'
        ? { status: 200, body: { action: 'deny', message: 'No licence is left.' } }
        : { status: 200, body: { person: { display_name: 'By the hook' } } };
    const run = await world.run();
    assert.deepEqual([run.status, run.created, run.seen, run.problems.length], ['finished', 1, 2, 1]);
    assert.match(run.problems[0]?.problem ?? '', /ihk_1 said deny: No licence is left\./);
    assert.equal(await world.user('ann@acme.example'), undefined);
    assert.equal((await world.user('bob@acme.example'))?.display_name, 'By the hook');
  });

  it('asks again, in the next run, about whoever waits for an approval', async () => {
    endpoint.behave = () => ({ status: 200, body: { action: 'wait', message: 'A manager was asked.' } });
    const run = await world.run();
    assert.deepEqual([run.status, run.created, run.problems.length], ['finished', 0, 2]);
    assert.match(run.problems[0]?.problem ?? '', /said wait: A manager was asked\./);
    endpoint.behave = () => 204;
    assert.equal((await world.run()).created, 2);
  });

  it('fail_closed: nobody is made when it does not answer as it should; fail_open: everybody is', async () => {
    for (const answer of [500, 'hang', { status: 200, body: { action: 'explode' } }] as const) {
      endpoint.behave = () => answer;
      silent = answer === 'hang';
      const run = await world.run();
      assert.deepEqual([run.status, run.created, run.problems.length], ['finished', 0, 2]);
      assert.match(run.problems[0]?.problem ?? '', /ihk_1 failed/);
    }
    on_failure = 'fail_open';
    assert.equal((await world.run()).created, 2);
  });

  it('an answer with max_age is not asked for again while it holds', async () => {
    endpoint.behave = () => ({ status: 200, body: { action: 'wait', max_age: 3600 } });
    await world.run();
    assert.equal((await world.run()).problems.length, 2);
    assert.equal(endpoint.received.length, 2);
    world.clock.now += 3_601_000;
    await world.run();
    assert.equal(endpoint.received.length, 4);
  });

  it('a dry run asks nobody, and neither does a run where there is no hook', async () => {
    endpoint.behave = () => ({ status: 200, body: { action: 'deny' } });
    assert.equal((await world.run({ dry_run: true })).created, 2);
    hooks = 0;
    assert.equal((await world.run()).created, 2);
    assert.equal(endpoint.received.length, 0);
  });
});

describe('a run that asks', () => {
  it('holds no unit of work while it waits: others write meanwhile', async (t) => {
    const wrote: string[] = [];
    const world: SyncWorld = await sync_world(
      crowd(3),
      asked_by(async ({ subject }) => {
        await world.users.users(world.org_id).create({ user_name: `written while asked about ${subject}` }, act);
        wrote.push(subject);
        return { allow: true };
      }),
    );
    t.after(() => world.close());
    const run = await world.run();
    assert.deepEqual([run.error, run.created, wrote.length], [null, 3, 3]);
  });

  it('asks about thousands, each once, a few at the same time', async (t) => {
    let [now, most] = [0, 0];
    const asked = new Map<string, number>();
    const world = await sync_world(
      crowd(1000),
      asked_by(async ({ subject }) => {
        most = Math.max(most, ++now);
        asked.set(subject, (asked.get(subject) ?? 0) + 1);
        await new Promise((resolve) => setImmediate(resolve));
        now--;
        return { allow: true };
      }),
    );
    t.after(() => world.close());
    assert.equal((await world.run()).created, 1000);
    assert.deepEqual([asked.size, Math.max(...asked.values())], [1000, 1]);
    assert.ok(most > 1 && most <= 8, `${most} at the same time`);
  });

  it('leaves an endpoint alone that failed for so many in a row; the next run asks again', async (t) => {
    let asked = 0;
    let well = false;
    const world = await sync_world(
      crowd(500),
      asked_by(async () => {
        asked++;
        return well ? { allow: true } : { allow: false, why: 'failed', problem: 'down' };
      }),
    );
    t.after(() => world.close());
    const run = await world.run();
    assert.deepEqual([run.status, run.created, asked], ['finished', 0, 24]);
    assert.equal(
      world.events.some(({ type }) => type === 'user.created'),
      false,
    );
    well = true;
    assert.equal((await world.run()).created, 500);
  });

  it('comes to its end however slow the endpoint is; whoever was not asked about is in the next run', async (t) => {
    const lease_left: number[] = [];
    const world: SyncWorld = await sync_world(
      crowd(500),
      asked_by(async () => {
        const state = await world.storage.org(world.org_id).connection_syncs.find_one({ connection_id: world.connection_id });
        lease_left.push((state?.lease_until ?? 0) - world.clock.now);
        world.clock.now += 8000;
        return { allow: true };
      }),
    );
    t.after(() => world.close());
    const first = await world.run();
    assert.deepEqual([first.status, first.error], ['finished', null]);
    assert.ok(first.created > 100 && first.created < 200, `${first.created} created`);
    assert.match(first.problems[0]?.problem ?? '', /took too long/);
    assert.ok(Math.min(...lease_left) > 60_000, 'nobody may take the run for dead meanwhile');
    const second = await world.run();
    assert.deepEqual([second.whole, second.created > 100, second.unchanged], [true, true, first.created]);
  });

  it('makes whoever it had no time to ask about where every hook is fail_open', async (t) => {
    let asked = 0;
    const world: SyncWorld = await sync_world(
      crowd(300),
      asked_by(async () => {
        asked++;
        world.clock.now += 8000;
        return { allow: true };
      }, true),
    );
    t.after(() => world.close());
    const run = await world.run();
    assert.deepEqual([run.created, run.problems.length], [300, 0]);
    assert.ok(asked < 200, `${asked} questions`);
  });

  it('writes nothing once it has lost its lease while it asked', async (t) => {
    const world: SyncWorld = await sync_world(
      crowd(60),
      asked_by(async () => {
        world.clock.now += 5000;
        if (world.clock.now > start_of_world + 120_000)
          await world.storage.write_once(`UPDATE "connection_syncs" SET "lease" = 'syn_other' WHERE "org_id" = ?`, [world.org_id]);
        return { allow: true };
      }),
    );
    const start_of_world = world.clock.now;
    t.after(() => world.close());
    const run = await world.run();
    assert.match(run.error ?? '', /another process/);
    assert.equal(await world.storage.org(world.org_id).users.count(), 0);
  });

  it('in a page that also tells of people who are known, changes them once', async (t) => {
    const world = await sync_world(
      crowd(1),
      asked_by(async ({ subject, person: { email } }) =>
        email === 'p0@acme.example' ? { allow: true } : { allow: false, why: 'deny', problem: `not ${subject}` },
      ),
    );
    t.after(() => world.close());
    await world.run();
    const recorded = world.events.length;
    world.people.splice(0, 1, ...crowd(2).map((one) => ({ ...one, family_name: 'Married' })));
    const run = await world.run();
    assert.deepEqual([run.created, run.updated, run.problems.length], [0, 1, 1]);
    assert.deepEqual(
      world.events.slice(recorded).map(({ type }) => type),
      ['user.updated', 'sync.finished'],
    );
  });
});

describe('a directory that can tell what has changed', () => {
  const at = (time: string) => ({ attributes: { modifyTimestamp: [time] } });
  const people = () => crowd(3).map((one, n) => ({ ...one, ...at(n === 0 ? '20260101000000Z' : '20250101000000Z') }));

  it('is read whole again while somebody waits; about whom the answer was no, it says so and asks once a day', async (t) => {
    let answer: Awaited<ReturnType<Asked['about']>> = { allow: false, why: 'wait', problem: 'waits' };
    let asked = 0;
    const world = await sync_world(
      people(),
      asked_by(async () => {
        asked++;
        return answer;
      }),
    );
    t.after(() => world.close());
    await world.run();
    answer = { allow: false, why: 'deny', problem: 'no' };
    assert.deepEqual([(await world.run()).whole, asked], [true, 6]);
    const run = await world.run();
    assert.deepEqual([run.whole, run.problems.length, asked], [false, 3, 7]);
    assert.match(run.problems.map(({ problem }) => problem).join(), /left out before/);
    world.clock.now += 25 * 3_600_000;
    await world.run();
    assert.equal(asked, 10);
  });
});
