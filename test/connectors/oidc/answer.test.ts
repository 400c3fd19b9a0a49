import assert from 'node:assert/strict';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, it } from 'node:test';
import { ConnectorError } from '../../../connectors/connector.ts';
import { accepted, encoded, HostileProvider, ISSUER, json_answer, jws, make_key, refused } from '../../support/hostile_provider.ts';
import { new_handle, noted_call } from '../../support/oidc_connector.ts';

const key = make_key();
let provider: HostileProvider;
beforeEach(() => {
  provider = new HostileProvider(key);
});
const asked = (path: string): number => provider.requests.filter(({ url }) => url === `${ISSUER}${path}`).length;

describe('the answer in the browser (O3)', () => {
  it('mix-up: an answer of another issuer (iss, RFC 9207) sends no code anywhere', async () => {
    for (const iss of ['https://evil.example', `${ISSUER}/`, ISSUER.toUpperCase(), '']) {
      provider.callback = (parameters) => ({ parameters: { ...parameters, iss } });
      await refused(provider);
    }
    assert.equal(asked('/token'), 0);
  });

  it('mix-up: an answer without iss, from a provider that promised it, sends no code anywhere', async () => {
    provider.callback = ({ code, state }) => ({ parameters: { code: code ?? '', state: state ?? '' } });
    await refused(provider);
    assert.equal(asked('/token'), 0);
  });

  it('without iss is accepted from a provider that did not promise it, with a wrong one it is not', async () => {
    provider.discovery = ({ authorization_response_iss_parameter_supported: _iss, ...document }) => document;
    provider.callback = ({ code, state }) => ({ parameters: { code: code ?? '', state: state ?? '' } });
    await accepted(provider);
    provider.callback = (parameters) => ({ parameters: { ...parameters, iss: 'https://evil.example' } });
    await refused(provider);
  });

  it('an error of another issuer is no refusal of ours', async () => {
    provider.callback = ({ state }) => ({ parameters: { error: 'access_denied', state: state ?? '', iss: 'https://evil.example' } });
    await refused(provider);
  });

  it('another state, a shorter, a longer one, and none: no code is sent anywhere', async () => {
    for (const change of [() => 'another', (state: string) => state.slice(1), (state: string) => `${state}x`, () => '']) {
      provider.callback = (parameters) => ({ parameters: { ...parameters, state: change(parameters['state'] ?? '') } });
      await refused(provider);
    }
    provider.callback = ({ code, iss }) => ({ parameters: { code: code ?? '', iss: iss ?? '' } });
    await refused(provider);
    assert.equal(asked('/token'), 0);
  });

  it('an answer to a request of a connection that was changed meanwhile is not taken to the new provider', async () => {
    for (const change of [{ issuer: 'https://old.example' }, { client_id: 'old-client' }]) {
      provider.pending = (pending) => ({ ...pending, ...change });
      await refused(provider, ['expired']);
    }
    assert.equal(asked('/token'), 0);
  });

  it('implicit: tokens in the address are refused', async () => {
    for (const more of [{ id_token: 'x.y.z' }, { access_token: 'planted' }, { response: 'x.y.z' }]) {
      provider.callback = (parameters) => ({ parameters: { ...parameters, ...(more as Record<string, string>) } }); // texts all
      if ('access_token' in more) {
        // openid-client does not look at it; nobody uses it either
        await accepted(provider);
        assert.ok(!JSON.stringify(provider.requests).includes('planted"'));
      } else await refused(provider);
    }
  });

  it('a code that is none, or endless, is not sent', async () => {
    for (const code of ['', '\0', 'a\r\nb', 'é', 'x'.repeat(9000)]) {
      provider.callback = (parameters) => ({ parameters: { ...parameters, code } });
      await refused(provider, ['malformed']);
    }
    assert.equal(asked('/token'), 0);
  });

  for (const [error, description, reason] of [
    ['access_denied', undefined, 'cancelled'],
    ['access_denied', 'The resource owner or authorization server denied the request.', 'cancelled'],
    ['access_denied', 'User is not assigned to the client application.', 'denied'],
    ['login_required', undefined, 'cancelled'],
    ['consent_required', undefined, 'denied'],
    ['interaction_required', undefined, 'denied'],
    ['unmet_authentication_requirements', undefined, 'authentication_context'],
    ['server_error', undefined, 'partner_error'],
    ['temporarily_unavailable', undefined, 'partner_error'],
    ['__proto__', undefined, 'partner_error'],
    ['constructor', undefined, 'partner_error'],
    ['<script>', '\u202e<b>\0', 'partner_error'],
  ] as const) {
    it(`error=${error}${description === undefined ? '' : ` (${JSON.stringify(description)})`} is ${reason}`, async () => {
      provider.callback = ({ state, iss }) => ({
        parameters: { error, state: state ?? '', iss: iss ?? '', ...(description !== undefined && { error_description: description }) },
      });
      const outcome = await provider.sign_in();
      assert.ok(!outcome.ok);
      assert.equal(outcome.reason, reason);
      assert.doesNotMatch(outcome.detail, /[\p{C}]/u);
    });
  }
});

