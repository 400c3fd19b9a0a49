import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { start_mock_oidc, start_mock_saml } from '../../src/mock/index.ts';
import { make_signing_key } from '../../src/mock/saml/keys.ts';
import { Browser, type Page } from '../support/browser.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { person } from '../support/people.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client, add_connection, add_organization, oidc_settings, saml_settings, type Tenant } from '../support/tenant.ts';

const ann = person('ann', { groups: ['Staff'] });
const AFTERWARDS = 'http://127.0.0.1:9/signed-out';

interface Certificate {
  readonly sha256: string;
  readonly subject: string;
  readonly serial: string;
  readonly days_left: number;
}
interface Connection {
  readonly id: string;
  readonly enabled: boolean;
  readonly saml: Record<string, unknown>;
  readonly trust: { certificates: Certificate[]; waiting: unknown; read_at: string | null; last_error: unknown };
  readonly service_provider: { acs_url: string; certificates: { kid: string; use: string; state: string; sha256: string }[] };
}
interface Test {
  readonly checks: { name: string; ok: boolean }[];
  readonly test_url: string;
  readonly reference: string;
}
interface Trace {
  readonly outcome: string;
  readonly code: string | null;
  readonly purpose: string;
  readonly user_id: string | null;
  readonly steps: { name: string; ok: boolean; detail: string; fix?: string }[];
  readonly personal: {
    subject: string;
    attributes: Record<string, string[]>;
    decoded: Record<string, unknown>;
    user: Record<string, unknown>;
  };
}

