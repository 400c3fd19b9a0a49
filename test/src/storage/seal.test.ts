import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Misconfigured } from '../../../src/kernel/index.ts';
import { make_seal, type Seal } from '../../../src/storage/index.ts';

const secret = randomBytes(32);
const place = 'connection/org_1/con_1';

/** What opening gives, or the code of the refusal. */
function opened(seal: Seal, sealed: string, context: string): { plain: string } | { code: string } {
  try {
    return { plain: seal.open(sealed, context) };
  } catch (error) {
    assert.ok(error instanceof Misconfigured, String(error));
    return { code: error.code };
  }
}

describe('a sealed value', () => {
  const seal = make_seal([secret]);

  it('opens to what was sealed, whatever it was, in its own place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ unit: 'grapheme', maxLength: 60 }), (plain, context) => {
        assert.equal(seal.open(seal.seal(plain, context), context), plain);
      }),
      { numRuns: 300 },
    );
  });

  it('shows nothing of what was sealed, and is never the same again', () => {
    const canary = 'canary-of-a-bind-password';
    const sealed = Array.from({ length: 200 }, () => seal.seal(canary, place));
    assert.equal(new Set(sealed).size, 200);
    for (const value of sealed) {
      assert.match(value, /^v1\.[\w-]{8}\.[\w-]+$/);
      for (const part of [canary, Buffer.from(canary).toString('base64url').slice(0, 30)]) assert.equal(value.includes(part), false);
    }
  });

  it('moved to another row or field does not open', () => {
    const sealed = seal.seal('password', place);
    for (const elsewhere of [
      '',
      'connection/org_2/con_1',
      'connection/org_1/con_2',
      `${place} `,
      place.toUpperCase(),
      'session/org_1/con_1',
    ])
      assert.deepEqual(opened(seal, sealed, elsewhere), { code: 'sealed_value_damaged' }, elsewhere);
  });

  it('with any bit turned does not open', () => {
    const sealed = seal.seal('password', place);
    const [version = '', id = '', data = ''] = sealed.split('.');
    const bytes = Buffer.from(data, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const turned = Buffer.from(bytes);
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.deepEqual(
        opened(seal, `${version}.${id}.${turned.toString('base64url')}`, place),
        { code: 'sealed_value_damaged' },
        String(bit),
      );
    }
  });

  it('cut short, at whatever length, does not open: a shorter tag is not taken', () => {
    const [version = '', id = '', data = ''] = seal.seal('', place).split('.');
    const bytes = Buffer.from(data, 'base64url');
    for (let length = 0; length < bytes.length; length++)
      assert.deepEqual(opened(seal, `${version}.${id}.${bytes.subarray(0, length).toString('base64url')}`, place), {
        code: 'sealed_value_damaged',
      });
  });

  it('that is none at all is refused, never an exception of another kind', () => {
    for (const text of ['', 'v1', 'v1.', 'v1..', 'v2.aaaaaaaa.AAAA', 'plain text', '***', seal.seal('x', place).replace('v1.', 'v2.')])
      assert.deepEqual(opened(seal, text, place), { code: 'secret_unknown' }, text);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.ok('code' in opened(seal, text, place))));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (rest) =>
        assert.ok('code' in opened(seal, seal.seal('x', place).slice(0, 12) + rest, place)),
      ),
    );
  });

  it('says in its refusal neither the value nor the secret', () => {
    const sealed = seal.seal('password', place);
    for (const [other, context] of [
      [make_seal([randomBytes(32)]), place],
      [seal, 'elsewhere'],
    ] as const)
      assert.throws(
        () => other.open(sealed, context),
        (error: unknown) => {
          assert.ok(error instanceof Misconfigured);
          const said = `${error.message} ${error.detail ?? ''}`;
          return ![sealed, 'password ', secret.toString('base64'), secret.toString('hex')].some((part) => said.includes(part));
        },
      );
  });
});

describe('the rotation of the secret', () => {
  const [newest, middle, oldest] = [randomBytes(32), randomBytes(48), randomBytes(32)];

  it('seals under the first, opens under all of the list', () => {
    const by_age = [oldest, middle, newest].map((one) => make_seal([one]).seal('value', place));
    const all = make_seal([newest, middle, oldest]);
    assert.deepEqual(
      by_age.map((sealed) => all.open(sealed, place)),
      ['value', 'value', 'value'],
    );
    assert.deepEqual(
      by_age.map((sealed) => all.is_stale(sealed)),
      [true, true, false],
    );
    assert.equal(make_seal([newest]).open(all.seal('value', place), place), 'value');
  });

  it('that drops a secret too early is told as what it is', () => {
    const sealed = make_seal([oldest]).seal('value', place);
    assert.deepEqual(opened(make_seal([newest, middle]), sealed, place), { code: 'secret_unknown' });
  });

  it('does not open under another secret that was given the same key id', () => {
    const sealed = make_seal([oldest]).seal('value', place);
    const id = make_seal([newest]).seal('', '').split('.')[1] ?? '';
    assert.deepEqual(opened(make_seal([newest]), sealed.replace(/^v1\.[^.]+/, `v1.${id}`), place), { code: 'sealed_value_damaged' });
  });

  it('needs at least one', () => {
    assert.throws(() => make_seal([]), { code: 'no_secret' });
  });
});
