import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ConnectorError, type RedirectConnector } from '../../../connectors/connector.ts';
import { may_verify } from '../../../connectors/oidc/key_store.ts';
import { HostileProvider, ISSUER, json_answer, jws, make_key, NOW } from '../../support/hostile_provider.ts';

const MINUTE = 60_000;
const [first, second] = [make_key(), make_key()];
let provider: HostileProvider;
let connector: RedirectConnector;
let headers: Record<string, string>;
beforeEach(async () => {
  provider = new HostileProvider(first);
  headers = { 'content-type': 'application/json' };
  provider.jwks = () => json_answer({ keys: [first.jwk] }, { headers });
  connector = await provider.open();
});
const asked = (): number => provider.requests.filter(({ url }) => url === `${ISSUER}/jwks`).length;
const works = async (): Promise<boolean> => {
  const outcome = await provider.sign_in({}, connector).catch((error: unknown) => error);
  if (outcome instanceof ConnectorError) return false;
  return (outcome as { ok: boolean }).ok; // finish answers nothing else
};
const rolls_over = (): void => {
  provider.jwks = () => json_answer({ keys: [second.jwk] }, { headers });
  provider.header = () => ({ alg: 'RS256', kid: second.kid });
  provider.sign = (header, claims) => jws(header, claims, second.private_key);
};

describe('the keys of a provider', () => {
  it('are asked for once and kept: five minutes when nothing is said', async () => {
    assert.ok(await works());
    provider.time += 4 * MINUTE;
    assert.ok(await works());
    assert.equal(asked(), 1);
    provider.time += 2 * MINUTE;
    assert.ok(await works());
    assert.equal(asked(), 2);
  });

  const lives: readonly (readonly [Record<string, string>, minutes: number])[] = [
    [{ 'cache-control': 'public, max-age=3600' }, 60],
    [{ 'cache-control': 'max-age=3600', age: '1800' }, 30],
    [{ 'cache-control': 'max-age=31536000, immutable' }, 24 * 60],
    [{ 'cache-control': 'max-age=1' }, 5],
    [{ 'cache-control': 'no-store, max-age=3600' }, 5],
    [{ date: new Date(NOW).toUTCString(), expires: new Date(NOW + 20 * MINUTE).toUTCString() }, 20],
    [{ expires: '0' }, 5],
    [{ 'cache-control': 'max-age=nonsense' }, 5],
  ];
  for (const [said, minutes] of lives) {
    it(`are kept ${minutes} minutes with ${JSON.stringify(said)}`, async () => {
      headers = { 'content-type': 'application/json', ...said };
      await works();
      provider.time += minutes * MINUTE - 1000;
      await works();
      assert.equal(asked(), 1);
      provider.time += 2000;
      await works();
      assert.equal(asked(), 2);
    });
  }

  it('are asked for once more when a token names an unknown one: a rollover is not waited for', async () => {
    headers['cache-control'] = 'max-age=86400';
    await works();
    rolls_over();
    provider.time += 2 * MINUTE;
    assert.ok(await works());
    assert.equal(asked(), 2);
  });

  it('are looked for also right after they were read', async () => {
    await works();
    rolls_over();
    assert.ok(await works());
    assert.equal(asked(), 2);
  });

  it('are not looked for more than once a minute, whatever tokens name', async () => {
    await works();
    provider.header = () => ({ alg: 'RS256', kid: `unknown-${Math.random()}` });
    for (let index = 0; index < 10; index++) assert.ok(!(await works()));
    assert.equal(asked(), 2);
    provider.time += 61_000;
    for (let index = 0; index < 10; index++) assert.ok(!(await works()));
    assert.equal(asked(), 3);
  });

  it('that have no ids are asked for again when a signature does not fit', async () => {
    headers['cache-control'] = 'max-age=86400';
    const without_id = ({ jwk: { kid: _kid, ...jwk } }: typeof first) => jwk;
    provider.header = () => ({ alg: 'RS256' });
    provider.jwks = () => json_answer({ keys: [without_id(first)] }, { headers });
    assert.ok(await works());
    provider.jwks = () => json_answer({ keys: [without_id(second)] }, { headers });
    provider.sign = (header, claims) => jws(header, claims, second.private_key);
    provider.time += 2 * MINUTE;
    assert.ok(!(await works()), 'the first one after the change fails');
    assert.ok(await works(), 'the next one does not');
    assert.equal(asked(), 2);
  });

  for (const [what, answer] of Object.entries({
    'cannot be reached': () => {
      throw new ConnectorError('unreachable', 'down');
    },
    'answers with an error': () => json_answer({}, { status: 503 }),
    'answers with a page': () => json_answer('', { body: Buffer.from('<html>maintenance</html>') }),
    'shows no key that can be trusted': () => json_answer({ keys: [] }),
  })) {
    it(`stay the last good ones while the provider ${what}, and it is asked once a minute`, async () => {
      await works();
      provider.jwks = answer;
      provider.time += 60 * MINUTE;
      for (let index = 0; index < 5; index++) assert.ok(await works());
      assert.equal(asked(), 2);
      provider.time += 2 * MINUTE;
      assert.ok(await works());
      assert.equal(asked(), 3);
    });
  }

  it('of many sign-ins at once are asked for once', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => connector.preflight({ signal: new AbortController().signal, check: () => undefined })),
    );
    assert.equal(outcomes.length, 10);
    const before = asked();
    provider.claims = (claims) => ({ ...claims, nonce: 'whatever' });
    await Promise.all(Array.from({ length: 10 }, () => works()));
    assert.equal(asked() - before, 1);
  });
});

