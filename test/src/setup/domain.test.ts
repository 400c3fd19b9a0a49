import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { make_browsers, make_rate_limits } from '../../../src/http/index.ts';
import { setup_routes } from '../../../src/setup/index.ts';
import { serve_room, type Served } from '../../support/admin_app.ts';
import { Browser, type Page } from '../../support/browser.ts';
import { alert_of, main_of } from '../../support/portal.ts';
import { type Fixture, make_fixture, operator, owner } from '../organizations/fixture.ts';

const issuer_url = 'http://localhost:4400';
const never = (): never => assert.fail('is not asked here');

describe('the domain step of the portal', () => {
  let fixture: Fixture;
  let served: Served;
  before(async () => {
    fixture = await make_fixture();
    const { organizations } = fixture;
    const room = setup_routes({
      ...{ issuer_url, vendor_name: 'Vendor', organizations, now: () => fixture.now },
      browsers: make_browsers(issuer_url, new Uint8Array(32)),
      rate_limits: make_rate_limits(false),
      organization: (id) => organizations.directory.organization_view(id),
      scim_tokens: never,
      audit: { find_trace: never, list_traces: never, record: never },
      ...{ storage: { transact: never }, seal: { seal: never, open: never } },
      administrators: { client_id: 'none', prepare: never, redeem: never, of_grant: never, end: never },
      begin_test: never,
    });
    served = await serve_room(room, () => fixture.now);
  });
  after(async () => {
    await served.stop();
    await fixture.close();
  });

  async function behind_link(
    slug: string,
  ): Promise<{ org: Awaited<ReturnType<Fixture['new_org']>>; browser: Browser; open: () => Promise<Page> }> {
    const org = await fixture.new_org(slug);
    const { view } = await fixture.organizations.setup_links(org).create({ steps: ['domain'] }, operator);
    const browser = new Browser();
    await browser.open(`${served.url}/setup/${view.url.split('/setup/')[1] ?? ''}`);
    return { org, browser, open: () => browser.open(`${served.url}/setup/domain`) };
  }
  const add = (browser: Browser, page: Page, domain: string): Promise<Page> =>
    browser.submit(page, { domain }, ({ action }) => action === '/setup/domain');
  const check = (browser: Browser, page: Page): Promise<Page> => browser.submit(page, {}, ({ action }) => action === '/setup/domain/check');

  it('shows what stands in the DNS now, proves by the record, and several one after the other', async () => {
    const { org, browser, open } = await behind_link('acme');
    let page = await add(browser, await open(), 'ann@Acme.Example');
    const { view } = await fixture.organizations.domains(org).get('acme.example');
    assert.ok(main_of(page).includes(view.txt_record.value));
    assert.match(main_of(page), /No TXT record at this name yet/);
    assert.match(alert_of(await check(browser, page)), /There is no TXT record/);
    fixture.txt.set(view.txt_record.name, [['v=spf1 -all']]);
    assert.match(main_of(await open()), /v=spf1 -all is another text/);
    fixture.txt.set(view.txt_record.name, [['v=spf1 -all'], [view.txt_record.value]]);
    page = await open();
    assert.match(main_of(page), /is the right one: check now/);
    assert.match(main_of(await check(browser, page)), /acme\.example Proven/);
    assert.match(main_of(await add(browser, await open(), 'https://acme.example.net/about')), /acme\.example\.net Not proven yet/);
  });

  it('what everybody has, what is there already and what is no domain is refused in words', async () => {
    const { browser, open } = await behind_link('refused');
    for (const [domain, words] of [
      ['gmail.com', /public mail provider/],
      ['co.uk', /public suffix/],
      ['127.0.0.1', /domain such as/],
      ['', /Nothing was changed/],
      ['<img src=x onerror=alert(1)>', /Nothing was changed/],
    ] as const) {
      const page = await add(browser, await open(), domain);
      assert.equal(page.status, 422, domain);
      assert.match(alert_of(page), words, domain);
      assert.ok(!page.html.includes('<img'));
    }
    await add(browser, await open(), 'refused.example');
    assert.match(alert_of(await add(browser, await open(), 'refused.example')), /already one of this organization|there already/);
  });

  it('that another organization has proven is told only to whoever has its DNS, and stays with the other', async () => {
    const other = await fixture.new_org('owner');
    await fixture.organizations.domains(other).create({ domain: 'taken.example', verified: true }, owner);
    const { org, browser, open } = await behind_link('late');
    const page = await add(browser, await open(), 'taken.example');
    assert.equal(page.status, 200);
    const before = await check(browser, page);
    assert.match(alert_of(before), /There is no TXT record/);
    assert.ok(!/another organization/.test(main_of(before)));
    const { view } = await fixture.organizations.domains(org).get('taken.example');
    fixture.txt.set(view.txt_record.name, [[view.txt_record.value]]);
    const told = await check(browser, await open());
    assert.equal(told.status, 409);
    assert.match(alert_of(told), /in use by another organization here. Ask whoever sent you the link/);
    assert.ok(!told.html.includes('owner'));
    assert.equal((await fixture.organizations.domains(org).get('taken.example')).view.status, 'pending');
  });

  it('cannot take away what people are led by', async () => {
    const { org, browser, open } = await behind_link('kept');
    await fixture.organizations.domains(org).create({ domain: 'kept.example', verified: true }, owner);
    const { csrf = '', version = '' } = (await open()).forms[0]?.fields ?? {};
    const body = new URLSearchParams({ csrf, version, domain: 'kept.example' });
    const page = await browser.open(`${served.url}/setup/domain/remove`, { method: 'POST', body });
    assert.match(alert_of(page), /only by whoever sent the link/);
  });

  it('a link that expires while somebody types changes nothing', async () => {
    const { org, browser, open } = await behind_link('slow');
    const page = await open();
    fixture.now += 8 * 86_400_000;
    const late = await add(browser, page, 'slow.example');
    assert.equal(late.status, 410);
    assert.match(main_of(late), /has expired/);
    assert.deepEqual((await fixture.organizations.domains(org).list({})).data, []);
  });
});
