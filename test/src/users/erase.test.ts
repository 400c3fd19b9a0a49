import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Audit, make_audit, new_reference } from '../../../src/audit/index.ts';
import { new_user_id, NotFound, type OrgId } from '../../../src/kernel/index.ts';
import type { UserCollection } from '../../../src/users/make_users.ts';
import { act, people_world, type PeopleWorld } from '../../support/people_world.ts';

const CANARY = /canary/i;

describe('erasing a person', () => {
  let world: PeopleWorld;
  let audit: Audit;
  let org: OrgId;
  let users: UserCollection;
  let connection_id: string;
  before(async () => {
    world = await people_world();
    audit = make_audit({
      ...{ storage: world.storage, now: () => world.clock.now, trace_days: 30 },
      subscribers: async () => [{ id: 'ehk_1', events: null, organizations: null }],
    });
    org = await world.add_organization();
    connection_id = await world.add_connection(org);
    users = world.users.users(org);
  });
  after(() => world.close());
  const everything = async (): Promise<string> => {
    const tables = ['users', 'identities', 'audit_events', 'login_traces', 'sessions', 'receipts', 'receipt_entries'];
    const rows = await Promise.all(tables.map((table) => world.storage.sql.all(`SELECT * FROM "${table}"`)));
    return JSON.stringify(rows);
  };
  const somebody = async (name: string): Promise<string> => {
    const { view } = await users.create({ user_name: `canary-${name}`, email: `canary-${name}@acme.example` }, act);
    await world.add_session(org, view.id, connection_id);
    const person = { actor: { kind: 'user' as const, id: view.id, name: `Canary ${name}` }, ip: '192.0.2.66' };
    const partner = { actor: { kind: 'user' as const, name: `canary-subject-${name}` }, ip: '192.0.2.66' };
    const target = { kind: 'user', id: view.id, name: `canary-${name}` };
    await world.storage.transact(async (tx) => {
      await audit.record(tx, person, { type: 'session.ended', org_id: org, after: { by: 'canary' } });
      await audit.record(tx, partner, { type: 'identity.linked', org_id: org, target, after: { subject: 'canary' } });
      await audit.save_trace(tx, {
        ...{ reference: new_reference(), org_id: org, connection_id, client_id: null, user_id: view.id, outcome: 'succeeded', code: null },
        ...{
          steps: [{ at: 1, name: 'x', ok: true, detail: 'canary' }],
          personal: { mail: ['canary'] },
          started_at: 1,
          finished_at: world.clock.now,
        },
      });
    });
    await users.update(view.id, { given_name: 'Canary' }, act);
    return view.id;
  };

  it('leaves nothing that says who it was, in no table; that something happened, when, and by whom stays; the chain verifies', async () => {
    const id = await somebody('ann');
    await audit.seal_chain();
    assert.match(await everything(), CANARY);
    const erasure = await users.erase(id, act);
    assert.deepEqual([erasure.user_id, erasure.traces], [id, 1]);
    assert.ok(erasure.events >= 4);
    assert.doesNotMatch(await everything(), CANARY);
    assert.doesNotMatch(await everything(), /192\.0\.2\.66/);
    const { data } = await audit.list_events({ target: id });
    assert.deepEqual(data.map(({ type }) => type).toSorted(), [
      'identity.linked',
      'user.created',
      'user.deleted',
      'user.erased',
      'user.updated',
    ]);
    assert.deepEqual(data.find(({ type }) => type === 'user.created')?.actor, act.actor, 'who else acted stays');
    await audit.seal_chain();
    const report = await audit.verify_chain();
    assert.deepEqual([report.ok, report.erased], [true, erasure.events]);
    await assert.rejects(users.get(id), NotFound);
  });

  it('of somebody who was deleted before empties the record; again, there is nothing left to do', async () => {
    const id = await somebody('bob');
    await users.remove(id, act);
    assert.match(await everything(), CANARY);
    await users.erase(id, act);
    assert.doesNotMatch(await everything(), CANARY);
    assert.equal((await users.erase(id, act)).events, 1, 'the erasure itself, which holds nothing');
  });

  it('of somebody unknown, or of another organization, is not found, and touches nothing', async () => {
    const id = await somebody('carol');
    const other = world.users.users(await world.add_organization());
    for (const [room, who] of [
      [other, id],
      [users, new_user_id()],
      [users, 'x'],
    ] as const)
      await assert.rejects(room.erase(who, act), NotFound);
    assert.equal((await users.get(id)).view.given_name, 'Canary');
    await users.erase(id, act);
  });

  it('attack: somebody who empties a row by hand and has no erasure in the chain is found', async () => {
    const id = await somebody('dan');
    await audit.seal_chain();
    await world.storage.write_once(`UPDATE "audit_events" SET "salt" = NULL, "after" = NULL WHERE "target_id" = ?`, [id]);
    assert.equal((await audit.verify_chain()).ok, false);
  });

  it('what was told to an event hook or an app of them goes too; what it has not heard yet is still told', async () => {
    const id = await somebody('eve');
    const logout = `app-1/${id}/sid-1`;
    await world.storage.transact((tx) => audit.append_outbox(tx, { org_id: org, kind: 'test', order_key: logout, payload: {} }));
    await world.storage.write_once(`UPDATE "outbox" SET "done_at" = 1 WHERE "order_key" IN (?, ?)`, [`ehk_1/${id}`, logout]);
    await users.erase(id, act);
    for (const order_key of [`ehk_1/${id}`, logout]) assert.deepEqual(await world.storage.gateway.outbox.find({ order_key }), []);
  });
});
