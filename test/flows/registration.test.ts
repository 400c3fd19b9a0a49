import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { type Installation, start_installation } from '../support/installation.ts';
import { add_organization } from '../support/tenant.ts';
import { relying_party } from '../support/relying_party.ts';
import { arrive } from '../support/relying_party.ts';
import { Browser } from '../support/browser.ts';

const REDIRECT = 'http://127.0.0.1:9/callback';

describe('apps that register themselves (RFC 7591, RFC 7592)', () => {
  let it_is: Installation;
  before(async () => {
    it_is = await start_installation();
  });
  after(() => it_is.stop());

  const new_token = async (body: Readonly<Record<string, unknown>> = {}): Promise<string> =>
    (await it_is.broker.api<{ token: string }>('POST', '/registration-tokens', { name: 'Test', ...body })).token;
  const send = (method: string, path: string, token?: string, body?: unknown): Promise<Response> =>
    fetch(`${it_is.broker.issuer}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  async function error_of(answer: Response): Promise<string> {
    return `${answer.status} ${String(((await answer.json()) as { error?: string }).error)}`;
  }
  type Registered = Record<string, string>;
  const register = async (body: Readonly<Record<string, unknown>> = {}): Promise<Registered> => {
    const answer = await send('POST', '/register', await new_token(), { redirect_uris: [REDIRECT], ...body });
    assert.equal(answer.status, 201);
    return (await answer.json()) as Registered;
  };

  it('with an initial access token, by a certified client: what was registered signs people in, after their consent', async () => {
    const config = await client.dynamicClientRegistration(
      new URL(it_is.broker.issuer),
      { redirect_uris: [REDIRECT], client_name: 'Self made', software_version: '1', 'client_name#de': 'Selbst gemacht' },
      undefined,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out: the broker of a test is plain http
      { initialAccessToken: await new_token(), execute: [client.allowInsecureRequests] },
    );
    const metadata = config.clientMetadata();
    assert.equal(metadata['client_secret_expires_at'], 0);
    assert.equal(metadata['registration_client_uri'], `${it_is.broker.issuer}/register/${metadata.client_id}`);
    assert.ok(metadata['registration_access_token']);
    assert.equal(metadata['software_version'], undefined, 'names that we do not know are not registered');
    const app = await relying_party({
      issuer: it_is.broker.issuer,
      client_id: metadata.client_id,
      client_secret: String(metadata['client_secret']),
    });
    const browser = new Browser();
    const started = await app.begin({ organization: 'acme', scope: 'openid' });
    const asked = await browser.submit(await arrive(browser, app, started.url), {
      username: it_is.ann.username,
      password: it_is.ann.password,
    });
    assert.match(asked.html, /Self made/);
    const arrived = await browser.submit(asked, { decision: 'allow' }, (form) => form.action.endsWith('/consent'));
    assert.ok((await started.finish(arrived.url)).id_token);
  });

  it('never without one: unknown, expired by use, of an admin key, or none', async () => {
    const once = await new_token({ uses: 1 });
    assert.equal((await send('POST', '/register', once, { redirect_uris: [REDIRECT] })).status, 201);
    for (const token of [once, 'postern_reg_unknown', it_is.broker.admin_key, undefined]) {
      const answer = await send('POST', '/register', token, { redirect_uris: [REDIRECT] });
      assert.match(answer.headers.get('www-authenticate') ?? '', /invalid_token/);
      assert.equal(await error_of(answer), '401 invalid_token');
    }
  });

  it('a token for 3 apps registers 3, also when 10 ask at once; what is refused is not counted', async () => {
    const token = await new_token({ uses: 3 });
    assert.equal((await send('POST', '/register', token, { redirect_uris: ['https://*.example/'] })).status, 400);
    const answers = await Promise.all(Array.from({ length: 10 }, () => send('POST', '/register', token, { redirect_uris: [REDIRECT] })));
    assert.equal(answers.filter(({ status }) => status === 201).length, 3);
  });

  it('for one organization: nobody else may use the app', async () => {
    const other = await add_organization(it_is.broker, 'other');
    const token = await new_token({ organization_id: other.org_id });
    const registered = (await (await send('POST', '/register', token, { redirect_uris: [REDIRECT] })).json()) as Registered;
    const shown = await it_is.broker.api('GET', `/clients/${registered['client_id'] ?? ''}`);
    assert.deepEqual(shown['organizations'], [other.org_id]);
    assert.equal(shown['first_party'], false);
    assert.deepEqual(shown['allowed_resources'], []);
    const app = await relying_party({
      issuer: it_is.broker.issuer,
      client_id: registered['client_id'] ?? '',
      client_secret: registered['client_secret'] ?? '',
    });
    const page = await arrive(new Browser(), app, (await app.begin({ organization: 'acme' })).url);
    assert.equal(new URL(page.url).searchParams.get('error'), 'invalid_request');
  });

  it('never gives itself what is the operators’ to give', async () => {
    const registered = await register({
      first_party: true,
      require_pkce: false,
      organizations: [it_is.acme.org_id],
      allowed_resources: ['https://api.example/'],
      own_resources: ['https://api.example/'],
      client_id: 'chosen',
      enabled: true,
    });
    assert.notEqual(registered['client_id'], 'chosen');
    const shown = await it_is.broker.api('GET', `/clients/${registered['client_id'] ?? ''}`);
    assert.equal(shown['first_party'], false);
    assert.equal(shown['require_pkce'], undefined);
    assert.deepEqual(shown['allowed_resources'], []);
    const token = await new_token();
    for (const [body, error] of [
      [{ scope: 'openid postern:admin' }, 'invalid_client_metadata'],
      [{ scope: 'postern:other' }, 'invalid_client_metadata'],
      [{ redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
      [{ redirect_uris: ['http://app.example/'] }, 'invalid_redirect_uri'],
      [{ redirect_uris: [] }, 'invalid_redirect_uri'],
      [{ grant_types: ['password'] }, 'invalid_client_metadata'],
      [{ grant_types: ['urn:ietf:params:oauth:grant-type:token-exchange', 'authorization_code'] }, 'invalid_client_metadata'],
      [{ response_types: ['token'] }, 'invalid_client_metadata'],
      [{ id_token_signed_response_alg: 'none' }, 'invalid_client_metadata'],
      [{ jwks: { keys: [] } }, 'invalid_client_metadata'],
      ['text', 'invalid_client_metadata'],
      [[], 'invalid_client_metadata'],
    ] as const) {
      const whole: unknown = typeof body === 'string' || Array.isArray(body) ? body : Object.assign({ redirect_uris: [REDIRECT] }, body);
      assert.equal(await error_of(await send('POST', '/register', token, whole)), `400 ${error}`, JSON.stringify(body));
    }
    const broken = await fetch(`${it_is.broker.issuer}/register`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{',
    });
    assert.equal(broken.status, 400);
  });

  it('reads, replaces and deletes its registration with its own token, and no other’s', async () => {
    const one = await register({ client_name: 'One', client_uri: 'https://one.example/' });
    const two = await register();
    const path = `/register/${one['client_id'] ?? ''}`;
    const own = one['registration_access_token'] ?? '';
    const read = (await (await send('GET', path, own)).json()) as Registered;
    assert.equal(read['client_name'], 'One');
    assert.equal(read['client_secret'], undefined);
    const replaced = await send('PUT', path, own, { client_id: one['client_id'], redirect_uris: [REDIRECT], client_name: 'Uno' });
    const view = (await replaced.json()) as Registered;
    assert.equal(view['client_name'], 'Uno');
    assert.equal(view['client_uri'], undefined, 'what is left out goes');
    assert.equal((await send('PUT', path, own, { client_id: two['client_id'], redirect_uris: [REDIRECT] })).status, 400);
    assert.equal(
      (await send('PUT', path, own, { client_id: one['client_id'], redirect_uris: [REDIRECT], scope: 'postern:admin' })).status,
      400,
    );
    for (const method of ['GET', 'DELETE'])
      for (const token of [two['registration_access_token'], await new_token(), it_is.broker.admin_key, undefined])
        assert.equal((await send(method, path, token)).status, 401);
    assert.equal((await send('GET', '/register/%E0%A4%A', own)).status, 401);
    assert.equal((await send('PATCH', path, own)).status, 405);
    assert.equal((await send('DELETE', path, own)).status, 204);
    assert.equal((await send('GET', path, own)).status, 401);
    await it_is.broker.api('PATCH', `/clients/${two['client_id'] ?? ''}`, { enabled: false });
    assert.equal((await send('GET', `/register/${two['client_id'] ?? ''}`, two['registration_access_token'])).status, 401);
  });
});
