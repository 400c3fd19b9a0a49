import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { open_portal } from '../support/portal.ts';
import { add_organization } from '../support/tenant.ts';

describe('a flood from behind a set-up link', () => {
  let broker: TestBroker;
  let looked_up = 0;
  before(async () => {
    broker = await start_broker({}, { resolve_txt: async () => (looked_up++, []) });
  });
  after(() => broker.stop());

  it('at other people’s name servers, by opening the page of domains again and again: it is shown, and looks no further', async () => {
    const { org_id } = await add_organization(broker, 'acme', 'Acme');
    const portal = await open_portal(broker, org_id, { steps: ['domain'] });
    const added = await portal.fill('/setup/domain', { domain: 'victim.example' });
    assert.equal(added.status, 200);
    for (let times = 0; times < 150; times++) assert.equal((await portal.open('/setup/domain')).status, 200);
    assert.ok(looked_up >= 100 && looked_up < 125, String(looked_up));
  });
});