describe('what is sent for a code (O3)', () => {
  it('is the verifier of this very sign-in, to the token endpoint alone, with the redirect URI of the connection', async () => {
    const seen = new Set<string>();
    for (let index = 0; index < 5; index++) {
      provider.requests.splice(0);
      await accepted(provider);
      const [exchange, ...more] = provider.requests.filter(({ request }) => request.method === 'POST');
      assert.equal(more.length, 0);
      assert.equal(exchange?.url, `${ISSUER}/token`);
      const body = new URLSearchParams(String(exchange.request.body));
      assert.equal(body.get('redirect_uri'), 'https://login.vendor.example/oidc/con_1/callback');
      assert.match(body.get('code_verifier') ?? '', /^[\w-]{43}$/);
      seen.add(body.get('code_verifier') ?? '');
    }
    assert.equal(seen.size, 5);
  });

  it('nothing that is answered but an ID token signs in', async () => {
    for (const body of [{}, { access_token: 'a', token_type: 'Bearer' }, { id_token: 'x' }, [], null, 'x', { error: 'invalid_grant' }]) {
      provider.token = () => json_answer(body);
      await refused(provider);
    }
  });

  it('replay: a provider that takes a code twice does not make us present it twice', async () => {
    const connector = await provider.open();
    const departure = await connector.begin({ handle: new_handle() }, noted_call());
    const asked_for = new URL(departure.send.url).searchParams;
    provider.claims = (claims) => ({ ...claims, nonce: asked_for.get('nonce') });
    const parameters = { code: 'c', state: asked_for.get('state') ?? '', iss: ISSUER };
    const finish = () => connector.finish({ method: 'GET', parameters, repeated: [] }, departure.pending, noted_call());
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, finish));
    assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.ok).length, 1);
    await assert.rejects(finish(), { reason: 'replayed' });
    assert.equal(asked('/token'), 1);
  });

  it('a redirect of the token endpoint is not followed', async () => {
    provider.token = () => json_answer({}, { status: 307, headers: { location: 'https://evil.example/token' } });
    assert.equal((await refused(provider, ['misconfigured'])).fix?.includes('redirects are not followed'), true);
    assert.ok(provider.requests.every(({ url }) => url.startsWith(`${ISSUER}/`)));
  });

  it('an error page is put down to the partner, a refused client to the connection', async () => {
    for (const [answer, reason] of [
      [json_answer('', { status: 500, body: Buffer.from('<html>') }), 'unreachable'],
      [json_answer({ error: 'server_error' }, { status: 503 }), 'unreachable'],
      [json_answer('', { status: 404 }), 'misconfigured'],
      [
        json_answer(
          { error: 'invalid_client' },
          { status: 401, headers: { 'content-type': 'application/json', 'www-authenticate': 'Basic realm="x"' } },
        ),
        'misconfigured',
      ],
      [json_answer({ error: 'unauthorized_client' }, { status: 400 }), 'misconfigured'],
      [json_answer({ error: 'invalid_grant', error_description: 'planted\u0000\u202e' }, { status: 400 }), 'malformed'],
      [json_answer({ error: '__proto__' }, { status: 400 }), 'malformed'],
      [json_answer('', { status: 200, headers: { 'content-type': 'text/html' } }), 'malformed'],
      [json_answer('', { status: 200, body: Buffer.alloc(0) }), 'malformed'],
      [json_answer('', { status: 204, body: Buffer.alloc(0) }), 'misconfigured'],
      [json_answer('', { status: 101, body: Buffer.alloc(0) }), 'unreachable'],
    ] as const) {
      provider.token = () => answer;
      const fault = await refused(provider, [reason]);
      assert.doesNotMatch(fault.message, /[\p{C}]/u);
    }
  });

  it('ID token injection: the honest one of another sign-in has another nonce', async () => {
    let earlier = '';
    provider.token = (body) => {
      earlier = String(body['id_token']);
      return json_answer(body);
    };
    await accepted(provider);
    provider.token = (body) => json_answer({ ...body, id_token: earlier });
    await refused(provider);
  });

  it('deeply nested JSON is refused or read, and never breaks the process', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    provider.token = () => json_answer('', { body: Buffer.from(deep) });
    await refused(provider);
    provider.token = (body) => json_answer(body);
    provider.userinfo = () => json_answer('', { body: Buffer.from(`{"sub":"subject-1","x":${deep}}`) });
    await provider.sign_in().catch((error: unknown) => assert.ok(error instanceof ConnectorError));
  });
});

