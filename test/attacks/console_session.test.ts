import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { code_at, ConsolePage, nothing_like_it } from '../support/console.ts';

/** A moment whose code was not used to set up the factor, and that is good whenever it arrives within the tolerance of one step: counted from the step before, it could be too old. */
const next_step = (): number => Date.now() + 30_000;

describe('attacks on the session of the console', () => {
  let broker: TestBroker;
  before(async () => {
    broker = await start_broker();
  });
  after(() => broker.stop());

  /** A key of its own for each attack, so that none counts for another. */
  const key_of = async (role = 'owner', organization_id?: string): Promise<{ id: string; key: string }> =>
    broker.api('POST', '/admin-keys', { name: role, role, ...(organization_id !== undefined && { organization_id }) });
  const signed_in = async (key: string): Promise<ConsolePage> => {
    const page = new ConsolePage(broker);
    const answer = await page.sign_in(key);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return page;
  };
  const slug = (): string =>
    `o${nothing_like_it()
      .slice(0, 12)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, 'x')}`;

  it('script that reads the session: the cookie is HttpOnly and SameSite=Strict, and no answer holds it or the key', async () => {
    const { key } = await key_of();
    const page = new ConsolePage(broker);
    const answer = await page.sign_in(key);
    assert.match(answer.set_cookie, /; httponly/i);
    assert.match(answer.set_cookie, /; samesite=strict/i);
    const token = page.cookie.split('=')[1] ?? '';
    for (const body of [answer.body, (await page.session()).body])
      assert.ok(!JSON.stringify(body).includes(token) && !JSON.stringify(body).includes(key));
  });

  it('CSRF: a form or a script of another site changes nothing, and reads nothing, even where the browser sends the cookie along', async () => {
    const { key } = await key_of();
    const page = await signed_in(key);
    const body = { slug: slug(), name: 'Forged' };
    for (const [what, headers] of Object.entries({
      'another origin': { origin: 'https://evil.example' },
      'a sandboxed frame': { origin: 'null' },
      'no origin': { origin: '' },
      'a neighbouring host': { origin: `${broker.issuer}.evil.example` },
      'another site, by its fetch metadata': { 'sec-fetch-site': 'cross-site' },
      'a neighbour of the same site': { 'sec-fetch-site': 'same-site' },
      'no anti-forgery value': { 'x-postern-csrf': '' },
      'the anti-forgery value of somebody else': { 'x-postern-csrf': (await signed_in(key)).csrf },
    })) {
      const answer = await page.api('POST', '/organizations', body, headers);
      assert.equal(answer.status, 403, what);
      assert.equal(answer.body.code, 'not_from_the_console', what);
    }
    for (const site of ['cross-site', 'same-site', 'none'])
      assert.equal((await page.api('GET', '/organizations', undefined, { 'sec-fetch-site': site })).status, 403, site);
    assert.equal((await page.ask('GET', '/console/session', undefined, { origin: 'https://evil.example' })).status, 403);
    assert.equal((await page.api('POST', '/organizations', body)).status, 201, 'our own page may');
  });

  it('login CSRF: another site signs nobody in as somebody else', async () => {
    const { key } = await key_of();
    for (const headers of [{ origin: 'https://evil.example' }, { origin: '' }, { 'sec-fetch-site': 'cross-site' }]) {
      const page = new ConsolePage(broker);
      const answer = await page.ask('POST', '/console/session', { key }, headers);
      assert.equal(answer.status, 403);
      assert.equal(answer.set_cookie, '');
    }
    // a form cannot send JSON
    const form = await fetch(`${broker.issuer}/console/session`, {
      ...{ method: 'POST', headers: { origin: broker.issuer, 'content-type': 'text/plain' }, body: JSON.stringify({ key }) },
    });
    assert.equal(form.status, 415);
  });

  it('session fixation: a session that the browser brings along is not the one that it gets, and is over', async () => {
    const [attacker, victim] = [await key_of('support'), await key_of()];
    const planted = await signed_in(attacker.key);
    const page = new ConsolePage(broker, planted.cookie);
    await page.sign_in(victim.key);
    assert.notEqual(page.cookie, planted.cookie);
    assert.equal((await planted.session()).body.state, 'signed_out');
    const made_up = new ConsolePage(broker, `postern_console=${nothing_like_it()}`);
    await made_up.sign_in(victim.key);
    assert.notEqual(made_up.cookie.split('=')[1], undefined);
    // the second factor changes the session as well
    const before = page.cookie;
    await page.enrol(Date.now());
    assert.notEqual(page.cookie, before);
    assert.equal((await new ConsolePage(broker, before, page.csrf).api('GET', '/organizations')).status, 401);
  });

  it('clickjacking and injected scripts: the console is framed by nobody, and runs nothing but its own files', async () => {
    for (const path of ['/console', '/console/organizations/x', '/console/session']) {
      const { headers } = await fetch(broker.issuer + path);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.doesNotMatch(policy, /unsafe|\*|https?:/);
      assert.equal(headers.get('x-frame-options'), 'DENY');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    }
    const page = await fetch(`${broker.issuer}/console`);
    assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self'/);
  });

  it('paths that climb out of the console lead nowhere', async () => {
    for (const path of [
      '/console/..%2f..%2fpackage.json',
      '/console/assets/../../../package.json',
      '/console/assets/%2e%2e/index.html',
      '/console/assets/none-12345678.js',
    ]) {
      const answer = await fetch(broker.issuer + path);
      const text = await answer.text();
      assert.ok(!text.includes('"dependencies"') && !text.includes('"postern"'), path);
    }
    assert.equal((await fetch(`${broker.issuer}/console/assets/none-12345678.js`)).status, 404);
  });

  it('a revoked key: its sessions answer nothing any more, at once', async () => {
    const { id, key } = await key_of('operator');
    const page = await signed_in(key);
    assert.equal((await page.api('GET', '/organizations')).status, 200);
    await broker.api('DELETE', `/admin-keys/${id}`);
    assert.equal((await page.api('GET', '/organizations')).status, 401);
    assert.equal((await page.session()).body.state, 'signed_out');
  });

  it('a key of one organization: at the console it sees that organization only, and ends with its suspension', async () => {
    const [own, other] = [slug(), slug()];
    const { id } = await broker.api<{ id: string }>('POST', '/organizations', { slug: own, name: 'Own' });
    await broker.api('POST', '/organizations', { slug: other, name: 'Other' });
    const page = await signed_in((await key_of('org_admin', id)).key);
    assert.equal((await page.session()).body.organization?.id, id);
    assert.equal((await page.api('GET', `/organizations/${own}`)).status, 200);
    assert.equal((await page.api('GET', `/organizations/${other}`)).status, 404);
    assert.equal((await page.api('GET', '/organizations')).status, 403);
    for (const path of ['/search?q=own', '/stats/sign-ins', '/system', '/audit-events', '/admin-keys'])
      assert.equal((await page.api('GET', path)).status, 403, path);
    await broker.api('PATCH', `/organizations/${own}`, { status: 'suspended' });
    assert.equal((await page.api('GET', `/organizations/${own}`)).status, 401);
  });

  it('a stolen key without its second factor: nothing but the second factor is answered', async () => {
    const { key } = await key_of();
    const { secret } = await (await signed_in(key)).enrol(Date.now());
    const thief = new ConsolePage(broker);
    assert.equal((await thief.sign_in(key)).body.state, 'second_factor');
    assert.equal((await thief.api('GET', '/organizations')).status, 403);
    for (const [method, path, body] of [
      ['POST', '/console/session/second-factors/totp', {}],
      ['POST', '/console/session/second-factors/passkey/options', {}],
      ['POST', '/console/session/recovery-codes', {}],
      ['DELETE', '/console/session/second-factors/fac_x', undefined],
    ] as const)
      assert.equal((await thief.ask(method, path, body)).status, 403, path);
    assert.equal((await thief.ask('POST', '/console/session/totp', { code: await code_at(secret, next_step()) })).status, 200);
  });

  it('sessions from before the second factor was set up must show it as well', async () => {
    const { key } = await key_of();
    const earlier = await signed_in(key);
    await (await signed_in(key)).enrol(Date.now());
    assert.equal((await earlier.session()).body.state, 'second_factor');
    assert.equal((await earlier.api('GET', '/organizations')).status, 403);
  });

  it('a code that is used twice, also at the same time: one comes in', async () => {
    const { key } = await key_of();
    const { secret } = await (await signed_in(key)).enrol(Date.now());
    const code = await code_at(secret, next_step());
    const pages = await Promise.all([1, 2, 3, 4].map(async () => signed_in(key)));
    const answers = await Promise.all(pages.map((page) => page.ask('POST', '/console/session/totp', { code })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401, 401]);
    const again = await (await signed_in(key)).ask('POST', '/console/session/totp', { code });
    assert.ok(again.status === 401 || again.status === 429);
  });

  it('a first second factor that two sessions of a stolen key set up at the same time: one does', async () => {
    for (let round = 0; round < 5; round++) {
      const { key } = await key_of('support');
      const pages = await Promise.all([1, 2, 3, 4].map(() => signed_in(key)));
      const begun = await Promise.all(
        pages.map(async (page) => {
          const { body } = await page.ask<{ id: string; secret: string }>('POST', '/console/session/second-factors/totp', {});
          return { page, id: body.id, code: await code_at(body.secret, Date.now()) };
        }),
      );
      const answers = await Promise.all(
        begun.map(({ page, id, code }) => page.ask('POST', '/console/session/second-factors/totp/confirm', { id, code })),
      );
      const [first, ...others] = answers.map(({ status }) => status).toSorted();
      assert.equal(first, 200);
      assert.ok(
        others.every((status) => status === 409 || status === 403),
        others.join(),
      );
    }
  });

  it('the code by which the factor was set up does not sign anybody in', async () => {
    const { key } = await key_of();
    const at = Date.now();
    const { secret } = await (await signed_in(key)).enrol(at);
    assert.equal((await (await signed_in(key)).ask('POST', '/console/session/totp', { code: await code_at(secret, at) })).status, 401);
  });

  it('guessed codes: after five wrong ones none is looked at, whatever session they come from', async () => {
    const { key } = await key_of();
    const { secret, recovery_codes } = await (await signed_in(key)).enrol(Date.now());
    for (let guess = 0; guess < 5; guess++)
      assert.equal((await (await signed_in(key)).ask('POST', '/console/session/totp', { code: '000000' })).status, 401);
    const right = await (await signed_in(key)).ask('POST', '/console/session/totp', { code: await code_at(secret, next_step()) });
    assert.equal(right.status, 429);
    assert.equal((await (await signed_in(key)).ask('POST', '/console/session/recovery-code', { code: recovery_codes[0] })).status, 429);
  });

  it('a recovery code works once, also at the same time', async () => {
    const { key } = await key_of();
    const { recovery_codes } = await (await signed_in(key)).enrol(Date.now());
    const code = recovery_codes[3]?.toUpperCase().replaceAll('-', ' ');
    const pages = await Promise.all([1, 2, 3].map(async () => signed_in(key)));
    const answers = await Promise.all(pages.map((page) => page.ask('POST', '/console/session/recovery-code', { code })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401]);
  });

  it('a passkey answer to no question, to another, or to nothing of ours is refused', async () => {
    const { key } = await key_of();
    await (await signed_in(key)).enrol(Date.now());
    const page = await signed_in(key);
    const response = { id: 'x', rawId: 'x', type: 'public-key', response: {}, clientExtensionResults: {} };
    assert.equal((await page.ask('POST', '/console/session/passkey', { response })).status, 401);
    await page.ask('POST', '/console/session/passkey/options', {});
    assert.equal((await page.ask('POST', '/console/session/passkey', { response })).status, 401);
    assert.equal((await page.session()).body.state, 'second_factor');
  });

  it('guessed keys: the door closes for the address', async () => {
    const closed = await start_broker();
    try {
      const page = new ConsolePage(closed);
      let status = 0;
      for (let guess = 0; guess < 70 && status !== 429; guess++) ({ status } = await page.sign_in(nothing_like_it()));
      assert.equal(status, 429);
      assert.equal((await page.sign_in(closed.admin_key)).status, 429);
    } finally {
      await closed.stop();
    }
  });

  it('the record says who came in, from where, by what, and who did not', async () => {
    const { id, key } = await key_of('support');
    const page = await signed_in(key);
    await page.enrol(Date.now());
    const other = await signed_in(key);
    await other.ask('POST', '/console/session/totp', { code: '123456' });
    await page.ask('DELETE', '/console/session');
    const { data } = await broker.api<{ data: { type: string; ip: string; actor: { id: string } }[] }>('GET', `/audit-events?actor=${id}`);
    assert.deepEqual(
      data.map(({ type }) => type),
      ['console.signed_out', 'console.sign_in_refused', 'second_factor.added', 'console.signed_in'],
    );
    for (const { ip, actor } of data) assert.deepEqual([ip, actor.id], ['127.0.0.1', id]);
  });

  it('signing out ends the session on our side, not only in the browser', async () => {
    const { key } = await key_of();
    const page = await signed_in(key);
    const kept = new ConsolePage(broker, page.cookie, page.csrf);
    assert.equal((await page.ask('DELETE', '/console/session')).status, 204);
    assert.equal((await kept.api('GET', '/organizations')).status, 401);
  });
});

