import assert from 'node:assert/strict';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, it } from 'node:test';
import type { FaultReason } from '../../../connectors/connector.ts';
import {
  accepted,
  CLIENT_ID,
  encoded,
  half_hash,
  HostileProvider,
  ISSUER,
  json_answer,
  jws,
  make_key,
  refused,
} from '../../support/hostile_provider.ts';

const key = make_key();
const stranger = make_key('rsa', key.kid);
let provider: HostileProvider;
beforeEach(() => {
  provider = new HostileProvider(key);
});
const seconds = (): number => Math.floor(provider.time / 1000);

describe('the signature of an ID token (O1)', () => {
  for (const [alg, kind] of [
    ['RS256', 'rsa'],
    ['PS256', 'rsa'],
    ['ES256', 'p256'],
    ['ES384', 'p384'],
    ['ES512', 'p521'],
    ['EdDSA', 'ed25519'],
  ] as const) {
    it(`with ${alg} is accepted, at_hash and c_hash by the same hash included`, async () => {
      const own = kind === 'rsa' ? key : make_key(kind);
      provider = new HostileProvider(own);
      provider.header = () => ({ alg, kid: own.kid });
      const hash = { ES384: 'sha384', ES512: 'sha512', EdDSA: 'sha512' }[alg as string] ?? 'sha256';
      provider.claims = (claims) => ({
        ...claims,
        at_hash: half_hash(provider.access_token, hash),
        c_hash: half_hash(provider.code, hash),
      });
      assert.equal((await accepted(provider)).subject, 'subject-1');
    });
  }

  it('without a kid is accepted while there is one key that fits', async () => {
    provider.header = () => ({ alg: 'RS256', typ: 'JWT' });
    provider.jwks = () => json_answer({ keys: [key.jwk, make_key('p256').jwk, { ...make_key().jwk, use: 'enc' }] });
    await accepted(provider);
  });

  const attacks: Readonly<Record<string, () => void>> = {
    'stripped signature': () => {
      provider.sign = (header, claims) => `${encoded(header)}.${encoded(claims)}.`;
    },
    'one bit of the signature turned over': () => {
      provider.sign = (header, claims) => {
        const token = jws(header, claims, key.private_key);
        const at = token.lastIndexOf('.') + 20;
        return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      };
    },
    'claims exchanged under the signature': () => {
      provider.sign = (header, claims) => {
        const [head, , signature] = jws(header, claims, key.private_key).split('.');
        return [head, encoded({ ...claims, sub: 'victim' }), signature].join('.');
      };
    },
    'signed by another key under the same kid': () => {
      provider.sign = (header, claims) => jws(header, claims, stranger.private_key);
    },
    'signed by a key that the key set does not show': () => {
      provider.header = () => ({ alg: 'RS256', kid: 'unknown' });
      provider.sign = (header, claims) => jws(header, claims, stranger.private_key);
    },
    'psychic signature: ES256 with r and s zero': () => {
      const ec = make_key('p256');
      provider.jwks = () => json_answer({ keys: [ec.jwk] });
      provider.sign = (_header, claims) =>
        `${encoded({ alg: 'ES256', kid: ec.kid })}.${encoded(claims)}.${Buffer.alloc(64).toString('base64url')}`;
    },
    'HS256 with the public key in PEM as secret': () => {
      const pem = String(createPublicKey(key.private_key).export({ type: 'spki', format: 'pem' }));
      provider.sign = (_header, claims) => jws({ alg: 'HS256', kid: key.kid }, claims, pem);
    },
    'HS256 with the modulus as secret': () => {
      provider.sign = (_header, claims) => jws({ alg: 'HS256', kid: key.kid }, claims, String(key.jwk['n']));
    },
    'HS256 with the client secret': () => {
      provider.sign = (_header, claims) => jws({ alg: 'HS256' }, claims, 'planted-client-secret');
    },
    'a symmetric key in the key set': () => {
      provider.jwks = () => json_answer({ keys: [key.jwk, { kty: 'oct', kid: 's', k: encoded('secret'), alg: 'HS256' }] });
      provider.sign = (_header, claims) => jws({ alg: 'HS256', kid: 's' }, claims, 'secret');
    },
    'RSA signature said to be of another algorithm': () => {
      provider.sign = (_header, claims) => {
        const [, content, signature] = jws({ alg: 'RS256', kid: key.kid }, claims, key.private_key).split('.');
        return [encoded({ alg: 'PS256', kid: key.kid }), content, signature].join('.');
      };
    },
    'an embedded key (jwk, CVE-2018-0114)': () => {
      provider.header = () => ({ alg: 'RS256', jwk: stranger.jwk });
      provider.sign = (header, claims) => jws(header, claims, stranger.private_key);
    },
    'an embedded certificate chain (x5c)': () => {
      provider.header = () => ({ alg: 'RS256', kid: key.kid, x5c: ['MIIB'] });
      provider.sign = (header, claims) => jws(header, claims, stranger.private_key);
    },
    'keys from elsewhere (jku, x5u)': () => {
      provider.header = () => ({ alg: 'RS256', kid: key.kid, jku: 'https://evil.example/jwks', x5u: 'https://evil.example/x5u' });
      provider.sign = (header, claims) => jws(header, claims, stranger.private_key);
    },
    'an unknown critical extension': () => {
      provider.header = (header) => ({ ...header, crit: ['urn:evil'], 'urn:evil': true });
    },
    'an unencoded payload (b64)': () => {
      provider.header = (header) => ({ ...header, crit: ['b64'], b64: false });
    },
    'a JWE in its place (O5)': () => {
      provider.sign = () => `${encoded({ alg: 'RSA-OAEP', enc: 'A256GCM', zip: 'DEF' })}.AAAA.AAAA.AAAA.AAAA`;
    },
    'a JWE by password with many rounds (PBES2, CVE-2024-28176)': () => {
      provider.sign = () =>
        `${encoded({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c: 2_147_483_647, p2s: 'AAAA' })}.AAAA.AAAA.AAAA.AAAA`;
    },
    'two parts': () => {
      provider.sign = (header, claims) => `${encoded(header)}.${encoded(claims)}`;
    },
    'a header that is no object': () => {
      provider.sign = (_header, claims) => `${encoded('null')}.${encoded(claims)}.AAAA`;
    },
    'claims that are a list': () => {
      provider.sign = (header) => jws(header, [], key.private_key);
    },
    'an access token (typ at+jwt)': () => {
      provider.header = (header) => ({ ...header, typ: 'at+jwt' });
    },
    'a logout token (typ logout+jwt)': () => {
      provider.header = (header) => ({ ...header, typ: 'logout+jwt' });
    },
    'a token about events': () => {
      provider.claims = (claims) => ({ ...claims, events: { 'http://schemas.openid.net/event/backchannel-logout': {} } });
    },
  };
  const unknown_algs = ['none', 'None', 'NONE', 'nOnE', '', 'RS1', 'RS0', 'ES256K', 'toString', '__proto__'].map((alg) => [
    `alg "${alg}"`,
    () => {
      provider.sign = (_header, claims) => `${encoded({ alg })}.${encoded(claims)}.`;
    },
  ]) as [string, () => void][];
  for (const [attack, prepare] of [...Object.entries(attacks), ...unknown_algs]) {
    it(`${attack}: refused`, async () => {
      prepare();
      await refused(provider, ['untrusted', 'malformed']);
      assert.ok(provider.requests.every(({ url }) => url.startsWith(`${ISSUER}/`)));
    });
  }

  it('is by an algorithm that the provider says it uses, and that can be trusted', async () => {
    provider.discovery = (document) => ({ ...document, id_token_signing_alg_values_supported: ['ES256', 'none'] });
    await refused(provider, ['malformed', 'untrusted']);
    provider.discovery = (document) => ({ ...document, id_token_signing_alg_values_supported: ['none', 'HS256'] });
    await assert.rejects(provider.open(), { reason: 'untrusted' });
  });
});

