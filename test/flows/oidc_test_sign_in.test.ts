import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { Browser, type Page } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { main_of } from '../support/portal.ts';
import { reference_of } from '../support/reference.ts';
import { arrive } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';

interface Trace {
  readonly outcome: string;
  readonly code: string | null;
  readonly steps: readonly { readonly name: string; readonly ok: boolean; readonly detail: string; readonly fix?: string }[];
  readonly personal: {
    readonly attributes?: Readonly<Record<string, readonly string[]>>;
    readonly decoded?: Readonly<Record<string, unknown>>;
    readonly unverified?: {
      readonly id_token: { readonly header: Readonly<Record<string, unknown>>; readonly claims: Readonly<Record<string, unknown>> };
      readonly userinfo?: Readonly<Record<string, unknown>>;
    };
  } | null;
}

const NOT_BELIEVED = 'not believed: the sign-in was refused, nobody verified this';
/** Of a token or its signature: three parts, or one long enough to be one. */
const A_TOKEN = /eyJ[\w-]+\.|[\w-]{200,}/;

describe('a test sign-in at an OIDC partner', () => {
  let at: Installation;
  const hostile = person('mallory', {
    email: 'mallory@acme.example',
    display_name: '<script>alert(1)</script>',
    attributes: {
      '<img src=x onerror=alert(1)>': ['"><b>bold</b>'],
      constructor: ['\u202egnp.exe'],
      access_token: ['planted-token'],
      deep: ['x'.repeat(3000)],
    },
  });
  before(async () => {
    at = await start_installation({ env: { POSTERN_RATE_LIMITS: 'off' }, people: [hostile] });
  });
  after(() => at?.stop());
  afterEach(() => at.mock.switches.reset());

  const connection = (): string => `/organizations/${at.acme.org_id}/connections/${at.connection_id}`;
  async function try_it(who = at.ann): Promise<{ page: Page; trace: Trace; reference: string }> {
    const { test_url, reference } = await at.broker.api<{ test_url: string; reference: string }>('POST', `${connection()}/test`);
    const browser = new Browser();
    const page = await sign_in(browser, await browser.open(test_url), who);
    assert.equal(page.status, 200, page.html);
    return { page, reference, trace: await at.broker.api<Trace>('GET', `${connection()}/tests/${reference}`) };
  }
  const people = async (): Promise<number> =>
    (await at.broker.api<{ data: unknown[] }>('GET', `/organizations/${at.acme.org_id}/users`)).data.length;

  for (const [wrong, check, found, ticked] of [
    ['wrong_audience', 'audience', /is for another-client, not for /, ['answer', 'issuer']],
    ['second_audience', 'audience', /issued to another-client \(azp\)/, ['answer', 'issuer']],
    ['wrong_issuer', 'issuer', /is of https:\/\/somebody-else\.example, not of http/, ['answer']],
    ['wrong_nonce', 'nonce', /another-nonce, is not the one of this sign-in/, ['answer', 'issuer', 'audience']],
    ['no_nonce', 'nonce', /none, is not the one/, ['answer']],
    ['expired', 'clock', /ends at \d+ \(20.*our clock says 20/, ['answer']],
    ['bad_signature', 'signature', /verification failed \(alg RS256, kid /, ['answer', 'issuer', 'audience', 'nonce']],
    ['unknown_key', 'signature', /no applicable keys found \(alg RS256, kid /, ['answer', 'issuer', 'audience', 'nonce']],
    ['unsigned', 'signature', /\(alg none, kid none/, ['answer']],
    ['clock_skew', 'clock', /in the future/, ['answer', 'issuer', 'audience', 'nonce', 'signature']],
    ['access_token_type', 'id_token', /of type at\+jwt/, ['answer', 'issuer', 'audience', 'nonce', 'signature']],
    ['empty_subject', 'subject', /empty/, ['answer', 'issuer', 'audience', 'nonce', 'signature', 'clock']],
    [
      'other_userinfo',
      'userinfo',
      /^userinfo is about .+, the ID token about .+ \(sub\)$/,
      ['answer', 'issuer', 'audience', 'nonce', 'signature', 'clock', 'id_token'],
    ],
  ] as const) {
    it(`${wrong}: crosses ${check}, ticks what came before, and shows what the ID token says as not believed`, async () => {
      const had = await people();
      at.mock.switches.set(wrong, true);
      const { page, trace } = await try_it();
      assert.equal(trace.outcome, 'failed');
      const crossed = trace.steps.filter(({ ok }) => !ok);
      assert.deepEqual(
        crossed.map(({ name }) => name),
        [check, 'outcome'],
      );
      assert.match(crossed[0]?.detail ?? '', found);
      assert.deepEqual(
        trace.steps.filter(({ ok }) => ok).map(({ name }) => name),
        ['departure', ...ticked],
      );
      const { claims, header } = trace.personal?.unverified?.id_token ?? assert.fail(JSON.stringify(trace.personal));
      assert.ok('alg' in header);
      assert.equal(claims['email'], at.ann.email);
      assert.equal(trace.personal?.attributes, undefined);
      const text = main_of(page);
      for (const words of [NOT_BELIEVED, 'id_token.header.alg', 'id_token.claims.aud', at.ann.email ?? '?'])
        assert.ok(text.includes(words), `${words} in ${text}`);
      assert.doesNotMatch(page.html + JSON.stringify(trace), A_TOKEN);
      assert.equal(await people(), had, 'nobody is made');
    });
  }

  it('that succeeds shows what was verified, and nothing as not believed', async () => {
    const { page, trace } = await try_it();
    assert.equal(trace.outcome, 'succeeded');
    assert.equal(trace.personal?.unverified, undefined);
    assert.deepEqual(trace.personal?.decoded?.['audience'], [at.mock.client_id]);
    assert.equal(trace.personal?.decoded?.['algorithm'], 'RS256');
    assert.ok(!main_of(page).includes(NOT_BELIEVED));
  });

  it('without the e-mail that the mapping demands: verified, and still shown, decoded', async () => {
    at.mock.switches.set('no_email', true);
    await at.broker.api('PATCH', connection(), { attribute_mapping: { email: { from: 'email', required: true } } }, { 'if-match': '*' });
    try {
      const { trace } = await try_it();
      assert.equal(trace.code, 'attribute_missing');
      assert.ok(trace.personal?.attributes?.['preferred_username']);
      assert.equal(trace.personal.decoded?.['issuer'], at.mock.issuer);
    } finally {
      await at.broker.api('PATCH', connection(), { attribute_mapping: null }, { 'if-match': '*' });
    }
  });

  it('is shown to a role without personal data by names alone, also where a check repeats a value', async () => {
    at.mock.switches.set('other_userinfo', true);
    const { reference } = await try_it();
    const { key } = await at.broker.api<{ key: string }>('POST', '/admin-keys', { name: 'help desk', role: 'support' });
    const seen = await at.broker.api<Trace>('GET', `${connection()}/tests/${reference}`, undefined, { authorization: `Bearer ${key}` });
    assert.equal(seen.personal?.unverified?.id_token.claims['sub'], '***');
    assert.equal(seen.personal.unverified.userinfo?.['sub'], '***');
    assert.doesNotMatch(JSON.stringify(seen), new RegExp(`${at.ann.id}|${at.ann.email}|\\bann\\b`));
  });

  it('markup, a turned line, a token and a prototype in claims: text, hidden, or a name', async () => {
    at.mock.switches.set('wrong_audience', true);
    const { page, trace } = await try_it(hostile);
    const claims = trace.personal?.unverified?.id_token.claims ?? {};
    assert.equal(claims['name'], '<script>alert(1)</script>');
    assert.equal(claims['constructor'], ' gnp.exe');
    assert.equal(claims['access_token'], '***');
    assert.equal(String(claims['deep']).length, 300);
    assert.ok(page.html.includes('&lt;script&gt;'));
    assert.doesNotMatch(page.html, /<script>alert|<img src=x|<b>bold|planted-token|\u202e/);
  });

  it('never reaches a sign-in of a person: no claim in its trace, no user, no identity', async () => {
    at.mock.switches.set('wrong_audience', true);
    const browser = new Browser();
    const started = await at.app.begin({ organization: 'acme' });
    const page = await sign_in(browser, await arrive(browser, at.app, started.url), hostile);
    assert.equal(page.status, 400, page.html);
    const trace = await at.broker.api<Trace>('GET', `/login-traces/${reference_of(page)}`);
    assert.equal(trace.personal, null);
    assert.doesNotMatch(JSON.stringify(trace) + page.html, /mallory|another-client/);
    assert.equal(await people(), 0);
  });
});
