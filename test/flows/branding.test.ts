import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sweep_logos } from '../../src/organizations/index.ts';
import { open_storage } from '../../src/storage/index.ts';
import { Browser, type Page } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { arrive } from '../support/relying_party.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const data = (bytes: Buffer, type = 'image/png'): string => `data:${type};base64,${bytes.toString('base64')}`;
const svg = (inside: string): string => data(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`), 'image/svg+xml');

describe('how sign-in pages look', () => {
  let it_is: Installation;
  before(async () => {
    it_is = await start_installation({ client: { client_name: 'Planner' } });
  });
  after(() => it_is.stop());

  const call = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await it_is.broker.call(method, path, body);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }; // an item, or a problem
  };
  const patch = (path: string, body: unknown) => call('PATCH', path, body);
  const organization = (branding: unknown) => patch(`/organizations/${it_is.acme.org_id}`, { branding });
  const app = (body: unknown) => patch(`/clients/${it_is.client_id}`, body);
  const ask = async (parameters: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> => {
    const browser = new Browser();
    const page = await arrive(browser, it_is.app, (await it_is.app.begin(parameters)).url);
    return Object.keys(headers).length === 0 ? page : browser.open(page.url, { headers });
  };

  it('a logo is sent as a picture, shown from this origin, and served so that nothing in it can run', async () => {
    const { status, body } = await organization({ logo: svg('<rect onload="alert(1)"/>'), logo_dark: data(PNG) });
    assert.equal(status, 200, JSON.stringify(body));
    const { logo = '', logo_dark = '' } = body['branding'] as Record<string, string>; // as the API documents it
    assert.match(logo, /^\/logos\/[\w-]{43}$/);
    const served = await fetch(it_is.broker.issuer + logo);
    assert.deepEqual(
      ['content-type', 'content-security-policy', 'x-content-type-options', 'cache-control'].map((name) => served.headers.get(name)),
      ['image/svg+xml', "default-src 'none'; style-src 'unsafe-inline'; sandbox", 'nosniff', 'public, max-age=31536000, immutable'],
    );
    assert.deepEqual(Buffer.from(await (await fetch(it_is.broker.issuer + logo_dark)).arrayBuffer()), PNG);
    // sent back as it was read, it is the same
    assert.equal((await organization({ logo, accent: '#0b5d4e' })).status, 200);
    assert.equal((await fetch(`${it_is.broker.issuer}/logos/${'x'.repeat(43)}`)).status, 404);
  });

  it('what is no picture, too large, active, or somebody else’s is refused, field named', async () => {
    const mine = (await organization({ logo: data(PNG) })).body['branding'] as Record<string, string>; // as above
    const other = await call('POST', '/organizations', { slug: 'other', name: 'Other', branding: { logo: svg('<path/>') } });
    const theirs = (other.body as { branding: { logo: string } }).branding.logo; // as above
    for (const logo of [
      'https://elsewhere.example/logo.png',
      data(Buffer.from('<html>'), 'image/png'),
      data(Buffer.concat([PNG, Buffer.alloc(70_000)])),
      svg('<script>alert(1)</script>'),
      data(Buffer.from('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'),
      theirs,
    ]) {
      const { status, body } = await organization({ logo });
      assert.equal(status, 422, logo.slice(0, 60));
      assert.match(JSON.stringify(body['errors'] ?? body), /branding\.logo/);
    }
    const now = await call('GET', `/organizations/${it_is.acme.org_id}`);
    assert.equal((now.body as { branding: { logo: string } }).branding.logo, mine['logo']);
  });

  it('pictures that nobody names are forgotten after a day; those in use stay', async () => {
    const { logo = '' } = (await organization({ logo: data(PNG) })).body['branding'] as Record<string, string>; // as above
    const gone = (await organization({ logo: svg('<circle/>') })).body['branding'] as Record<string, string>; // as above
    await organization({ logo: data(PNG) });
    const { settings, secrets } = it_is.broker.world;
    const storage = await open_storage({ database: settings.database, secrets });
    await sweep_logos(storage, Date.now() + 2 * 86_400_000).finally(() => storage.close());
    assert.equal((await fetch(it_is.broker.issuer + logo)).status, 200);
    assert.equal((await fetch(it_is.broker.issuer + (gone['logo'] ?? ''))).status, 404);
  });

  it('an app has its own look and its own words until the organization is known', async () => {
    const { status, body } = await app({
      branding: { accent: '#7a1fa2', logo: data(PNG) },
      texts: { en: { 'identifier.title_app': 'Come in to {app}' }, de: { 'identifier.title_app': 'Herein zu {app}' } },
    });
    assert.equal(status, 200, JSON.stringify(body));
    const page = await ask({});
    assert.match(page.html, /Come in to Planner/);
    assert.match(page.html, /#7a1fa2/i);
    assert.match(page.html, /<img src="\/logos\//);
    assert.match((await ask({ ui_locales: 'de' })).html, /Herein zu Planner/);
    assert.doesNotMatch((await ask({ ui_locales: 'fr' })).html, /Come in|Herein/);
    // words that cannot be shown are refused when they are written
    for (const texts of [{ en: { nothing: 'x' } }, { en: { 'identifier.title_app': '{secret}' } }, { xx: {} }])
      assert.equal((await app({ texts })).status, 422);
    assert.match((await ask({})).html, /Come in to Planner/);
  });

  it('hostile names and words are text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    await app({ client_name: evil, texts: { en: { 'identifier.lead': `${evil}'` } } });
    const page = await ask({});
    assert.ok(!page.html.includes('<img src=x'));
    assert.ok(page.html.includes('&lt;img src=x'));
  });

  it('a browser that speaks none of our languages gets the app’s', async () => {
    await app({ branding: { locale: 'ja' } });
    assert.match((await ask({}, { 'accept-language': 'eo' })).html, /lang="ja"/);
    assert.match((await ask({}, { 'accept-language': 'fr' })).html, /lang="fr"/);
  });
});