/** RSASSA-PKCS1-v1_5 with exponent 1: the padded hash is its own signature. */
function signed_by_nobody(header: object, claims: object): string {
  const content = `${encoded(header)}.${encoded(claims)}`;
  const digest = Buffer.concat([
    Buffer.from('3031300d060960864801650304020105000420', 'hex'),
    createHash('sha256').update(content).digest(),
  ]);
  const padded = Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(256 - 3 - digest.length, 0xff), Buffer.from([0]), digest]);
  return `${content}.${padded.toString('base64url')}`;
}

describe('the keys that may verify it (O1)', () => {
  const weak: Readonly<Record<string, () => void>> = {
    'RSA with exponent 1, which anybody can sign for': () => {
      provider.jwks = () => json_answer({ keys: [{ ...key.jwk, e: 'AQ' }] });
      provider.sign = signed_by_nobody;
    },
    'RSA of 1024 bits': () => {
      const small = make_key('rsa1024', key.kid);
      provider.jwks = () => json_answer({ keys: [small.jwk] });
      provider.sign = (header, claims) => jws(header, claims, small.private_key);
    },
    'a key for encryption': () => {
      provider.jwks = () => json_answer({ keys: [{ ...key.jwk, use: 'enc' }] });
    },
    'a key whose operations do not hold verify': () => {
      provider.jwks = () => json_answer({ keys: [{ ...key.jwk, use: undefined, key_ops: ['encrypt'] }] });
    },
    'a key of another algorithm': () => {
      provider.jwks = () => json_answer({ keys: [{ ...key.jwk, alg: 'PS256' }] });
    },
    'a private key that was published': () => {
      provider.jwks = () => json_answer({ keys: [{ ...key.private_key.export({ format: 'jwk' }), kid: key.kid }] });
    },
    'a point that is not on its curve': () => {
      const ec = make_key('p256', key.kid);
      provider.jwks = () => json_answer({ keys: [{ ...ec.jwk, y: ec.jwk['x'] }] });
      provider.sign = (_header, claims) => jws({ alg: 'ES256', kid: key.kid }, claims, ec.private_key);
    },
    'a curve of somebody else (secp256k1)': () => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
      provider.jwks = () => json_answer({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: key.kid }] });
      provider.sign = (_header, claims) => jws({ alg: 'ES256', kid: key.kid }, claims, privateKey);
    },
    'two keys that both fit, and no kid': () => {
      provider.header = () => ({ alg: 'RS256' });
      provider.jwks = () => json_answer({ keys: [key.jwk, stranger.jwk] });
    },
    'two keys of one kid': () => {
      provider.jwks = () => json_answer({ keys: [key.jwk, stranger.jwk] });
    },
    'ten thousand keys': () => {
      provider.jwks = () =>
        json_answer({ keys: [key.jwk, ...Array.from({ length: 10_000 }, (_, index) => ({ ...stranger.jwk, kid: `k${index}` }))] });
    },
    'no keys': () => {
      provider.jwks = () => json_answer({ keys: [] });
    },
    'keys that are none': () => {
      provider.jwks = () => json_answer({ keys: [null, 1, 'x', [], {}] });
    },
    'a key set that is no JSON': () => {
      provider.jwks = () => json_answer('', { body: Buffer.from('<html>') });
    },
    'a key set that is no UTF-8': () => {
      provider.jwks = () => json_answer('', { body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) });
    },
  };
  for (const [attack, prepare] of Object.entries(weak)) {
    it(`${attack}: refused`, async () => {
      prepare();
      await refused(provider, ['untrusted', 'malformed']);
    });
  }
});

