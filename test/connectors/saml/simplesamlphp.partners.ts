import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import {
  type Callback,
  type ConnectionKey,
  ConnectorError,
  type LoginOutcome,
  type RedirectConnector,
} from '../../../connectors/connector.ts';
import { type SimpleSamlPhp, type SimpleSamlPhpOptions, start_simplesamlphp, USERS } from '../../../scripts/partners/simplesamlphp.ts';
import { start_broker } from '../../support/broker.ts';
import { Browser } from '../../support/browser.ts';
import { reference_of } from '../../support/reference.ts';
import { arrive, relying_party } from '../../support/relying_party.ts';
import {
  at_partner,
  callback_of,
  connection_keys,
  new_handle,
  open_saml,
  SP,
  TestTools,
  test_call,
} from '../../support/saml/connection.ts';
import { sign_in as walk_in } from '../../support/sign_in.ts';
import { add_client, add_connection, add_organization, saml_settings } from '../../support/tenant.ts';

const student = { username: 'student', password: USERS.student };

describe('SimpleSAMLphp', () => {
  let keys: readonly ConnectionKey[];
  let tools: TestTools;
  let partner: SimpleSamlPhp | undefined;
  let sp_metadata: string;
  before(async () => {
    keys = await connection_keys(Date.now() - 86_400_000);
    tools = new TestTools(keys);
    const by_hand = { entity_id: 'https://x.example', sso_url: 'https://x.example', certificates: [keys[0]?.certificate_pem] };
    sp_metadata = (await (await open_saml(by_hand, tools)).metadata?.())?.body ?? '';
  });
  beforeEach(() => {
    tools = new TestTools(keys);
    tools.now = Date.now;
  });
  afterEach(async () => {
    await partner?.dispose();
    partner = undefined;
  });
  after(async () => partner?.dispose());

  const start = async (options: Omit<SimpleSamlPhpOptions, 'sp_metadata'> = {}): Promise<SimpleSamlPhp> =>
    (partner = await start_simplesamlphp({ sp_metadata: [sp_metadata], ...options }));
  const connect = (idp: SimpleSamlPhp, more: Readonly<Record<string, unknown>> = {}) =>
    open_saml({ metadata_url: idp.metadata_url, ...more }, tools);
  const sign_in = async (connector: RedirectConnector, browser = new Browser(), call = test_call()): Promise<LoginOutcome> => {
    const departure = await connector.begin({ handle: new_handle() }, call);
    return connector.finish(await at_partner(departure, student, browser), departure.pending, call);
  };
  const subject_of = (outcome: LoginOutcome): string => {
    assert.ok(outcome.ok);
    return outcome.identity.subject;
  };

  const combinations: Readonly<Record<string, [Omit<SimpleSamlPhpOptions, 'sp_metadata'>, Readonly<Record<string, unknown>>]>> = {
    'signs response and assertion': [{}, { want_signed: 'both' }],
    'signs the response only': [{ sign_assertion: false }, { want_signed: 'response' }],
    'signs the assertion only': [{ sign_response: false }, { want_signed: 'assertion' }],
    'encrypts, response signed': [{ encrypt: true, sign_assertion: false }, { want_encrypted: true }],
    'encrypts, assertion signed': [{ encrypt: true, sign_response: false }, { want_encrypted: true }],
    'wants signed requests': [{ validate_requests: true }, {}],
    'signs by RSA-SHA512': [{ signature_algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512' }, {}],
  };
  for (const [name, [options, settings]] of Object.entries(combinations)) {
    it(`signs a person in when it ${name}, by Redirect and by POST`, async () => {
      const idp = await start(options);
      for (const sso_binding of ['redirect', 'post']) {
        const outcome = await sign_in(await connect(idp, { ...settings, sso_binding }));
        assert.ok(outcome.ok, JSON.stringify(outcome));
        assert.deepEqual(outcome.identity.attributes['mail'], ['student@partner.example']);
        assert.deepEqual(outcome.identity.attributes['groups'], ['staff', 'readers']);
        assert.equal(outcome.identity.subject_format, 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent');
      }
    });
  }

  it('names a person the same every time, and sends attributes by OID when told to', async () => {
    const connector = await connect(await start({ oids: true }));
    const first = await sign_in(connector);
    assert.equal(subject_of(first), subject_of(await sign_in(connector)));
    assert.ok(first.ok);
    assert.deepEqual(first.identity.attributes['urn:oid:0.9.2342.19200300.100.1.3'], ['student@partner.example']);
  });

  it('with transient NameIDs needs an attribute as the subject', async () => {
    const idp = await start({ name_id: 'transient' });
    const transient = { name_id_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' };
    await assert.rejects(
      sign_in(await connect(idp, transient)),
      (fault: unknown) => fault instanceof ConnectorError && fault.reason === 'misconfigured',
    );
    assert.equal(subject_of(await sign_in(await connect(idp, { ...transient, subject_attribute: 'uid' }))), 'student');
  });

  it('is asked anew with force_authn, and takes a login_hint without harm', async () => {
    const connector = await connect(await start());
    const browser = new Browser();
    await sign_in(connector, browser);
    const departure = await connector.begin(
      { handle: new_handle(), force_authn: true, login_hint: 'student@partner.example' },
      test_call(),
    );
    const page = await browser.open(departure.send.url);
    assert.ok(
      page.forms.some((form) => Object.hasOwn(form.fields, 'password')),
      page.html.slice(0, 2000),
    );
    const outcome = await connector.finish(await at_partner(departure, student, browser), departure.pending, test_call());
    assert.ok(outcome.ok);
  });

  it('starts a sign-in by itself, which is taken where the connection accepts it', async () => {
    const idp = await start();
    const connector = await connect(idp, { idp_initiated: 'accept', default_client_id: 'app' });
    const url = idp.idp_initiated_url(SP.entity_id, 'https://app.example/deep');
    const callback = await at_partner({ send: { method: 'GET', url }, pending: {} }, student);
    assert.equal(connector.handle_of(callback), undefined);
    const outcome = await connector.finish_unsolicited?.(callback, test_call());
    assert.ok(outcome?.ok);
  });

  it('ends its session when ours ends, and ours when its ends', async () => {
    const idp = await start();
    const connector = await connect(idp);
    const browser = new Browser();
    browser.stop_at.push('https://login.vendor.example/');
    const outcome = await sign_in(connector, browser);
    assert.ok(outcome.ok);
    const handle = new_handle();
    const leaving = await connector.logout?.begin(outcome.identity.session ?? {}, handle, test_call());
    assert.ok(leaving);
    const answer = await connector.logout?.receive(await at_our_door(browser, leaving.send.url), test_call());
    assert.deepEqual(answer, { kind: 'answer', handle, complete: true, detail: 'Success' });

    const again = await sign_in(connector, browser);
    assert.ok(again.ok);
    const request = await connector.logout?.receive(await at_our_door(browser, idp.logout_url), test_call());
    assert.ok(request?.kind === 'request');
    assert.equal(request.subject, again.identity.subject);
    const send = await request.answer?.(true);
    assert.ok(send?.method === 'GET');
    assert.doesNotMatch((await browser.open(send.url)).html, /error/i);
  });

  it('rolls its key over: announced, then used, without anybody doing anything here', async () => {
    const idp = await start({ rollover: 'announced' });
    const connector = await connect(idp);
    subject_of(await sign_in(connector));
    await idp.stop();
    await start({ rollover: 'done', again: idp });
    subject_of(await sign_in(connector));
  });

  it('rolls its key over unannounced: metadata is read anew once the signature is unknown', async () => {
    const idp = await start();
    let ahead = 0;
    tools.now = () => Date.now() + ahead;
    const connector = await connect(idp, { clock_skew_seconds: 180 });
    await idp.stop();
    const changed = await start({ rollover: 'done', again: idp });
    await assert.rejects(sign_in(connector), (fault: unknown) => fault instanceof ConnectorError && fault.reason === 'untrusted');
    // metadata is asked for at most every five minutes; the partner's clock is as far ahead as ours is here
    ahead = 301_000;
    await changed.stop();
    await start({ rollover: 'done', again: idp, clock_ahead: 301 });
    subject_of(await sign_in(connector));
  });

  it('with its clock 240 s ahead is refused, and the checks name the difference', async () => {
    const connector = await connect(await start({ clock_ahead: 240 }));
    const call = test_call();
    await assert.rejects(
      sign_in(connector, new Browser(), call),
      (fault: unknown) => fault instanceof ConnectorError && fault.reason === 'expired',
    );
    const seconds = Number(/(\d+) s ahead of our clock/.exec(call.checks.find(({ ok }) => !ok)?.detail ?? '')?.[1]);
    assert.ok(seconds > 230 && seconds <= 241, String(seconds));
  });

  it('signs a person in through the whole broker; with its clock 240 s ahead page and trace name the difference in seconds', async () => {
    const broker = await start_broker();
    try {
      const first = await start();
      const tenant = await add_organization(broker, 'partner');
      const { id } = await add_connection(broker, tenant, { ...saml_settings(first), attribute_mapping: { email: 'mail' } });
      const app = await relying_party({ issuer: broker.issuer, ...(await add_client(broker)) });
      const known = await (await fetch(`${broker.issuer}/saml/${id}/metadata`)).text();
      const login = async () => {
        const browser = new Browser();
        const started = await app.begin({ organization: 'partner' });
        return { started, arrived: await walk_in(browser, await arrive(browser, app, started.url), student) };
      };
      await first.stop();
      const well = await start_simplesamlphp({ sp_metadata: [known], again: first });
      partner = well;
      const { started, arrived } = await login();
      assert.equal(arrived.status, 299, arrived.html);
      assert.equal((await started.finish(arrived.url)).claims()?.['email'], 'student@partner.example');
      await well.stop();
      partner = await start_simplesamlphp({ sp_metadata: [known], again: first, clock_ahead: 240 });
      const { arrived: page } = await login();
      assert.equal(page.status, 400, page.html);
      const shown = Number(/(\d+) seconds/.exec(page.html)?.[1]);
      assert.ok(shown > 230 && shown <= 241, page.html);
      const trace = await broker.api<{ code: string; steps: { name: string; ok: boolean; detail: string }[] }>(
        'GET',
        `/login-traces/${reference_of(page)}`,
      );
      assert.equal(trace.code, 'clock_difference');
      assert.ok(
        trace.steps.some(({ name, ok, detail }) => name === 'clock' && !ok && detail.includes(`${shown} s ahead of our clock`)),
        JSON.stringify(trace.steps),
      );
    } finally {
      await broker.stop();
    }
  });

  it('passes the pre-flight; that its plain http stays on this machine is named', async () => {
    const checks = await (await connect(await start())).preflight(test_call());
    assert.deepEqual(
      checks.filter(({ ok }) => !ok),
      [],
    );
    assert.ok(checks.some(({ name, detail }) => name === 'sso_url' && detail.includes('not encrypted')));
  });
});

/** Walks until the browser stands at our door; answers what it brings. */
async function at_our_door(browser: Browser, url: string): Promise<Callback> {
  const page = await browser.open(url);
  if (page.status === 299) return callback_of({ method: 'GET', url: page.url });
  const form = page.forms.find(({ action }) => action.startsWith('https://login.vendor.example/'));
  if (form === undefined) throw new Error(`not at our door: ${page.url} (${page.status}) ${page.html.slice(0, 800)}`);
  return { method: 'POST', parameters: form.fields, repeated: [] };
}
