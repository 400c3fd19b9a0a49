import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Act, type Audit, audit_schemas, make_audit, system_act } from '../../../src/audit/index.ts';
import { InvalidInput, new_org_id } from '../../../src/kernel/index.ts';
import type { Storage } from '../../../src/storage/index.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

const act: Act = { actor: { kind: 'admin_key', id: 'key_1', name: 'Terraform' }, request_id: 'req_1', ip: '192.0.2.7', role: 'owner' };

describe('the audit record', () => {
  let storage: Storage;
  let audit: Audit;
  let now = 1_800_000_000_000;
  const acme = new_org_id();
  const globex = new_org_id();
  before(async () => {
    storage = await temporary_storage();
    audit = make_audit({ storage, now: () => now, trace_days: 30 });
  });
  after(() => storage.close());
  const write = (type: string, org_id = acme, by: Act = act): Promise<void> =>
    storage.transact((tx) => audit.record(tx, by, { type, org_id, target: { kind: 'user', id: 'usr_1', name: 'Ann' } }));

  it('says who, what, to what, for whom, on which request, from where, and what was before and after', async () => {
    await storage.transact((tx) =>
      audit.record(tx, act, {
        type: 'user.updated',
        org_id: acme,
        target: { kind: 'user', id: 'usr_9', name: 'Ann' },
        before: { display_name: 'Ann' },
        after: { display_name: 'Anna', active: true },
      }),
    );
    const { data } = await audit.list_events({ organization_id: acme, type: 'user.updated' });
    assert.equal(data.length, 1);
    const { id, ...event } = audit_schemas.audit_event.strict().parse(data[0]);
    assert.match(id, /^evt_/);
    assert.deepEqual(event, {
      organization_id: acme,
      type: 'user.updated',
      actor: { kind: 'admin_key', id: 'key_1', name: 'Terraform' },
      target: { kind: 'user', id: 'usr_9', name: 'Ann' },
      before: { display_name: 'Ann' },
      after: { display_name: 'Anna', active: true },
      request_id: 'req_1',
      ip: '192.0.2.7',
      at: '2027-01-15T08:00:00.000Z',
    });
  });

  it('is part of the unit of work: what was rolled back was never done', async () => {
    await assert.rejects(
      storage.transact(async (tx) => {
        await audit.record(tx, act, { type: 'thing.undone' });
        throw new Error('rolled back');
      }),
    );
    assert.deepEqual((await audit.list_events({ type: 'thing.undone' })).data, []);
  });

  it('a secret in before or after is masked, whatever its depth; whether there was one stays', async () => {
    await storage.transact((tx) =>
      audit.record(tx, act, {
        type: 'connection.updated',
        before: { ldap: { bind_password: 'canary-1', bind_dn: 'cn=postern' }, oidc: null },
        after: {
          ldap: { bind_password: null },
          oidc: { client_secret: 'canary-2', private_key_jwt: true, keys: [{ kty: 'RSA', n: 'public', e: 'AQAB', d: 'canary-3' }] },
          list: [{ deeper: { accessToken: 'canary-4', token_endpoint_auth_method: 'client_secret_basic' } }],
          notes: 'https://user:canary-5@host/ and -----BEGIN PRIVATE KEY-----canary-6',
          url: 'postgres://postern:canary-7@db/postern',
          jwt: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnktOCJ9.canary-8',
          key: 'canary-9',
          key_hash: 'canary-10',
          certificate: 'public',
          code: 'invalid_credentials',
        },
      }),
    );
    const [event] = (await audit.list_events({ type: 'connection.updated' })).data;
    assert.doesNotMatch(JSON.stringify(event), /canary/);
    assert.deepEqual(event?.before, { ldap: { bind_password: '***', bind_dn: 'cn=postern' }, oidc: null });
    assert.deepEqual(event?.after?.['ldap'], { bind_password: null });
    assert.deepEqual(event?.after?.['oidc'], {
      client_secret: '***',
      private_key_jwt: true,
      keys: [{ kty: 'RSA', n: 'public', e: 'AQAB', d: '***' }],
    });
    assert.deepEqual(event?.after?.['list'], [{ deeper: { accessToken: '***', token_endpoint_auth_method: 'client_secret_basic' } }]);
    assert.equal(event?.after?.['certificate'], 'public');
    assert.equal(event?.after?.['code'], 'invalid_credentials');
  });

  it('values nested without end do not exhaust the stack', async () => {
    let deep: Record<string, unknown> = {};
    for (let depth = 0; depth < 2000; depth++) deep = { deep };
    await storage.transact((tx) => audit.record(tx, act, { type: 'thing.deep', after: deep }));
    assert.equal((await audit.list_events({ type: 'thing.deep' })).data.length, 1);
  });

  it('is listed newest first, in pages, narrowed by organization, type, actor, target and time', async () => {
    now += 1000;
    const started = now;
    for (let count = 0; count < 5; count++) {
      now += 1;
      await write('page.test', count % 2 === 0 ? acme : globex, count === 4 ? system_act : act);
    }
    const all = await audit.list_events({ type: 'page.test' });
    const ids = all.data.map((event) => event.id);
    assert.deepEqual(
      all.data.map((event) => event.at),
      all.data
        .map((event) => event.at)
        .toSorted()
        .reverse(),
    );
    const pages: string[] = [];
    for (let after: string | undefined, end = false; !end; ) {
      const page = await audit.list_events({ type: 'page.test', limit: 2, after });
      pages.push(...page.data.map((event) => event.id));
      end = page.next === null;
      after = page.next ?? undefined;
    }
    assert.deepEqual(pages, ids);
    const counted = async (request: Parameters<Audit['list_events']>[0]) =>
      (await audit.list_events({ type: 'page.test', ...request })).data.length;
    assert.equal(await counted({ organization_id: globex }), 2);
    assert.equal(await counted({ organization_id: acme, actor: 'key_1' }), 2);
    assert.equal(await counted({ actor: 'system' }), 1);
    assert.equal(await counted({ target: 'usr_1' }), 5);
    assert.equal(await counted({ target: 'usr_2' }), 0);
    assert.equal(await counted({ since: started + 4 }), 2);
  });

  it('a cursor that is not ours is refused', async () => {
    await assert.rejects(audit.list_events({ after: 'x' }), InvalidInput);
    await assert.rejects(audit.list_traces({ after: Buffer.from('[1]').toString('base64url') }), InvalidInput);
  });

  it('appends in one millisecond, or behind a clock that runs ahead, keep their order', async () => {
    const ids = await storage.transact(async (tx) => {
      const made: string[] = [];
      for (let count = 0; count < 30; count++) {
        now += count === 10 ? -60_000 : 0;
        made.push(await audit.append_outbox(tx, { org_id: acme, kind: 'test', order_key: 'one', payload: { count } }));
      }
      return made;
    });
    assert.deepEqual(ids, ids.toSorted());
    assert.equal(new Set(ids).size, 30);
  });

  it('what leaves is sealed until it leaves, under its own id', async () => {
    const id = await storage.transact((tx) =>
      audit.append_outbox(tx, { org_id: acme, kind: 'test', order_key: 'two', payload: { sub: 'canary' } }),
    );
    const row = await storage.gateway.outbox.find_one({ id });
    assert.doesNotMatch(JSON.stringify(row), /canary/);
    assert.deepEqual(JSON.parse(storage.seal.open(row?.sealed_payload ?? '', `outbox/${id}`)), { sub: 'canary' });
    assert.equal(row?.attempts, 0);
    assert.equal(row?.available_at, now);
  });
});
