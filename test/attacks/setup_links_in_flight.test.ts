import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { start_mock_saml } from '../../src/mock/index.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { person } from '../support/people.ts';
import { heading_of, main_of, open_portal, type Portal } from '../support/portal.ts';
import { add_organization, type Tenant } from '../support/tenant.ts';

/** An identity provider whose metadata comes when it is let. */
class SlowProvider {
  readonly server: Server;
  asked: Promise<void>;
  answer: () => void = () => undefined;
  private note_asked: () => void = () => undefined;
  constructor(metadata: string) {
    this.asked = this.wait();
    this.server = createServer((_request, response) => {
      this.answer = () => void response.end(metadata);
      this.note_asked();
    });
  }
  wait(): Promise<void> {
    this.asked = new Promise((resolve) => (this.note_asked = resolve));
    return this.asked;
  }
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/metadata`; // it listens on a port
  }
}

describe('attacks on set-up links by requests that are still under way', () => {
  let broker: TestBroker;
  let saml: Awaited<ReturnType<typeof start_mock_saml>>;
  let slow: SlowProvider;
  let slow_url: string;
  before(async () => {
    broker = await start_broker({ POSTERN_RATE_LIMITS: 'off' });
    saml = await start_mock_saml({ people: [person('ann')] });
    slow = new SlowProvider(await (await fetch(saml.metadata_url)).text());
    slow_url = await slow.start();
  });
  after(async () => {
    slow.server.closeAllConnections();
    slow.server.close();
    await saml.close();
    await broker.stop();
  });

  /** Set up and tried, but for the end; and a change of the partner's side that waits for its provider. */
  async function with_change_under_way(slug: string): Promise<{ org: Tenant; portal: Portal; change: Promise<unknown> }> {
    const org = await add_organization(broker, slug, slug);
    const portal = await open_portal(broker, org.org_id, { steps: ['connection'], requires_approval: true });
    await portal.fill('/setup/provider', { guide: 'okta_saml' });
    await portal.fill('/setup/connection', { way: 'url', metadata_url: saml.metadata_url });
    let page = await portal.fill('/setup/test');
    for (let step = 0; step < 3 && !page.url.startsWith(`${broker.issuer}/setup/`); step++) {
      const asks = page.forms.some(({ by_autocomplete }) => by_autocomplete['current-password'] !== undefined);
      page = await portal.browser.submit(page, asks ? { username: 'ann', 'current-password': 'ann-password' } : {});
    }
    assert.match(main_of(page), /The test passed/);
    const asked = slow.wait();
    const change = portal.fill('/setup/connection', { way: 'url', metadata_url: slow_url });
    await asked;
    return { org, portal, change };
  }
  const metadata_url = async ({ org_id }: Tenant): Promise<unknown> => {
    const { data } = await broker.api<{ data: { saml: { metadata_url: string } }[] }>('GET', `/organizations/${org_id}/connections`);
    return data[0]?.saml.metadata_url;
  };

  it('a change that arrives after the set-up was handed over is not made: what is approved is what was tried', async () => {
    const { org, portal, change } = await with_change_under_way('acme');
    const done = await portal.fill('/setup/review');
    assert.match(done.url, /\/setup\/done$/, heading_of(done));
    slow.answer();
    await change;
    assert.equal(await metadata_url(org), saml.metadata_url);
  });

  it('nor one that arrives after the link was revoked', async () => {
    const { org, portal, change } = await with_change_under_way('globex');
    await broker.api('POST', `/organizations/${org.org_id}/setup-links/${portal.id}/revoke`);
    slow.answer();
    await change;
    assert.equal(await metadata_url(org), saml.metadata_url);
  });
});
