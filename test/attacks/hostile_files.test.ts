import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { add_organization, type Tenant } from '../support/tenant.ts';

const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const deep_bulk = `{"schemas":["${BULK}"],"Operations":[{"method":"POST","path":"/Users","bulkId":"1","data":{"userName":"x","y":${nested(100_000)}}}]}`;

describe('attacks by files of people', () => {
  let broker: TestBroker;
  let acme: Tenant;
  before(async () => {
    broker = await start_broker({ POSTERN_RATE_LIMITS: 'off' });
    acme = await add_organization(broker, 'acme', 'Acme');
  });
  after(() => broker.stop());
  const upload = (type: string, body: string): Promise<Response> =>
    fetch(`${broker.issuer}/api/v1/organizations/${acme.org_id}/users/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${broker.admin_key}`, 'content-type': type },
      body,
    });

  it('a row that is nested to exhaust the stack is a wrong row', async () => {
    const answer = await upload('application/x-ndjson', `{"user_name":"x","attributes":{"a":${nested(30_000)}}}\n`);
    assert.equal(answer.status, 202, await answer.clone().text());
    const { id } = (await answer.json()) as { id: string };
    const path = `/organizations/${acme.org_id}/user-imports/${id}`;
    while ((await broker.api<{ status: string }>('GET', path)).status !== 'done') await new Promise((resolve) => setTimeout(resolve, 50));
    assert.match(await (await broker.call('GET', `${path}/report`)).text(), /nested deeper/);
  });

  it('a bulk request that is nested to exhaust the stack is refused, as a file and by SCIM', async () => {
    const file = await upload('application/scim+json', deep_bulk);
    assert.equal(file.status, 400, await file.text());
    const { token } = await broker.api<{ token: string }>('POST', `/organizations/${acme.org_id}/scim-tokens`, {});
    const sent = await fetch(`${broker.issuer}/scim/${acme.org_id}/v2/Bulk`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      body: deep_bulk,
    });
    assert.equal(sent.status, 400, await sent.text());
  });

  it('somebody who is named as a member two hundred thousand times does not make the process stand still', async () => {
    const module = fileURLToPath(new URL('../../src/directory/bulk_as_rows.ts', import.meta.url));
    // in a process of its own: what stands still answers no test
    const program = `
      const { bulk_as_rows } = await import(${JSON.stringify(module)});
      const members = Array.from({ length: 200_000 }, () => ({ value: 'bulkId:1' }));
      const group = (bulkId, displayName) => ({ method: 'POST', path: '/Groups', bulkId, data: { displayName, members } });
      const Operations = [{ method: 'POST', path: '/Users', bulkId: '1', data: { userName: 'x' } }, group('g', 'G'), group('h', 'H')];
      console.log(JSON.stringify(bulk_as_rows({ Operations })[0].value.groups));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      timeout: 60_000,
    });
    assert.deepEqual(JSON.parse(stdout), ['G', 'H']);
  });
});