describe('an installation that demands a second factor', () => {
  let broker: TestBroker;
  before(async () => {
    broker = await start_broker({ POSTERN_CONSOLE_SECOND_FACTOR: 'required' });
  });
  after(() => broker.stop());

  it('answers nothing before one is set up, and lets nobody remove the last one', async () => {
    const page = new ConsolePage(broker);
    assert.equal((await page.sign_in(broker.admin_key)).body.state, 'must_enrol');
    assert.equal((await page.api('GET', '/organizations')).status, 403);
    await page.enrol(Date.now());
    assert.equal((await page.api('GET', '/organizations')).status, 200);
    const { second_factor } = (await page.session()).body;
    const [factor] = second_factor?.enrolled ?? [];
    assert.equal((await page.ask('DELETE', `/console/session/second-factors/${factor?.id ?? ''}`)).status, 409);
    await page.ask('POST', '/console/session/second-factors/totp', { name: 'Another' });
    assert.equal((await page.session()).body.second_factor?.enrolled.length, 1, 'what was not shown does not count');
  });

  it('factors that are begun without end: a few are kept', async () => {
    const { key } = await broker.api<{ key: string }>('POST', '/admin-keys', { name: 'support', role: 'support' });
    const page = new ConsolePage(broker);
    await page.sign_in(key);
    const begin = async (): Promise<number> => (await page.ask('POST', '/console/session/second-factors/totp', {})).status;
    for (let begun = 0; begun < 20; begun++) assert.equal(await begin(), 200);
    assert.equal(await begin(), 409);
  });

  it('both of two factors that are removed at the same time: one stays', async () => {
    const { key } = await broker.api<{ key: string }>('POST', '/admin-keys', { name: 'support', role: 'support' });
    const page = new ConsolePage(broker);
    await page.sign_in(key);
    await page.enrol(Date.now());
    await page.enrol(Date.now());
    const factors = (await page.session()).body.second_factor?.enrolled ?? [];
    assert.equal(factors.length, 2);
    const answers = await Promise.all(factors.map(({ id }) => page.ask('DELETE', `/console/session/second-factors/${id}`)));
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [204, 409]);
    assert.equal((await page.session()).body.second_factor?.enrolled.length, 1);
  });
});