describe('the claims of an ID token (O2)', () => {
  const wrong: Readonly<
    Record<string, readonly [change: Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>), reason?: FaultReason]>
  > = {
    'no iss': [{ iss: undefined }],
    'another iss': [{ iss: 'https://somebody-else.example' }],
    'iss with a slash more': [{ iss: `${ISSUER}/` }],
    'iss in capitals': [{ iss: ISSUER.toUpperCase() }],
    'iss as a list': [{ iss: [ISSUER] }],
    'no aud': [{ aud: undefined }],
    'another aud': [{ aud: 'another-client' }],
    'an empty aud': [{ aud: [] }],
    'aud in capitals': [{ aud: CLIENT_ID.toUpperCase() }],
    'two audiences without azp': [{ aud: [CLIENT_ID, 'another-client'] }],
    'two audiences with the azp of another': [{ aud: [CLIENT_ID, 'another-client'], azp: 'another-client' }],
    'one audience with the azp of another': [{ azp: 'another-client' }],
    'no exp': [{ exp: undefined }],
    'exp as text': [{ exp: '9999999999' }],
    expired: [() => ({ exp: seconds() - 120, iat: seconds() - 300 }), 'expired'],
    'an end in a thousand years': [() => ({ exp: seconds() + 1000 * 365 * 86_400 })],
    'no iat': [{ iat: undefined }],
    'iat as text': [{ iat: '1' }],
    'issued in the future': [() => ({ iat: seconds() + 120 }), 'expired'],
    'issued an hour ago, though not yet over': [() => ({ iat: seconds() - 3600 }), 'expired'],
    'not before in the future': [() => ({ nbf: seconds() + 120 }), 'expired'],
    'an authentication in the future': [() => ({ auth_time: seconds() + 3600 })],
    'auth_time as text': [{ auth_time: '1' }],
    'no nonce (CVE-2026-15612)': [{ nonce: undefined }],
    'another nonce': [{ nonce: 'another' }],
    'an empty nonce': [{ nonce: '' }],
    'the at_hash of another access token': [{ at_hash: half_hash('another') }],
    'an empty at_hash': [{ at_hash: '' }],
    'the c_hash of another code': [{ c_hash: half_hash('another') }],
    'the s_hash of another state': [{ s_hash: half_hash('another') }],
    'no sub': [{ sub: undefined }],
    'sub as a number': [{ sub: 1 }],
    'an empty sub': [{ sub: '' }],
    'sub of 256 characters': [{ sub: 'x'.repeat(256) }],
    'sub of blanks': [{ sub: '   ' }],
    'sub with blanks around it': [{ sub: ' subject-1' }],
    'sub with NUL': [{ sub: 'subject-1\0' }],
    'sub with a line break': [{ sub: 'subject\n1' }],
    'sub with half a character': [{ sub: 'subject-\ud800' }],
    'sub with characters that cannot be seen': [{ sub: 'subject\u200b-1' }],
    'sub that is read backwards': [{ sub: '\u202esubject-1' }],
  };
  for (const [what, [change, reason]] of Object.entries(wrong)) {
    it(`${what}: refused`, async () => {
      provider.settings = { userinfo: false };
      provider.claims = (claims) => ({ ...claims, ...(typeof change === 'function' ? change() : change) });
      await refused(provider, reason === undefined ? undefined : [reason]);
    });
  }

  const right: Readonly<Record<string, Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>)>> = {
    'aud as a list of one': { aud: [CLIENT_ID] },
    'two audiences, issued to us': { aud: [CLIENT_ID, 'another-client'], azp: CLIENT_ID },
    'times that differ by less than the tolerance': () => ({ iat: seconds() + 50, exp: seconds() - 50 + 120 }),
    'an end that is within the tolerance': () => ({ iat: seconds() - 300, exp: seconds() - 50 }),
    'sub of 255 characters': { sub: 'x'.repeat(255) },
    'sub beyond ASCII': { sub: 'Zoë 🦉 日本' },
    'a claim with the name of a prototype': { ['__proto__x']: 'y', constructor: 'z' },
  };
  for (const [what, change] of Object.entries(right)) {
    it(`${what}: accepted`, async () => {
      provider.settings = { userinfo: false };
      provider.claims = (claims) => ({ ...claims, ...(typeof change === 'function' ? change() : change) });
      await accepted(provider);
    });
  }

  it('are compared by our clock, with the tolerance of the connection', async () => {
    provider.claims = (claims) => ({ ...claims, iat: seconds() + 100 });
    await refused(provider, ['expired']);
    provider.settings = { clock_skew_seconds: 120 };
    await accepted(provider);
    provider.settings = { clock_skew_seconds: 0 };
    provider.claims = (claims) => ({ ...claims, iat: seconds() + 5 });
    await refused(provider, ['expired']);
  });

  it('subjects that differ in a byte are different subjects', async () => {
    const subjects = ['straße', 'STRASSE', 'strasse', 'é', 'e\u0301', 'A', 'a'];
    provider.settings = { userinfo: false };
    const seen = new Set<string>();
    for (const sub of subjects) {
      provider.claims = (claims) => ({ ...claims, sub });
      seen.add((await accepted(provider)).subject);
    }
    assert.deepEqual([...seen], subjects);
  });
});