describe('a connection to a SAML partner', () => {
  let broker: TestBroker;
  let mock: Awaited<ReturnType<typeof start_mock_saml>>;
  let tenant: Tenant;
  let app: RelyingParty;
  before(async () => {
    broker = await start_broker();
    mock = await start_mock_saml({ people: [ann] });
    tenant = await add_organization(broker, 'acme', 'Acme');
    app = await relying_party({ issuer: broker.issuer, ...(await add_client(broker, { post_logout_redirect_uris: [AFTERWARDS] })) });
  });
  after(async () => {
    await mock.close();
    await broker.stop();
  });

  const path = (id: string, more = ''): string => `/organizations/${tenant.org_id}/connections/${id}${more}`;
  const add = (saml: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
    add_connection(broker, tenant, { protocol: 'saml', ...more, saml: { ...saml_settings(mock).saml, ...saml } });
  const show = (id: string) => broker.api<Connection>('GET', path(id));
  const users = async (): Promise<unknown[]> =>
    (await broker.api<{ data: unknown[] }>('GET', `/organizations/${tenant.org_id}/users`)).data;
  const by_hand = () => ({
    metadata_url: undefined,
    entity_id: mock.entity_id,
    sso_url: mock.sso_url,
    certificates: [mock.key.certificate_pem],
  });
  const login = async (browser: Browser, connection: string): Promise<{ page: Page; id_token: string | undefined }> => {
    const started = await app.begin({ organization: 'acme', connection });
    const page = await sign_in(browser, await arrive(browser, app, started.url), ann);
    if (page.status !== 299) return { page, id_token: undefined };
    return { page, id_token: (await started.finish(page.url)).id_token };
  };

  describe('its certificates', () => {
    it('are shown with subject, serial, SHA-256 and days left, beside when they were read', async () => {
      const { id } = await add();
      const { trust } = await show(id);
      assert.equal(trust.certificates.length, 1);
      const [first] = trust.certificates;
      assert.match(first?.sha256 ?? '', /^[0-9a-f]{64}$/);
      assert.match(first?.subject ?? '', /mock-saml/);
      assert.match(first?.serial ?? '', /^[0-9a-f]+$/);
      assert.ok((first?.days_left ?? 0) > 3000);
      assert.notEqual(trust.read_at, null);
      assert.equal(trust.waiting, null);
      assert.equal(trust.last_error, null);
    });

    it('given by hand: an upload stands beside those that are there, and each can be taken away but the last', async () => {
      const { id } = await add(by_hand());
      const other = await make_signing_key('next', Date.now());
      const made = await broker.call('POST', path(id, '/certificates'), { pem: other.certificate_pem });
      assert.equal(made.status, 201);
      const view = (await made.json()) as Certificate;
      assert.ok(made.headers.get('location')?.endsWith(`/certificates/${view.sha256}`));
      assert.equal((await show(id)).trust.certificates.length, 2);
      await broker.api('POST', path(id, '/certificates'), { pem: other.certificate_pem });
      assert.equal((await show(id)).trust.certificates.length, 2, 'the same twice is once');
      const [first] = (await show(id)).trust.certificates;
      await broker.api('DELETE', path(id, `/certificates/${first?.sha256}`));
      assert.deepEqual(
        (await show(id)).trust.certificates.map(({ sha256 }) => sha256),
        [view.sha256],
      );
      assert.equal((await broker.call('DELETE', path(id, `/certificates/${view.sha256}`))).status, 422);
      assert.equal((await broker.call('DELETE', path(id, `/certificates/${first?.sha256}`))).status, 404);
      assert.equal((await broker.call('POST', path(id, '/certificates'), { pem: 'nonsense' })).status, 422);
      const { data } = await broker.api<{ data: { after: { added?: string[]; removed?: string[] } }[] }>(
        'GET',
        `/audit-events?organization_id=${tenant.org_id}&type=connection.keys_changed&target=${id}`,
      );
      assert.deepEqual(
        data.map(({ after }) => after),
        [
          { added: [], removed: [first?.sha256] },
          { added: [view.sha256], removed: [] },
        ],
      );
    });

    it('that the partner publishes are not changed by hand', async () => {
      const { id } = await add();
      const refused = await broker.call('POST', path(id, '/certificates'), { pem: mock.key.certificate_pem });
      assert.equal(refused.status, 409);
      assert.equal(((await refused.json()) as { code: string }).code, 'certificates_published');
      assert.equal((await broker.call('POST', path(id, '/approve-keys'), {})).status, 409);
    });

    it('let what was read be sent back: what changes by itself is no change', async () => {
      const { id } = await add();
      const view = await show(id);
      assert.equal((await broker.call('PATCH', path(id), { ...view, trust: { ...view.trust, read_at: null } })).status, 200);
    });
  });

  describe('our own keys', () => {
    it('from elsewhere are published before they are used, and sign once activated', async () => {
      const { id } = await add();
      const brought = await make_signing_key('issued by an authority', Date.now());
      const body = { use: 'signing', private_key_pem: brought.private_key_pem, certificate_pem: brought.certificate_pem };
      const made = await broker.api<{ kid: string; state: string }>('POST', path(id, '/keys'), body);
      assert.equal(made.state, 'next');
      const metadata = await (await fetch(`${broker.issuer}/saml/${id}/metadata`)).text();
      assert.equal(metadata.match(/KeyDescriptor use="signing"/g)?.length, 2);
      await broker.api('POST', path(id, `/keys/${made.kid}/activate`));
      const keys = (await show(id)).service_provider.certificates.filter(({ use }) => use === 'signing');
      assert.deepEqual(
        keys.map(({ kid, state }) => [kid === made.kid, state]),
        [
          [true, 'current'],
          [false, 'retired'],
        ],
      );
      assert.equal((await broker.call('DELETE', path(id, `/keys/${made.kid}`))).status, 409, 'the key in use stays');
      assert.equal((await broker.call('DELETE', path(id, `/keys/${keys[1]?.kid}`))).status, 204);
      assert.equal((await login(new Browser(), id)).page.status, 299);
    });

    it('are refused where the certificate is of another key, the key is weak, or nobody can read it', async () => {
      const { id } = await add();
      const [one, other] = [await make_signing_key('one', Date.now()), await make_signing_key('other', Date.now())];
      const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
      for (const [private_key_pem, field] of [
        [other.private_key_pem, 'certificate_pem'],
        [weak, 'private_key_pem'],
        ['nonsense', 'private_key_pem'],
      ] as const) {
        const refused = await broker.call('POST', path(id, '/keys'), {
          ...{ use: 'signing', private_key_pem, certificate_pem: one.certificate_pem },
        });
        assert.equal(refused.status, 422);
        const { errors } = (await refused.json()) as { errors: { path: string }[] };
        assert.ok(
          errors.some((error) => error.path === field),
          JSON.stringify(errors),
        );
      }
    });
  });

  describe('moved over from another broker', () => {
    it('answers at the path that it knows, and that one alone', async () => {
      const { id, service_provider } = await add({ acs_aliases: ['/sso/acs/123'] });
      const metadata = await (await fetch(`${broker.issuer}/saml/${id}/metadata`)).text();
      assert.ok(metadata.includes(`Location="${broker.issuer}/sso/acs/123" index="1"`), metadata);
      const browser = new Browser();
      const { page } = await login(browser, id);
      assert.equal(page.status, 299, page.html);
      assert.ok(browser.visited.includes(`${broker.issuer}/sso/acs/123`));
      assert.ok(!browser.visited.includes(service_provider['acs_url'] ?? ''));
      assert.equal((await fetch(`${broker.issuer}/sso/acs/124`, { method: 'POST' })).status, 404);
    });

    it('has its path for itself, and none of ours', async () => {
      const globex = await add_organization(broker, 'globex', 'Globex');
      const body = (acs_aliases: string[]) => ({
        ...{ name: 'Test', protocol: 'saml', saml: { ...saml_settings(mock).saml, acs_aliases } },
      });
      await broker.api('POST', `/organizations/${globex.org_id}/connections`, body(['/taken']));
      for (const alias of ['/taken', '/saml/con_x/acs', '/token', '/Api/v1', '/a/../b', '//evil.example', '/a?b', '/a%2fb', 'a']) {
        const refused = await broker.call('POST', `/organizations/${tenant.org_id}/connections`, body([alias]));
        assert.equal(refused.status, 422, alias);
        const { errors } = (await refused.json()) as { errors: { path: string }[] };
        assert.equal(errors[0]?.path, 'saml.acs_aliases.0', alias);
      }
    });
  });

  describe('tried by a whole sign-in', () => {
    const run = async (id: string, browser = new Browser()): Promise<{ page: Page; test: Test; trace: Trace }> => {
      const test = await broker.api<Test>('POST', path(id, '/test'));
      const page = await sign_in(browser, await browser.open(test.test_url), ann);
      return { page, test, trace: await broker.api<Trace>('GET', path(id, `/tests/${test.reference}`)) };
    };

    it('ends on a page that says what was seen and who would result; nobody is made and nobody is signed in', async () => {
      const { id } = await add({}, { enabled: false });
      const had = (await users()).length;
      const browser = new Browser();
      const { page, trace } = await run(id, browser);
      assert.equal(page.status, 200, page.html);
      assert.ok(page.html.includes(ann.email ?? '?'), page.html);
      assert.equal(trace.outcome, 'succeeded', JSON.stringify(trace));
      assert.equal(trace.purpose, 'test');
      assert.equal(trace.user_id, null);
      assert.equal(trace.personal.user['email'], ann.email);
      const [certificate] = (await show(id)).trust.certificates;
      assert.ok(
        trace.steps.some(({ name, detail }) => name === 'signature' && /^Assertion signed by certificate [0-9a-f]{64}/.test(detail)),
      );
      assert.ok(trace.steps.some(({ name, detail }) => name === 'clock' && / s (ahead of|behind) our clock/.test(detail)));
      assert.equal(trace.personal.decoded['signed_by'], certificate?.sha256);
      assert.equal((await users()).length, had);
      assert.ok(!browser.cookies().some(({ name }) => name.includes('postern_session')));
      assert.equal((await browser.open(page.url)).status, 200, 'the page can be read again');
    });

    it('belongs to the first browser that opens it', async () => {
      const { id } = await add();
      const { test, page } = await run(id);
      const another = await new Browser().open(test.test_url);
      assert.equal(another.status, 400);
      assert.equal((await new Browser().open(page.url)).status, 400);
      assert.equal((await new Browser().open(`${broker.issuer}/login/test/${'x'.repeat(32)}`)).status, 400);
    });

    for (const [defect, check] of [
      ['wrong_audience', 'audience'],
      ['wrong_recipient', 'recipient'],
      ['unknown_key', 'signature'],
      ['unsigned', 'signature'],
      ['expired', 'clock'],
    ] as const) {
      it(`crosses ${check} for an answer that is ${defect.replace('_', ' ')}, and says what to change`, async () => {
        const { id } = await add();
        mock.switches.set(defect, true);
        try {
          const { page, trace } = await run(id);
          assert.equal(page.status, 200);
          assert.notEqual(trace.outcome, 'succeeded');
          const crossed = trace.steps.find(({ name, ok }) => name === check && !ok);
          assert.ok(crossed?.fix, JSON.stringify(trace.steps));
          assert.ok(page.html.includes('class="fix"'), page.html);
        } finally {
          mock.switches.set(defect, false);
        }
      });
    }

    it('says which required attribute was not sent', async () => {
      const { id } = await add({}, { attribute_mapping: { email: 'mail', employee: { from: 'nonesuch', required: true } } });
      const { trace } = await run(id);
      assert.equal(trace.code, 'attribute_missing');
      const crossed = trace.steps.find(({ name, ok }) => name === 'attributes' && !ok);
      assert.match(crossed?.detail ?? '', /missing: employee/);
      assert.ok(crossed?.fix);
    });

    it('shows a role without personal data what the message said of itself, and not of whom', async () => {
      const { id } = await add();
      const { test } = await run(id);
      const { key } = await broker.api<{ key: string }>('POST', '/admin-keys', { name: 'help desk', role: 'support' });
      const seen = await broker.api<Trace>('GET', path(id, `/tests/${test.reference}`), undefined, { authorization: `Bearer ${key}` });
      assert.equal(seen.personal.subject, '***');
      assert.equal(seen.personal.user['email'], '***');
      assert.equal(seen.personal.decoded['issuer'], mock.entity_id);
      assert.ok(!JSON.stringify(seen).includes(ann.email ?? '?'));
    });

    it('waits under its reference until somebody has finished it, and is nobody else’s', async () => {
      const { id } = await add();
      const { reference } = await broker.api<Test>('POST', path(id, '/test'));
      assert.equal((await broker.api<Trace>('GET', path(id, `/tests/${reference}`))).outcome, 'pending');
      const other = await add();
      assert.equal((await broker.call('GET', path(other.id, `/tests/${reference}`))).status, 404);
    });
  });

  describe('when a person signs out of an app', () => {
    const sign_out = async (browser: Browser, id_token: string | undefined): Promise<Page> => {
      browser.stop_at.push(AFTERWARDS);
      const query = new URLSearchParams({ id_token_hint: id_token ?? '', post_logout_redirect_uri: AFTERWARDS, state: 'xyz' });
      return browser.open(`${broker.issuer}/logout?${query.toString()}`);
    };
    const link = (page: Page): string => /href="([^"]*\/logout\/partner\/[^"]*\/go)"/.exec(page.html)?.[1] ?? '';

    it('leaves the partner alone unless the connection says otherwise', async () => {
      const { id } = await add();
      const browser = new Browser();
      const { id_token } = await login(browser, id);
      assert.equal((await sign_out(browser, id_token)).url, `${AFTERWARDS}?state=xyz`);
    });

    it('offers to sign out at the partner as well, and comes back to the app', async () => {
      const { id } = await add({ logout: 'offer' });
      const browser = new Browser();
      const { id_token } = await login(browser, id);
      const offered = await sign_out(browser, id_token);
      assert.equal(offered.status, 200);
      assert.ok(offered.html.includes(`href="${AFTERWARDS}?state=xyz"`), 'nobody has to');
      const page = await browser.open(link(offered));
      const back = page.status === 299 ? page : await sign_in(browser, page, ann);
      assert.equal(back.url, `${AFTERWARDS}?state=xyz`, back.html);
      assert.ok(browser.visited.some((url) => url.startsWith(mock.slo_url)));
      assert.equal((await sign_in(browser, await browser.open(link(offered)), ann)).status, 200, 'once');
    });

    it('goes to the partner at once where the connection follows', async () => {
      const { id } = await add({ logout: 'follow' });
      const browser = new Browser();
      const { id_token } = await login(browser, id);
      const page = await sign_out(browser, id_token);
      assert.equal(page.url, `${AFTERWARDS}?state=xyz`, page.html);
      assert.ok(browser.visited.some((url) => url.startsWith(mock.slo_url)));
    });

    it('says so when the partner did not end everything, and still leads back', async () => {
      const { id } = await add({ logout: 'follow' });
      const browser = new Browser();
      const { id_token } = await login(browser, id);
      mock.switches.set('no_logout', true);
      try {
        const page = await sign_out(browser, id_token);
        assert.equal(page.status, 200);
        assert.ok(page.html.includes(`href="${AFTERWARDS}?state=xyz"`), page.html);
        const { data } = await broker.api<{ data: { after: { complete: boolean } }[] }>(
          'GET',
          `/audit-events?type=session.ended_at_partner&target=${id}`,
        );
        assert.equal(data[0]?.after.complete, false);
      } finally {
        mock.switches.set('no_logout', false);
      }
    });

    it('is signed out here whether or not the partner ever answers', async () => {
      const { id } = await add({ logout: 'offer' });
      const browser = new Browser();
      const { id_token } = await login(browser, id);
      const offered = await sign_out(browser, id_token);
      mock.switches.set('dead', true);
      try {
        await assert.rejects(browser.open(link(offered)));
      } finally {
        mock.switches.set('dead', false);
      }
      const again = await app.begin({ organization: 'acme', connection: id, prompt: 'none' });
      assert.match((await browser.open(again.url)).url, /error=login_required/);
    });

    it('goes to an OIDC partner’s end_session_endpoint as well', async () => {
      const partner = await start_mock_oidc({ people: [ann] });
      try {
        const settings = oidc_settings(partner);
        const { id } = await add_connection(broker, tenant, { ...settings, oidc: { ...settings.oidc, logout: 'follow' } });
        const browser = new Browser();
        const { id_token } = await login(browser, id);
        const page = await sign_out(browser, id_token);
        const back = page.status === 299 ? page : await sign_in(browser, page, ann);
        assert.equal(back.url, `${AFTERWARDS}?state=xyz`, back.html);
        assert.ok(browser.visited.some((url) => url.startsWith(partner.issuer) && url.includes('id_token_hint')));
      } finally {
        await partner.close();
      }
    });
  });
});
