import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { claims_reader } from '../../../connectors/oidc/claimed.ts';
import type { Check } from '../../../connectors/connector.ts';
import { CLIENT_ID, CLIENT_SECRET, encoded, HostileProvider, ISSUER, json_answer, jws, make_key } from '../../support/hostile_provider.ts';
import { new_handle, noted_call } from '../../support/oidc_connector.ts';

type Said = Readonly<Record<string, unknown>>;

const key = make_key();
let provider: HostileProvider;
beforeEach(() => {
  provider = new HostileProvider(key);
  provider.settings = { userinfo: false };
});

/** A sign-in that somebody tries, or one of a person whom nobody listens to. */
async function signed_in({ tries = true } = {}): Promise<{ heard: Said | undefined; checks: Check[]; text: string }> {
  let heard: Said | undefined;
  const call = noted_call();
  const opened = await provider.open();
  const hear = (said: Said): void => {
    heard = { ...heard, ...said };
  };
  await provider
    .sign_in(
      { handle: new_handle() },
      { ...opened, finish: (answer, pending) => opened.finish(answer, pending, tries ? { ...call, hear } : call) },
    )
    .catch(() => undefined);
  return { heard, checks: call.checks, text: JSON.stringify([heard, call.checks]) };
}
const crossed = ({ checks }: { checks: Check[] }): string[] => checks.filter(({ ok }) => !ok).map(({ name }) => name);
const ticked = ({ checks }: { checks: Check[] }): string[] => checks.filter(({ ok }) => ok).map(({ name }) => name);
const with_claims = (more: Said): void => {
  provider.claims = (claims) => ({ ...claims, aud: 'another-client', ...more });
};
const claims_in = ({ heard }: { heard: Said | undefined }): Said => (heard as { id_token: { claims: Said } }).id_token.claims;

describe('what a refused ID token says of itself', () => {
  it('is heard by whoever tries the connection: header and claims, times in words', async () => {
    with_claims({});
    const { heard } = await signed_in();
    const seconds = Math.floor(provider.time / 1000);
    const { nonce, ...claims } = claims_in({ heard });
    assert.equal(typeof nonce, 'string');
    assert.deepEqual(heard, { id_token: { header: { alg: 'RS256', kid: key.kid }, claims: { ...claims, nonce } } });
    assert.deepEqual(claims, {
      iss: ISSUER,
      aud: 'another-client',
      sub: 'subject-1',
      iat: `${seconds} (2030-01-15T12:00:00.000Z)`,
      exp: `${seconds + 300} (2030-01-15T12:05:00.000Z)`,
      auth_time: `${seconds} (2030-01-15T12:00:00.000Z)`,
      email: 'alice@partner.example',
    });
  });

  it('is read for nobody else, and then no check tells of it', async () => {
    with_claims({});
    const { heard, text } = await signed_in({ tries: false });
    assert.equal(heard, undefined);
    assert.doesNotMatch(text, /another-client/);
  });

  it('is not in the error, which the log has', async () => {
    with_claims({ sub: 'planted-subject' });
    const opened = await provider.open();
    const call = { ...noted_call(), hear: () => undefined };
    const error = await provider
      .sign_in({}, { ...opened, finish: (answer, pending) => opened.finish(answer, pending, call) })
      .catch((one: unknown) => one);
    assert.ok(error instanceof Error);
    assert.doesNotMatch(JSON.stringify([error.message, Object.entries(error), provider.logged]), /another-client|planted-subject/);
    assert.equal(error.cause, undefined);
  });

  it('has what userinfo says beside it, when that is about somebody else', async () => {
    provider.settings = {};
    provider.userinfo = (body) => json_answer({ ...body, sub: 'subject-2' });
    const seen = await signed_in();
    assert.deepEqual(crossed(seen), ['userinfo']);
    assert.equal((seen.heard as { userinfo: Said }).userinfo['sub'], 'subject-2');
    assert.equal(seen.checks.at(-1)?.detail, 'userinfo is about subject-2, the ID token about subject-1 (sub)');
  });
});