describe('userinfo (O4)', () => {
  it('of another subject is refused', async () => {
    for (const sub of ['victim', 'SUBJECT-1', 'subject-1 ', undefined, '', 1, ['subject-1']]) {
      provider.userinfo = (body) => json_answer({ ...body, sub });
      await refused(provider);
    }
  });

  it('cannot say who somebody is: the subject, the session and the time are those of the ID token', async () => {
    provider.userinfo = (body) =>
      json_answer({ ...body, sid: 'planted', auth_time: 1, acr: 'mfa', amr: ['mfa'], iss: 'x', email: 'other@x.example' });
    const identity = await accepted(provider);
    assert.equal(identity.authenticated_at, provider.time);
    assert.equal(identity.acr, undefined);
    assert.equal(identity.amr, undefined);
    assert.equal(identity.session?.['sid'], undefined);
    assert.deepEqual(identity.attributes['email'], ['alice@partner.example']);
  });

  it('that is signed is verified like an ID token', async () => {
    const signed = (token: string) => json_answer('', { headers: { 'content-type': 'application/jwt' }, body: Buffer.from(token) });
    const claims = { sub: 'subject-1', department: 'Research' };
    const honest = jws({ alg: 'RS256', kid: key.kid }, claims, key.private_key);
    provider.userinfo = () => signed(honest);
    assert.deepEqual((await accepted(provider)).attributes['department'], ['Research']);
    const [head, , signature] = honest.split('.');
    const forged = [
      [head, encoded({ ...claims, department: 'Board' }), signature].join('.'),
      `${encoded({ alg: 'none' })}.${encoded(claims)}.`,
      jws({ alg: 'RS256', kid: key.kid }, claims, make_key().private_key),
      jws({ alg: 'HS256', kid: key.kid }, claims, 'planted-client-secret'),
      jws({ alg: 'RS256', kid: key.kid }, { ...claims, aud: 'another-client' }, key.private_key),
      jws({ alg: 'RS256', kid: key.kid }, { ...claims, iss: 'https://evil.example' }, key.private_key),
      jws({ alg: 'RS256', kid: key.kid }, { ...claims, sub: 'victim' }, key.private_key),
    ];
    for (const token of forged) {
      provider.userinfo = () => signed(token);
      await refused(provider);
    }
  });

  it('that is not answered is no sign-in, and says why', async () => {
    for (const [answer, reason] of [
      [json_answer({}, { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }), 'untrusted'],
      [json_answer({}, { status: 500 }), 'unreachable'],
      [json_answer('', { body: Buffer.from('<html>') }), 'malformed'],
    ] as const) {
      provider.userinfo = () => answer;
      await refused(provider, [reason]);
    }
    provider.userinfo = () => {
      throw new ConnectorError('timed_out', 'too slow');
    };
    await refused(provider, ['timed_out']);
  });

  it('is not asked where the connection does not want it, or the provider has none', async () => {
    provider.settings = { userinfo: false };
    await accepted(provider);
    provider.settings = {};
    provider.discovery = ({ userinfo_endpoint: _none, ...document }) => document;
    await accepted(provider);
    assert.equal(asked('/userinfo'), 0);
  });

  it('gets the access token in the header alone', async () => {
    await accepted(provider);
    const found = provider.requests.find(({ url }) => url.endsWith('/userinfo'));
    assert.equal(found?.request.headers?.['authorization'], `Bearer ${provider.access_token}`);
    assert.ok(provider.requests.every(({ url }) => !url.includes(provider.access_token)));
  });
});

describe('endless answers (O5)', () => {
  it('a bomb is not unpacked here: the connector never decompresses', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, ' '));
    assert.equal(gunzipSync(bomb).length, 5_000_000);
    provider.token = () => json_answer('', { headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: bomb });
    await refused(provider);
  });

  it('claims are kept within bounds', async () => {
    provider.userinfo = (body) => json_answer({ ...body, groups: Array.from({ length: 50_000 }, (_, index) => `g${index}`) });
    const { attributes } = await accepted(provider);
    assert.ok(Object.values(attributes).flat().length <= 2000);
  });

  it('an ID token too large for a hint is not kept for the logout', async () => {
    provider.claims = (claims) => ({ ...claims, sid: 's', ballast: 'x'.repeat(60_000) });
    const { session } = await accepted(provider);
    assert.equal(session?.['id_token'], undefined);
    assert.equal(session?.['sid'], 's');
  });
});
