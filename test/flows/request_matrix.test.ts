import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { arrive, relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';

/** What a request may say, by parameter; undefined: nothing. */
const said = {
  session: [true, false],
  prompt: [undefined, 'none', 'login', 'consent', 'select_account', 'login consent', 'consent select_account', 'none login', 'unheard_of'],
  max_age: [undefined, '0', '100000'],
  acr_values: [undefined, 'held', 'urn:example:gold'],
  id_token_hint: [undefined, 'hers', 'somebody else’s', 'of another app', 'expired'],
  claims: [undefined, 'email', 'another sub', 'gold or nothing'],
  ui_locales: [undefined, 'de', 'xx fr'],
} as const;
type Said = { readonly [Name in keyof typeof said]: (typeof said)[Name][number] };
type Outcome = 'code' | 'sign-in' | 'consent' | 'invalid_request' | 'login_required';

/** What must come of it, in the words of OpenID Connect Core 3.1.2. */
function expected(request: Said): Outcome {
  const prompts: readonly string[] = request.prompt?.split(' ') ?? [];
  // 3.1.2.1: none stands alone; what nobody offers is a mistake
  if ((prompts.includes('none') && prompts.length > 1) || prompts.includes('unheard_of')) return 'invalid_request';
  // a hint is one of ours, for this app; its time does not matter
  if (request.id_token_hint === 'of another app') return 'invalid_request';
  const is_her = request.id_token_hint !== 'somebody else’s' && request.claims !== 'another sub';
  // 5.5.1.1 leaves open what both together mean: here acr_values goes before
  const as_strong = request.acr_values === undefined ? request.claims !== 'gold or nothing' : request.acr_values === 'held';
  const anew = prompts.includes('login') || prompts.includes('select_account') || request.max_age === '0';
  const answered = request.session && is_her && as_strong && !anew;
  if (prompts.includes('none')) return answered ? 'code' : 'login_required';
  if (!answered) return 'sign-in';
  return prompts.includes('consent') ? 'consent' : 'code';
}

/** Every combination of what decides, the rest taking turns beside it. */
function* combinations(): Generator<Said> {
  let turn = 0;
  for (const session of said.session)
    for (const prompt of said.prompt)
      for (const max_age of said.max_age)
        for (const acr_values of said.acr_values)
          for (const id_token_hint of said.id_token_hint) {
            const claims = said.claims[turn % said.claims.length];
            const ui_locales = said.ui_locales[turn % said.ui_locales.length];
            turn++;
            yield { session, prompt, max_age, acr_values, id_token_hint, claims, ui_locales };
          }
}

describe('prompt × max_age × acr_values × id_token_hint × claims × ui_locales, with a session and without', () => {
  let it_is: Installation;
  let signed_in: Browser;
  let partner: string;
  const hints: Partial<Record<NonNullable<Said['id_token_hint']>, string>> = {};
  const HELD = 'urn:example:silver';
  before(async () => {
    // a key that this test holds as well: an ID token of the issuer whose time is over cannot be waited for
    const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    const key = createPrivateKey(pem);
    const signer = {
      kid: 'test-1',
      alg: 'RS256',
      public_key: createPublicKey(pem),
      sign: async (data: Uint8Array) => sign('sha256', data, key),
    };
    const bob = person('bob');
    it_is = await start_installation({ signers: [signer], people: [bob], env: { POSTERN_RATE_LIMITS: 'off' } });
    partner = it_is.mock.issuer;
    const { browser, tokens } = await it_is.login({ acr_values: HELD });
    signed_in = browser;
    assert.equal(tokens.claims()?.acr, HELD);
    const other = await relying_party({ issuer: it_is.broker.issuer, ...(await add_client(it_is.broker)) });
    hints.hers = tokens.id_token ?? '';
    hints['somebody else’s'] = (await it_is.login({}, { who: bob })).tokens.id_token ?? '';
    hints['of another app'] = (await it_is.login({}, { app: other })).tokens.id_token ?? '';
    hints.expired = await new jose.SignJWT({ ...jose.decodeJwt(hints.hers), iat: 1_700_000_000, exp: 1_700_000_060 })
      .setProtectedHeader({ alg: 'RS256', kid: 'test-1' })
      .sign(key);
    // only a third-party app has a consent to ask for; Ann has allowed this one what it asks below
    await it_is.broker.api('PATCH', `/clients/${it_is.client_id}`, { first_party: false });
    const { url } = await it_is.app.begin({ organization: 'acme', claims: claims_of('email') ?? '' });
    const asked = await arrive(signed_in, it_is.app, url);
    await signed_in.submit(asked, { decision: 'allow' }, (form) => form.action.endsWith('/consent'));
  });
  after(() => it_is?.stop());

  const claims_of = (wanted: Said['claims']): string | undefined =>
    wanted === undefined
      ? undefined
      : JSON.stringify({
          id_token:
            wanted === 'email'
              ? { email: null }
              : wanted === 'another sub'
                ? { sub: { value: 'usr_somebody' } }
                : { acr: { essential: true, values: ['urn:example:gold'] } },
        });

  async function outcome_of(request: Said): Promise<{ outcome: string; left: boolean }> {
    const browser = new Browser();
    browser.stop_at.push(it_is.app.redirect_uri, partner);
    if (request.session) for (const cookie of signed_in.cookies()) browser.put(cookie);
    const parameters = {
      prompt: request.prompt,
      max_age: request.max_age,
      acr_values: request.acr_values === 'held' ? HELD : request.acr_values,
      id_token_hint: request.id_token_hint === undefined ? undefined : hints[request.id_token_hint],
      claims: claims_of(request.claims),
      ui_locales: request.ui_locales,
    };
    const given = Object.fromEntries(Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    const page = await browser.open((await it_is.app.begin({ organization: 'acme', ...given })).url);
    const left = browser.visited.some((url) => url.startsWith(partner));
    if (left) return { outcome: 'sign-in', left };
    const { searchParams } = new URL(page.url);
    if (page.url.startsWith(it_is.app.redirect_uri))
      return { outcome: searchParams.get('error') ?? (searchParams.has('code') ? 'code' : '?'), left };
    if (request.ui_locales === 'de') assert.match(page.html, /<html[^>]* lang="de"/);
    if (request.ui_locales === 'xx fr') assert.match(page.html, /<html[^>]* lang="fr"/);
    const asks_consent = page.forms.some(({ action }) => action.endsWith('/consent'));
    return { outcome: asks_consent ? 'consent' : `${page.status} ${page.url}`, left };
  }

  for (const prompt of said.prompt)
    it(`prompt ${prompt ?? 'absent'}`, async () => {
      const wrong: string[] = [];
      for (const request of combinations()) {
        if (request.prompt !== prompt) continue;
        const { outcome, left } = await outcome_of(request);
        if (outcome !== expected(request)) wrong.push(`${JSON.stringify(request)}: ${outcome}, not ${expected(request)}`);
        if (prompt?.split(' ').includes('none') === true && left) wrong.push(`${JSON.stringify(request)}: left the issuer`);
      }
      assert.deepEqual(wrong, []);
    });

  it('every value of every parameter has been beside every other', () => {
    const seen = new Set<string>();
    for (const request of combinations()) {
      const values = Object.entries(request);
      for (const [a, x] of values) for (const [b, y] of values) seen.add(`${a}=${String(x)} ${b}=${String(y)}`);
    }
    for (const [a, xs] of Object.entries(said))
      for (const [b, ys] of Object.entries(said))
        if (a !== b)
          for (const x of xs)
            for (const y of ys) assert.ok(seen.has(`${a}=${String(x)} ${b}=${String(y)}`), `${a}=${String(x)} ${b}=${String(y)}`);
  });
});
