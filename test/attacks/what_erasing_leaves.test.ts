import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { make_audit, new_reference } from '../../src/audit/index.ts';
import { new_id, type OrgId } from '../../src/kernel/index.ts';
import { open_storage, type Storage } from '../../src/storage/index.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { add_connection, add_organization, type Tenant } from '../support/tenant.ts';

const CANARY = /canary/i;

describe('what is left of somebody who was erased', () => {
  let broker: TestBroker;
  let storage: Storage;
  let acme: Tenant;
  let org_id: OrgId;
  let connection_id: string;
  before(async () => {
    broker = await start_broker({ POSTERN_RATE_LIMITS: 'off' });
    const { database, secrets } = broker.world.settings;
    storage = await open_storage({ database, secrets: secrets ?? [] });
    acme = await add_organization(broker, 'acme', 'Acme');
    org_id = acme.org_id as OrgId; // as it was made
    const ldap = { urls: ['ldaps://127.0.0.1:9'], base_dn: 'dc=acme', bind_dn: 'cn=x', bind_password: 'x' };
    ({ id: connection_id } = await add_connection(broker, acme, { protocol: 'ldap', ldap, enabled: false }));
  });
  after(async () => {
    await storage.close();
    await broker.stop();
  });
  const make = (name: string): Promise<{ id: string }> =>
    broker.api('POST', `/organizations/${org_id}/users`, { user_name: name, email: `${name}@acme.example` });
  const erase = (id: string): Promise<unknown> => broker.api('POST', `/organizations/${org_id}/users/${id}/erase`);
  /** What a table holds, whatever is sealed in it opened. */
  const held = async (
    table: string,
    column?: string,
    context = (row: Record<string, unknown>): string => String(row['id']),
  ): Promise<string> => {
    const rows = await storage.sql.all<Record<string, unknown>>(`SELECT * FROM "${table}" WHERE "org_id" = ?`, [org_id]);
    const opened = rows.flatMap((row) => {
      const sealed = column === undefined ? null : row[column];
      return typeof sealed === 'string' ? [storage.seal.open(sealed, context(row))] : [];
    });
    return JSON.stringify(rows) + opened.join('\n');
  };

  it('in the runs of a directory sync that could not follow them: nothing', async () => {
    const { id } = await make('canary-sync');
    await storage.transact((tx) =>
      tx.org(org_id).sync_runs.insert({
        ...{ id: new_id('syn'), connection_id, status: 'finished', dry_run: false, whole: true, counts: {}, error: null, brake: null },
        problems: [
          { subject: 'uid-1', problem: 'The user name Canary-Sync is taken.' },
          { subject: 'uid-2', problem: 'The directory does not send: email.' },
        ],
        ...{ started_at: 1, finished_at: 2 },
      }),
    );
    await erase(id);
    const left = await held('sync_runs');
    assert.doesNotMatch(left, CANARY);
    assert.match(left, /uid-2/, 'what is said of others stays');
  });

  it('in a request of a directory that is no JSON and writes its letters as escapes: nothing', async () => {
    const { token } = await broker.api<{ token: string }>('POST', `/organizations/${org_id}/scim-tokens`, {});
    const { id } = await make('canary-scim');
    const escaped = (text: string): string =>
      Array.from(text, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const refused = await fetch(`${broker.issuer}/scim/${org_id}/v2/Groups`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      body: `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"externalId":"${escaped('canary-scim')}",}`,
    });
    assert.equal(refused.status, 400, await refused.text());
    const requests = (): Promise<string> => held('scim_requests', 'sealed_request', (row) => `scim_request/${org_id}/${String(row['id'])}`);
    await broker.api('GET', `/organizations/${org_id}/scim-requests`);
    assert.match(await requests(), /u0063/, 'it was kept');
    await erase(id);
    assert.doesNotMatch(await requests(), /u0063/);
  });

  it('once their whole organization has left: no sign-in that was refused, and no mail', async () => {
    await broker.api('POST', `/organizations/${org_id}/contacts`, { email: 'canary@acme.example', name: 'Canary' });
    await storage.transact(async (tx) => {
      const id = 'out_canary';
      const sealed = storage.seal.seal(JSON.stringify({ to: { address: 'canary@acme.example' } }), `outbox/${id}`);
      await tx.sql.run(
        `INSERT INTO "outbox" ("id", "org_id", "kind", "order_key", "receiver", "sealed_payload", "attempts", "available_at", "created_at", "dead_at") VALUES (?, ?, 'mail', 'mail/evt/0', 'mail', ?, 9, 1, 1, 1)`,
        [id, org_id, sealed],
      );
    });
    const audit = make_audit({ storage, now: () => Date.now(), trace_days: 30, subscribers: async () => [] });
    await storage.transact((tx) =>
      audit.save_trace(tx, {
        ...{
          reference: new_reference(),
          org_id,
          connection_id,
          client_id: null,
          user_id: null,
          outcome: 'refused',
          code: 'wrong_audience',
        },
        ...{ steps: [], personal: { email: 'canary@acme.example' }, started_at: Date.now(), finished_at: Date.now() },
      }),
    );
    const traces = (): Promise<string> => held('login_traces', 'sealed_personal', (row) => `login_trace/${String(row['id'])}`);
    const mails = (): Promise<string> => held('outbox', 'sealed_payload', (row) => `outbox/${String(row['id'])}`);
    assert.match(await traces(), CANARY);
    assert.match(await mails(), CANARY);
    const answer = await broker.call('POST', `/organizations/${org_id}/offboard`, { confirm: 'acme' });
    assert.equal(answer.status, 200);
    await answer.text();
    assert.doesNotMatch(await traces(), CANARY);
    assert.doesNotMatch(await mails(), CANARY);
  });
});
