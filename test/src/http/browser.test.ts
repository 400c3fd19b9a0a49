import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it, type TestContext } from 'node:test';
import { type Browsers, make_browsers } from '../../../src/http/index.ts';
import { LoginRefused } from '../../../src/kernel/index.ts';
import { start_app } from './test_app.ts';

const key = randomBytes(32);

async function world(t: TestContext, issuer = 'https://login.example.com', browsers: Browsers = make_browsers(issuer, key)) {
  const app = await start_app(
    [
      (ctx) => {
        if (ctx.path === '/known') ctx.body = { hash: browsers.known(ctx)?.hash ?? null };
        else if (ctx.path === '/form') ctx.body = { csrf: browsers.of(ctx).csrf('attempt-1'), hash: browsers.of(ctx).hash };
        else {
          browsers.of(ctx).check_csrf(ctx.get('x-subject') || 'attempt-1', ctx.get('x-csrf') || undefined);
          ctx.body = { ok: true };
        }
      },
    ],
    { issuer },
  );
  t.after(() => app.close());
  const form = async (cookie?: string) => {
    const answer = await app.fetch('/form', cookie === undefined ? {} : { headers: { cookie } });
    const [set] = answer.headers.getSetCookie();
    return { set, cookie: set?.split(';')[0] ?? cookie ?? '', ...((await answer.json()) as { csrf: string; hash: string }) }; // the room's own answer
  };
  const post = async (headers: Record<string, string>): Promise<number> => (await app.fetch('/post', { method: 'POST', headers })).status;
  return { app, form, post };
}

describe('the browser cookie', () => {
  it('on https is __Host-, Secure, HttpOnly, Lax, for the whole host and the browser session only', async (t) => {
    const { form } = await world(t);
    const { set = '' } = await form();
    assert.match(set, /^__Host-postern_browser=[\w-]{43};/);
    const attributes = set.toLowerCase().split('; ').slice(1).sort();
    assert.deepEqual(attributes, ['httponly', 'path=/', 'samesite=lax', 'secure']);
  });

  it('on http on this machine has no prefix and no Secure, which a browser would not take', async (t) => {
    const { form } = await world(t, 'http://localhost:4400');
    const { set = '' } = await form();
    assert.match(set, /^postern_browser=/);
    assert.doesNotMatch(set, /secure/i);
  });

  it('is given once and kept', async (t) => {
    const { form } = await world(t);
    const first = await form();
    const second = await form(first.cookie);
    assert.equal(second.set, undefined);
    assert.equal(second.hash, first.hash);
    assert.notEqual((await form()).hash, first.hash);
  });

  it('looking gives none; what is no cookie of ours is replaced', async (t) => {
    const { app, form } = await world(t);
    const looked = await app.fetch('/known');
    assert.deepEqual(looked.headers.getSetCookie(), []);
    assert.deepEqual(await looked.json(), { hash: null });
    for (const wrong of ['x', 'a'.repeat(42), 'a'.repeat(44), `${'a'.repeat(42)}.`, 'a'.repeat(5000)]) {
      const answer = await form(`__Host-postern_browser=${wrong}`);
      assert.notEqual(answer.set, undefined, wrong);
    }
  });

  it('is stored as its hash: whoever reads the database has no cookie', async (t) => {
    const { cookie, hash } = await (await world(t)).form();
    assert.doesNotMatch(hash, new RegExp(cookie.split('=')[1] ?? 'x'));
  });
});

describe('anti-forgery values', () => {
  it('fit the browser and the form that they were made for', async (t) => {
    const { form, post } = await world(t);
    const { cookie, csrf } = await form();
    assert.equal(await post({ cookie, 'x-csrf': csrf }), 200);
  });

  it('cross-site request forgery: absent, invented, changed, of another browser, of another form, of another installation', async (t) => {
    const { form, post, app } = await world(t);
    const mine = await form();
    const theirs = await form();
    const { cookie, csrf } = mine;
    const other_key = await (await world(t, undefined, make_browsers('https://login.example.com', randomBytes(32)))).form(cookie);
    const attacks: Record<string, string>[] = [
      { cookie },
      { cookie, 'x-csrf': 'x' },
      { cookie, 'x-csrf': `${csrf.slice(0, -1)}${csrf.endsWith('A') ? 'B' : 'A'}` },
      { cookie, 'x-csrf': csrf.toUpperCase() },
      { cookie, 'x-csrf': theirs.csrf },
      { cookie: theirs.cookie, 'x-csrf': csrf },
      { 'x-csrf': csrf },
      { cookie, 'x-csrf': csrf, 'x-subject': 'attempt-2' },
      { cookie, 'x-csrf': csrf, 'x-subject': 'attempt-1\n' },
      { cookie, 'x-csrf': other_key.csrf },
    ];
    for (const headers of attacks.filter((one) => !('x-subject' in one) || !one['x-subject']?.includes('\n')))
      assert.equal(await post(headers), 400, JSON.stringify(headers));
    assert.ok(app.logged.every(({ error }) => error instanceof LoginRefused && error.code === 'browser_mismatch'));
  });

  it('cookie and subject cannot be moved into each other', async () => {
    const browsers = make_browsers('http://localhost:4400', key);
    const context = (cookie: string) => ({ cookies: { get: () => cookie } }) as unknown as Parameters<Browsers['known']>[0]; // what is read of it
    const one = browsers.known(context('a'.repeat(43)))?.csrf('b');
    assert.notEqual(one, browsers.known(context(`${'a'.repeat(42)}b`))?.csrf(''));
    assert.equal(browsers.known(context(`${'a'.repeat(43)}\nb`)), undefined);
  });
});
