import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Callback, LogoutMessage } from '../../../connectors/connector.ts';
import { accepted, CLIENT_ID, HostileProvider, ISSUER, jws, make_key } from '../../support/hostile_provider.ts';
import { new_handle, noted_call } from '../../support/oidc_connector.ts';

const key = make_key();
let provider: HostileProvider;
beforeEach(() => {
  provider = new HostileProvider(key);
});
const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };
let count = 0;
const token = (changes: object = {}, header: object = {}): Callback => {
  const seconds = Math.floor(provider.time / 1000);
  const claims = {
    iss: ISSUER,
    aud: CLIENT_ID,
    iat: seconds,
    exp: seconds + 60,
    jti: `j${count++}`,
    sub: 'subject-1',
    events: EVENTS,
    ...changes,
  };
  const logout_token = jws(
    { alg: 'RS256', kid: key.kid, typ: 'logout+jwt', ...header },
    JSON.parse(JSON.stringify(claims)),
    key.private_key,
  );
  return { method: 'POST', parameters: { logout_token }, repeated: [] };
};

describe('the way to the end of the session at the provider', () => {
  it('says which session by its ID token, and where to come back', async () => {
    const { session } = await accepted(provider);
    const connector = await provider.open();
    const handle = new_handle();
    const departure = await connector.logout?.begin(session ?? {}, handle, noted_call());
    assert.equal(departure?.send.method, 'GET');
    const url = new URL(departure.send.url);
    assert.equal(url.origin + url.pathname, `${ISSUER}/logout`);
    assert.equal(url.searchParams.get('id_token_hint'), session?.['id_token']);
    assert.equal(url.searchParams.get('post_logout_redirect_uri'), 'https://login.vendor.example/oidc/con_1/backchannel-logout');
    assert.equal(url.searchParams.get('state'), handle);
    const back = await connector.logout?.receive({ method: 'GET', parameters: { state: handle }, repeated: [] }, noted_call());
    assert.deepEqual(back && { ...back, detail: '' }, { kind: 'answer', handle, complete: true, detail: '' });
  });

  it('goes by a form when the ID token is too long for an address', async () => {
    provider.claims = (claims) => ({ ...claims, groups: Array.from({ length: 300 }, (_, index) => `group-number-${index}`) });
    const { session } = await accepted(provider);
    const departure = await (await provider.open()).logout?.begin(session ?? {}, new_handle(), noted_call());
    assert.ok(departure?.send.method === 'POST');
    assert.equal(departure.send.fields['id_token_hint'], session?.['id_token']);
  });

  it('is none where the provider has none', async () => {
    provider.discovery = ({ end_session_endpoint: _none, ...document }) => document;
    const { session } = await accepted(provider);
    assert.equal(await (await provider.open()).logout?.begin(session ?? {}, new_handle(), noted_call()), undefined);
  });
});

describe('a logout token of the provider (O8)', () => {
  const receive = async (callback: Callback) => (await provider.open()).logout?.receive(callback, noted_call());

  const told = (message: LogoutMessage | undefined): unknown => {
    const { once: _once, ...rest } = message?.kind === 'request' ? message : assert.fail('no request');
    return rest;
  };

  it('names a subject, a session, or both', async () => {
    assert.deepEqual(told(await receive(token())), { kind: 'request', subject: 'subject-1' });
    assert.deepEqual(told(await receive(token({ sub: undefined, sid: 's1' }))), { kind: 'request', session: { sid: 's1' } });
    assert.deepEqual(told(await receive(token({ sid: 's1' }))), { kind: 'request', subject: 'subject-1', session: { sid: 's1' } });
  });

  it('is accepted without typ, as older providers send it', async () => {
    assert.equal((await receive(token({}, { typ: undefined })))?.kind, 'request');
    assert.equal((await receive(token({}, { typ: 'JWT' })))?.kind, 'request');
  });

  it('is refused when it is an honest ID token of the same provider', async () => {
    const { session } = await accepted(provider);
    const callback: Callback = { method: 'POST', parameters: { logout_token: session?.['id_token'] ?? '' }, repeated: [] };
    await assert.rejects(receive(callback) as Promise<unknown>, { name: 'ConnectorError' });
  });

  it('says what it is known by: the same each time it comes, another for another token, until it is too old to be believed', async () => {
    const callback = token();
    const first = await receive(callback);
    const again = await receive(callback);
    const other = await receive(token());
    assert.ok(first?.kind === 'request' && again?.kind === 'request' && other?.kind === 'request');
    assert.deepEqual(first.once, again.once);
    assert.notEqual(first.once.key, other.once.key);
    assert.ok(first.once.expires_at >= provider.time + 5 * 60_000);
  });
});