describe('the checks of an ID token', () => {
  const all = ['answer', 'issuer', 'audience', 'nonce', 'signature', 'clock', 'id_token'];
  it('are all listed when they hold', async () => {
    const seen = await signed_in();
    assert.deepEqual([ticked(seen), crossed(seen)], [all, []]);
  });

  /** Each is wrong in everything that comes later, too: what is ticked was looked at, also by the next version of openid-client. */
  const in_order: readonly [wrong: string, check: string, ticked: readonly string[], claims: Said][] = [
    ['algorithm', 'signature', ['answer'], {}],
    ['end', 'clock', ['answer'], { exp: 1 }],
    ['issuer', 'issuer', ['answer'], { iss: 'https://else.example' }],
    ['audience', 'audience', ['answer', 'issuer'], { aud: 'another-client' }],
    ['nonce', 'nonce', ['answer', 'issuer', 'audience'], { nonce: 'another' }],
    ['signature', 'signature', ['answer', 'issuer', 'audience', 'nonce'], {}],
    ['time of issue', 'clock', ['answer', 'issuer', 'audience', 'nonce', 'signature'], { iat: 1000 }],
    ['subject', 'subject', ['answer', 'issuer', 'audience', 'nonce', 'signature', 'clock'], { sub: ' ' }],
  ];
  for (const [at, [wrong, check, before]] of in_order.entries()) {
    it(`are listed up to the one that stops it: ${wrong}`, async () => {
      const wrongs = in_order.slice(at);
      provider.claims = (claims) => Object.assign(claims, ...wrongs.map(([, , , more]) => more)) as Said; // plain objects
      provider.sign = (header, claims) =>
        jws(wrong === 'algorithm' ? { alg: 'HS256' } : header, claims, wrong === 'algorithm' ? 'a secret' : by(wrongs));
      const seen = await signed_in();
      assert.deepEqual([ticked(seen), crossed(seen)], [before, [check]]);
    });
  }
  const stranger = make_key('rsa', key.kid);
  const by = (wrongs: typeof in_order) => (wrongs.some(([wrong]) => wrong === 'signature') ? stranger : key).private_key;

  it('without a claim that must be there, none is ticked', async () => {
    for (const [claim, check] of [
      ['iss', 'issuer'],
      ['aud', 'audience'],
      ['nonce', 'nonce'],
      ['sub', 'id_token'],
    ] as const) {
      provider = new HostileProvider(key);
      provider.claims = (claims) => ({ ...claims, [claim]: undefined });
      const seen = await signed_in();
      assert.deepEqual([ticked(seen), crossed(seen)], [['answer'], [check]], claim);
    }
  });

  it('say what was found and what was looked for', async () => {
    const found = async (claims: Said): Promise<string> => {
      provider = new HostileProvider(key);
      provider.claims = (own) => ({ ...own, ...claims });
      return (await signed_in()).checks.find(({ ok }) => !ok)?.detail ?? '';
    };
    assert.equal(await found({ iss: 'https://else.example' }), `the ID token is of https://else.example, not of ${ISSUER}`);
    assert.equal(await found({ aud: ['a', 'b', 'c'] }), `the ID token is for a, b and 1 more, not for ${CLIENT_ID}`);
    assert.match(await found({ aud: [CLIENT_ID, 'b'], azp: 'b' }), /issued to b \(azp\), not to/);
    assert.match(await found({ nonce: 'another' }), /^the nonce of the ID token, another, is not the one/);
    assert.match(await found({ exp: 1_893_000_000 }), /ends at 1893000000 \(2029-12-26T17:20:00.000Z\); our clock says 2030-01-15T12:00/);
  });
});