// openid-client refuses some of these itself; it is not asked to
describe('a key that may verify', () => {
  const { jwk } = first;
  const ec = make_key('p256').jwk;
  const cases: readonly (readonly [what: string, jwk: Record<string, unknown>, may: boolean])[] = [
    ['RSA of 2048 bits', jwk, true],
    ['without use, kid and alg', { ...jwk, use: undefined, kid: undefined, alg: undefined }, true],
    ['P-256', ec, true],
    ['Ed25519', make_key('ed25519').jwk, true],
    ['RSA of 1024 bits', make_key('rsa1024').jwk, false],
    ['an exponent of 1', { ...jwk, e: 'AQ' }, false],
    ['an even exponent', { ...jwk, e: 'AQAA' }, false],
    ['an exponent as long as the modulus', { ...jwk, e: jwk['n'] }, false],
    ['RSA of 32768 bits', { ...jwk, n: Buffer.alloc(4096, 0xff).toString('base64url') }, false],
    ['use enc', { ...jwk, use: 'enc' }, false],
    ['use as a list', { ...jwk, use: ['sig'] }, false],
    ['key_ops without verify', { ...jwk, key_ops: ['sign'] }, false],
    ['key_ops as text', { ...jwk, key_ops: 'verify' }, false],
    ['an algorithm for encryption', { ...jwk, alg: 'RSA-OAEP' }, false],
    ['a private key', { ...first.private_key.export({ format: 'jwk' }) }, false],
    ['a symmetric key', { kty: 'oct', k: 'c2VjcmV0' }, false],
    ['an endless kid', { ...jwk, kid: 'x'.repeat(5000) }, false],
    ['a kid that is a number', { ...jwk, kid: 1 }, false],
    ['a point off the curve', { ...ec, y: ec['x'] }, false],
    ['another curve than it says', { ...ec, crv: 'P-384' }, false],
    ['X25519, which agrees and does not sign', { kty: 'OKP', crv: 'X25519', x: 'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo' }, false],
    ['an unknown kind', { kty: 'AKP', pub: 'x' }, false],
    ['nothing', {}, false],
  ];
  for (const [what, key, may] of cases)
    it(`${what}: ${may ? 'yes' : 'no'}`, () => {
      assert.equal(may_verify(JSON.parse(JSON.stringify(key)) as Record<string, unknown>), may); // the object above, undefined left out
    });
});