describe('what the app demanded of the authentication', () => {
  it('max_age without auth_time in the answer is not met', async () => {
    provider.claims = ({ auth_time: _at, ...claims }) => claims;
    const outcome = await provider.sign_in({ max_age: 3600 });
    assert.equal(outcome.ok ? 'ok' : outcome.reason, 'authentication_context');
  });
  it('a fresh sign-in is one after the person left, whatever prompt did', async () => {
    provider.claims = (claims) => ({ ...claims, auth_time: seconds() - 90 });
    const outcome = await provider.sign_in({ force_authn: true });
    assert.equal(outcome.ok ? 'ok' : outcome.reason, 'authentication_context');
    provider.claims = (claims) => ({ ...claims, auth_time: seconds() - 30 });
    assert.ok((await provider.sign_in({ force_authn: true })).ok);
  });
  it('max_age=0 is a fresh sign-in', async () => {
    provider.claims = (claims) => ({ ...claims, auth_time: seconds() - 90 });
    const outcome = await provider.sign_in({ max_age: 0 });
    assert.equal(outcome.ok ? 'ok' : outcome.reason, 'authentication_context');
  });
  it('a context that nobody names, or of another type, is not the one that was asked for', async () => {
    for (const acr of [undefined, '', 'mfa2', ['mfa'], 'MFA']) {
      provider.claims = (claims) => ({ ...claims, acr });
      const outcome = await provider.sign_in({ acr_values: ['mfa'] });
      assert.equal(outcome.ok ? 'ok' : outcome.reason, 'authentication_context');
    }
  });
  it("the connection's own acr_values are a wish, not a demand", async () => {
    provider.settings = { acr_values: 'mfa phr' };
    assert.equal((await accepted(provider)).acr, undefined);
  });
});