describe('a hostile ID token, shown', () => {
  it('access token, refresh token, code or client secret in a claim, under its own name or another: none is shown', async () => {
    provider.token = (body) => json_answer({ ...body, refresh_token: 'planted-refresh-token' });
    provider.claims = (claims) => ({
      ...claims,
      aud: ['another-client', `for ${CLIENT_SECRET}`],
      at: provider.access_token,
      within: [{ deep: `Bearer ${provider.access_token}.` }],
      rt: 'planted-refresh-token',
      [provider.access_token]: 'as a name',
      access_token: 'short',
      'x-refresh-token': 1234,
      password: { of: 'somebody' },
      ...{ graphAccessToken: 'planted-1', 'https://acme.example/token': 'planted-2', apiKey: 'planted-3', clientSecrets: ['planted-4'] },
      code: provider.code,
      jwt: `see ${jws({ alg: 'RS256' }, { planted: 'inside' }, key.private_key)} here`,
      said: 'token of appreciation',
    });
    const { heard, text } = await signed_in();
    const claims = claims_in({ heard });
    assert.equal(claims['access_token'], '***');
    assert.equal(claims['x-refresh-token'], '***');
    assert.equal(claims['password'], '***');
    assert.equal(claims['jwt'], 'see *** here');
    assert.deepEqual(claims['within'], [{ deep: 'Bearer ***.' }]);
    assert.equal(claims['said'], 'token of appreciation');
    for (const secret of [provider.access_token, 'planted-refresh-token', CLIENT_SECRET, provider.code, 'somebody', 'planted-', '.eyJ'])
      assert.ok(!text.includes(secret), secret);
  });

  it('no signature and no token: nothing that could be shown to somebody else is in it', async () => {
    let token = '';
    provider.sign = (header, claims) => (token = jws(header, claims, key.private_key));
    provider.header = (header) => ({ ...header, jwk: { n: 'planted-key' }, x5c: ['planted-certificate'], jku: 'https://planted.example' });
    with_claims({});
    const { text } = await signed_in();
    assert.equal(token.split('.').length, 3);
    for (const part of token.split('.')) assert.ok(!text.includes(part));
    assert.doesNotMatch(text, /planted/);
  });

  it('__proto__, constructor and toString: names like any other, and no prototype is touched', async () => {
    provider.sign = (header, claims) => {
      const evil = JSON.stringify(claims).replace(
        '{',
        '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x",',
      );
      return [encoded(header), encoded(evil), 'AAAA'].join('.');
    };
    const { heard } = await signed_in();
    const claims = claims_in({ heard });
    assert.equal(Object.getPrototypeOf(claims), Object.prototype);
    assert.ok(!Object.hasOwn(claims, '__proto__'));
    assert.equal(claims['toString'], 'x');
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('nested a thousand deep, a list of thousands, a claim of 20 KB: cut; cut off in the middle: nothing', async () => {
    let deep: unknown = 'the bottom';
    for (let depth = 0; depth < 1000; depth++) deep = { a: deep };
    with_claims({ deep, long: 'x'.repeat(20_000), list: Array.from({ length: 2000 }, (_, at) => at) });
    const { heard, text } = await signed_in();
    assert.ok(text.length < 10_000, `${text.length}`);
    assert.deepEqual(claims_in({ heard })['deep'], { a: { a: { a: { a: '…' } } } });
    assert.equal(String(claims_in({ heard })['long']).length, 300);
    provider.sign = (header) => [encoded(header), encoded(`{"a":${'['.repeat(40_000)}`), 'AAAA'].join('.');
    assert.equal((await signed_in()).heard?.['id_token'], undefined);
  });

  it('a token of 200 KB is not read at all, and is refused as ever', async () => {
    with_claims({ filling: 'x'.repeat(150_000) });
    const seen = await signed_in();
    assert.equal(seen.heard?.['id_token'], undefined);
    assert.deepEqual(crossed(seen), ['audience']);
  });

  it('characters that cannot be seen, turn the line round or are half: a space', async () => {
    with_claims({ name: 'a\u202eb\u200bc\ud800d\u0000e\nf', ['\u2066n']: '🦉 zoë 日本' });
    const claims = claims_in(await signed_in());
    assert.equal(claims['name'], 'a b c d e f');
    assert.equal(claims[' n'], '🦉 zoë 日本');
  });

  it('times that are none stay what they are', async () => {
    with_claims({ iat: 1e300, nbf: 'soon', auth_time: [1] });
    const claims = claims_in(await signed_in());
    assert.deepEqual([claims['iat'], claims['nbf'], claims['auth_time']], [1e300, 'soon', [1]]);
  });

  it('never throws, whatever the token endpoint answers', () => {
    const reader = claims_reader(undefined);
    const bytes = (text: string): Uint8Array => Buffer.from(text);
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void reader.tokens(bytes(text), [])));
    fc.assert(
      fc.property(fc.json(), fc.json(), (header, claims) => {
        const id_token = `${encoded(header)}.${encoded(claims)}.x`;
        JSON.stringify(reader.tokens(bytes(JSON.stringify({ id_token })), []));
        JSON.stringify(reader.userinfo(bytes(claims)));
      }),
    );
  });
});
