import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as jose from 'jose';
import type { ReceiptView } from '../../src/audit/index.ts';
import { type Installation, type SignedIn, start_installation } from '../support/installation.ts';
import { type SignalReceiver, signal_receiver } from '../support/signal_receiver.ts';
import { add_client, add_organization } from '../support/tenant.ts';
import { until } from '../support/until.ts';

const SESSION_REVOKED = 'https://schemas.openid.net/secevent/caep/event-type/session-revoked';
const VERIFICATION = 'https://schemas.openid.net/secevent/ssf/event-type/verification';
const STREAM_UPDATED = 'https://schemas.openid.net/secevent/ssf/event-type/stream-updated';
const PUSH = 'urn:ietf:rfc:8935';
const POLL = 'urn:ietf:rfc:8936';
const SCOPE = 'openid profile email groups roles offline_access ssf.manage';

interface Stream {
  readonly stream_id: string;
  readonly aud: string;
  readonly delivery: Readonly<Record<string, string>>;
  readonly events_delivered: readonly string[];
}

/** Every ID token of ours has one. */
const sid_of = ({ tokens }: Pick<SignedIn, 'tokens'>): string => tokens.claims()?.['sid'] as string;

describe('security events of ended sessions (SSF 1.0)', () => {
  let at: Installation;
  let receiver: SignalReceiver;
  let configuration: Readonly<Record<string, string>>;
  before(async () => {
    at = await start_installation({ client: { scope: SCOPE } });
    receiver = await signal_receiver();
    const answer = await fetch(`${at.broker.issuer}/.well-known/ssf-configuration`);
    configuration = (await answer.json()) as typeof configuration; // looked at below
  });
  after(async () => {
    await at?.stop();
    await receiver?.close();
  });

  const token_of = async (app: { client_id: string; client_secret: string }, scope = 'ssf.manage'): Promise<string> => {
    const answer = await fetch(`${at.broker.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${app.client_id}:${app.client_secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
    });
    const { access_token } = (await answer.json()) as { access_token?: string }; // RFC 6749 section 5.1
    return access_token ?? '';
  };
  const ask = async (token: string, method: string, url: string, body?: unknown): Promise<{ status: number; json: unknown }> => {
    const answer = await fetch(url.startsWith('http') ? url : `${at.broker.issuer}${url}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
  };
  const own = (): Promise<string> => token_of(at);
  const with_stream = async <Result>(body: unknown, work: (stream: Stream, token: string) => Promise<Result>): Promise<Result> => {
    const token = await own();
    const made = await ask(token, 'POST', '/ssf/streams', body);
    assert.equal(made.status, 201, JSON.stringify(made.json));
    const stream = made.json as Stream; // section 8.1.1.1
    try {
      return await work(stream, token);
    } finally {
      await ask(token, 'DELETE', `/ssf/streams?stream_id=${stream.stream_id}`);
    }
  };
  const push_to = (url: string): unknown => ({
    delivery: { method: PUSH, endpoint_url: url, authorization_header: 'Bearer of-the-app' },
    events_requested: [SESSION_REVOKED, 'https://schemas.openid.net/secevent/caep/event-type/credential-change'],
  });
  const end = (user_id: string): Promise<unknown> => at.broker.api('DELETE', `/organizations/${at.acme.org_id}/users/${user_id}/sessions`);
  const poll = async (token: string, stream: Stream, body: unknown = { returnImmediately: true }) => {
    const { status, json } = await ask(token, 'POST', stream.delivery['endpoint_url'] ?? '', body);
    assert.equal(status, 200, JSON.stringify(json));
    return json as { sets: Record<string, string>; moreAvailable?: boolean }; // RFC 8936 section 2.5
  };
  const keys = () => jose.createRemoteJWKSet(new URL(configuration['jwks_uri'] ?? ''));

  it('the transmitter says where everything is (section 7.1)', () => {
    const { issuer } = at.broker;
    assert.deepEqual(configuration, {
      spec_version: '1_0',
      issuer,
      jwks_uri: `${issuer}/jwks`,
      delivery_methods_supported: [PUSH, POLL],
      configuration_endpoint: `${issuer}/ssf/streams`,
      status_endpoint: `${issuer}/ssf/status`,
      verification_endpoint: `${issuer}/ssf/verify`,
      authorization_schemes: [{ spec_urn: 'urn:ietf:rfc:6749' }],
      default_subjects: 'ALL',
    });
  });

  it('an app that makes a stream hears by push of the end of its session, in a signed SET that is about that session alone', async () => {
    await with_stream(push_to(receiver.url), async (stream) => {
      assert.deepEqual([stream.aud, stream.events_delivered], [at.client_id, [SESSION_REVOKED]]);
      assert.ok(!JSON.stringify(stream).includes('of-the-app'), 'the header never comes out');
      const { user_id, tokens } = await at.login();
      const other = await at.login();
      const sid = sid_of({ tokens });
      await at.app.begin();
      await end(user_id);
      const got = await receiver.until(({ claims }) => JSON.stringify(claims).includes(sid));
      assert.equal(got.headers['content-type'], 'application/secevent+jwt');
      assert.equal(got.headers.authorization, 'Bearer of-the-app');
      const { payload, protectedHeader } = await jose.jwtVerify(got.token, keys(), {
        ...{ issuer: at.broker.issuer, audience: at.client_id, typ: 'secevent+jwt', algorithms: ['RS256'] },
      });
      assert.match(String(protectedHeader.kid), /^rs256-/);
      assert.deepEqual(payload['sub_id'], {
        format: 'complex',
        user: { format: 'iss_sub', iss: at.broker.issuer, sub: user_id },
        session: { format: 'opaque', id: sid },
        tenant: { format: 'opaque', id: at.acme.org_id },
      });
      const { events, jti, iat } = payload as { events: Record<string, Record<string, unknown>>; jti: string; iat: number }; // verified above
      assert.deepEqual(events, {
        [SESSION_REVOKED]: { event_timestamp: iat, initiating_entity: 'admin', reason_admin: { en: 'user.sessions_ended' } },
      });
      assert.ok(!('sub' in payload) && !('exp' in payload), 'neither sub nor exp (section 4.1)');
      const second = await receiver.until(({ claims }) => JSON.stringify(claims).includes(sid_of(other)));
      assert.notEqual(second.claims.jti, jti);
    });
  });

  it('the receipt says that the app was told, and what an app refuses for good is given up loudly', async () => {
    await with_stream(push_to(receiver.url), async () => {
      const first = await at.login();
      receiver.behave = () => ({ status: 400, err: 'invalid_audience' });
      await end(first.user_id);
      const given_up = await signals_of(first.user_id, 'given_up');
      assert.deepEqual([given_up?.tries, given_up?.error], [1, 'the app answered 400 invalid_audience']);
      receiver.behave = () => (receiver.received.length % 2 === 0 ? 202 : 500);
      const second = await at.login();
      await end(second.user_id);
      assert.equal((await signals_of(second.user_id, 'told'))?.client_id, at.client_id, 'after a failure it is tried again');
      receiver.behave = () => 202;
    });
  });

  async function signals_of(user_id: string, outcome: string): Promise<ReceiptView['signals'][number] | undefined> {
    return until(async () => {
      const path = `/organizations/${at.acme.org_id}/users/${user_id}/receipts`;
      const { data } = await at.broker.api<{ data: ReceiptView[] }>('GET', path);
      return data[0]?.signals.find((signal) => signal.outcome === outcome);
    });
  }

  it('an app that polls gets each SET until it has acknowledged it, and tells errors (RFC 8936)', async () => {
    await with_stream({ delivery: { method: POLL } }, async (stream, token) => {
      assert.deepEqual(await poll(token, stream), { sets: {} });
      const { user_id } = await at.login();
      await at.login();
      await at.login();
      await end(user_id);
      const one = await poll(token, stream, { maxEvents: 1, returnImmediately: true });
      assert.deepEqual([Object.keys(one.sets).length, one.moreAvailable], [1, true]);
      const all = await poll(token, stream);
      const [first = '', second = '', third = ''] = Object.keys(all.sets);
      assert.equal(Object.keys(one.sets)[0], first, 'what is not acknowledged comes again, in order');
      const { payload } = await jose.jwtVerify(all.sets[first] ?? '', keys(), { audience: at.client_id, typ: 'secevent+jwt' });
      assert.equal(payload.jti, first);
      const left = await poll(token, stream, {
        ...{ ack: [first, 'unknown'], setErrs: { [second]: { err: 'invalid_key', description: 'no such key' } }, returnImmediately: true },
      });
      assert.deepEqual(Object.keys(left.sets), [third]);
      assert.equal((await signals_of(user_id, 'told'))?.tries, 1);
      assert.equal((await signals_of(user_id, 'given_up'))?.error, 'the app refused it: invalid_key, no such key');
      assert.deepEqual(await poll(token, stream, { ack: [third], maxEvents: 0 }), { sets: {} });
      assert.deepEqual(await poll(token, stream), { sets: {} });
    });
  });

  it('a poll that waits is answered as soon as there is something', async () => {
    await with_stream({ delivery: { method: POLL } }, async (stream, token) => {
      const { user_id } = await at.login();
      const waiting = poll(token, stream, {});
      await end(user_id);
      assert.equal(Object.keys((await waiting).sets).length, 1);
    });
  });

  it('a verification event comes over the stream with the state, and not more often than announced (section 8.1.4)', async () => {
    await with_stream(push_to(receiver.url), async ({ stream_id }, token) => {
      assert.equal((await ask(token, 'POST', '/ssf/verify', { stream_id, state: 'of-the-app' })).status, 204);
      const got = await receiver.until(({ claims }) => VERIFICATION in claims.events);
      assert.deepEqual(got.claims.events[VERIFICATION], { state: 'of-the-app' });
      assert.deepEqual(got.claims['sub_id'], { format: 'opaque', id: stream_id });
      assert.equal((await ask(token, 'POST', '/ssf/verify', { stream_id })).status, 429);
    });
  });

  it('a paused stream keeps its events and a disabled one has none (section 8.1.2)', async () => {
    await with_stream({ delivery: { method: POLL } }, async (stream, token) => {
      const { stream_id } = stream;
      const status = (to: string) => ask(token, 'POST', '/ssf/status', { stream_id, status: to, reason: 'tidying up' });
      assert.deepEqual((await status('paused')).json, { stream_id, status: 'paused', reason: 'tidying up' });
      const { user_id } = await at.login();
      await end(user_id);
      assert.deepEqual(await poll(token, stream), { sets: {} });
      const { data } = await at.broker.api<{ data: Record<string, unknown>[] }>('GET', `/clients/${at.client_id}/signal-streams`);
      const { id, method, status: state, status_reason, waiting, given_up } = data[0] ?? {};
      assert.deepEqual([id, method, state, status_reason, waiting, given_up], [stream_id, 'poll', 'paused', 'tidying up', 1, 0]);
      await status('enabled');
      assert.equal(Object.keys((await poll(token, stream)).sets).length, 1, 'what was kept is there again');
      await status('disabled');
      await at.login();
      await end(user_id);
      await status('enabled');
      assert.deepEqual(await poll(token, stream), { sets: {} });
    });
  });

  it('a stream that turns from poll to push delivers what waited; a header is not shown to another address', async () => {
    await with_stream({ delivery: { method: POLL } }, async ({ stream_id }, token) => {
      const { user_id, tokens } = await at.login();
      await end(user_id);
      const delivery = { method: PUSH, endpoint_url: receiver.url, authorization_header: 'Bearer first' };
      assert.equal((await ask(token, 'PATCH', '/ssf/streams', { stream_id, delivery })).status, 200);
      const sid = sid_of({ tokens });
      const got = await receiver.until(({ claims }) => JSON.stringify(claims).includes(sid));
      assert.equal(got.headers.authorization, 'Bearer first');
      const moved = { method: PUSH, endpoint_url: `${receiver.url}/moved` };
      await ask(token, 'PATCH', '/ssf/streams', { stream_id, delivery: moved });
      const next = await at.login();
      await end(next.user_id);
      const other = sid_of(next);
      assert.equal((await receiver.until(({ claims }) => JSON.stringify(claims).includes(other))).headers.authorization, undefined);
    });
  });

  it('an app that is switched off hears of its sessions, and that its stream stops (section 8.1.5)', async () => {
    const app = await add_client(at.broker, { scope: SCOPE });
    const token = await token_of(app);
    await ask(token, 'POST', '/ssf/streams', push_to(receiver.url));
    await at.broker.api('PATCH', `/clients/${app.client_id}`, { enabled: false });
    const got = await receiver.until(({ claims }) => claims.aud === app.client_id && STREAM_UPDATED in claims.events);
    assert.deepEqual(got.claims.events[STREAM_UPDATED], { status: 'disabled', reason: 'The app was switched off.' });
    assert.equal((await ask(token, 'GET', '/ssf/streams')).status, 401);
  });

  it('an app hears nothing of an organization that may not use it any more', async () => {
    const globex = await add_organization(at.broker, 'globex');
    await with_stream({ delivery: { method: POLL } }, async (stream, token) => {
      const { user_id } = await at.login();
      await at.broker.api('PATCH', `/clients/${at.client_id}`, { organizations: [globex.org_id] });
      await end(user_id);
      assert.deepEqual(await poll(token, stream), { sets: {} });
      await at.broker.api('PATCH', `/clients/${at.client_id}`, { organizations: 'all' });
    });
  });

  describe('a stream is kept by its app alone', () => {
    it('with an access token of the right scope, which only an owner registers and no app gives itself', async () => {
      for (const [method, path] of [
        ['GET', '/ssf/streams'],
        ['POST', '/ssf/streams'],
        ['POST', '/ssf/poll/str_x'],
      ] as const)
        assert.equal((await ask('wrong', method, path, method === 'POST' ? {} : undefined)).status, 401, path);
      const narrow = await token_of(at, '');
      assert.notEqual(narrow, '');
      assert.equal((await ask(narrow, 'GET', '/ssf/streams')).status, 401, 'a token without the scope');
      const plain = await add_client(at.broker);
      assert.equal(await token_of(plain), '', 'not without the scope in the registration');
      const operator = await at.broker.api<{ key: string }>('POST', '/admin-keys', { name: 'operator', role: 'operator' });
      const refused = await at.broker.call(
        'POST',
        '/clients',
        { client_name: 'x', grant_types: ['client_credentials'], redirect_uris: [], scope: 'ssf.manage' },
        {
          authorization: `Bearer ${operator.key}`,
        },
      );
      assert.equal(refused.status, 403);
      const { token } = await at.broker.api<{ token: string }>('POST', '/registration-tokens', { name: 'Partner apps' });
      const registered = await fetch(`${at.broker.issuer}/register`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ redirect_uris: ['https://app.example/cb'], scope: 'openid ssf.manage' }),
      });
      assert.equal(registered.status, 400);
    });

    it("another app's stream is not there", async () => {
      const other = await token_of(await add_client(at.broker, { scope: SCOPE }));
      await with_stream({ delivery: { method: POLL } }, async ({ stream_id, delivery }, token) => {
        assert.deepEqual((await ask(other, 'GET', '/ssf/streams')).json, []);
        const calls = [
          ['GET', `/ssf/streams?stream_id=${stream_id}`],
          ['DELETE', `/ssf/streams?stream_id=${stream_id}`],
          ['PATCH', '/ssf/streams', { stream_id, description: 'mine' }],
          ['GET', `/ssf/status?stream_id=${stream_id}`],
          ['POST', '/ssf/status', { stream_id, status: 'disabled' }],
          ['POST', '/ssf/verify', { stream_id }],
          ['POST', delivery['endpoint_url'] ?? '', { returnImmediately: true }],
        ] as const;
        for (const [method, path, body] of calls) assert.equal((await ask(other, method, path, body)).status, 404, `${method} ${path}`);
        assert.equal((await ask(token, 'POST', '/ssf/streams', {})).status, 409, 'an app has one');
      });
    });

    it('what only the transmitter says is refused when it is said otherwise (section 8.1.1.3)', async () => {
      await with_stream({}, async (stream, token) => {
        const { stream_id } = stream;
        assert.equal((await ask(token, 'PATCH', '/ssf/streams', { stream_id, aud: 'another-app' })).status, 400);
        assert.equal((await ask(token, 'PUT', '/ssf/streams', { ...stream, description: 'kept' })).status, 200);
        assert.equal(
          (await ask(token, 'PATCH', '/ssf/streams', { stream_id, delivery: { method: PUSH, endpoint_url: 'ftp://x' } })).status,
          400,
        );
      });
    });
  });
});
