import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { ConnectionKey, FaultReason } from '../../../connectors/connector.ts';
import { ConnectorError } from '../../../connectors/connector.ts';
import { type MockSaml, start_mock_saml } from '../../../src/mock/saml/index.ts';
import { Browser } from '../../support/browser.ts';
import { person } from '../../support/people.ts';
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

const bob = person('bob', {
  email: 'bob@acme.example',
  groups: ['Staff', 'Engineering'],
  given_name: 'Bob',
  family_name: 'O’Brien & <Söhne>',
});
const typed = { username: bob.username, password: bob.password };

describe('a sign-in at the mock SAML partner', () => {
  let keys: readonly ConnectionKey[];
  let mock: MockSaml;
  let tools: TestTools;
  before(async () => {
    keys = await connection_keys();
    tools = new TestTools(keys);
    mock = await start_mock_saml({ people: [bob], now: () => tools.time });
  });
  after(() => mock.close());
  beforeEach(() => {
    tools = new TestTools(keys);
    mock.switches.reset();
  });
  const open = (more: Readonly<Record<string, unknown>> = {}) => open_saml({ metadata_url: mock.metadata_url, ...more }, tools);

  for (const sso_binding of ['redirect', 'post'] as const) {
    it(`by ${sso_binding} ends with the person that the assertion names`, async () => {
      const connector = await open({ sso_binding });
      const call = test_call();
      const handle = new_handle();
      const departure = await connector.begin({ handle }, call);
      assert.equal(departure.send.method, sso_binding === 'post' ? 'POST' : 'GET');
      const callback = await at_partner(departure, typed);
      assert.equal(connector.handle_of(callback), handle);
      const outcome = await connector.finish(callback, departure.pending, call);
      assert.ok(outcome.ok);
      const { identity } = outcome;
      assert.equal(identity.subject, bob.id);
      assert.equal(identity.subject_format, 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent');
      assert.deepEqual(identity.attributes['mail'], ['bob@acme.example']);
      assert.deepEqual(identity.attributes['groups'], ['Staff', 'Engineering']);
      assert.deepEqual(identity.attributes['sn'], ['O’Brien & <Söhne>']);
      assert.deepEqual(identity.amr, ['pwd']);
      assert.equal(identity.authenticated_at, tools.time);
      assert.equal(identity.session?.['name_id'], bob.id);
      assert.ok(call.checks.length > 5 && call.checks.every(({ ok }) => ok));
    });
  }

  for (const name of ['sign_response_only', 'sign_both', 'encrypt'] as const) {
    it(`is accepted with the switch ${name}`, async () => {
      mock.switches.set(name, true);
      const connector = await open(
        name === 'encrypt' ? { want_encrypted: true } : { want_signed: name === 'sign_both' ? 'both' : 'response' },
      );
      const original = globalThis.fetch;
      const metadata = (await connector.metadata?.())?.body ?? '';
      globalThis.fetch = (input, init) => (input === SP.entity_id ? Promise.resolve(new Response(metadata)) : original(input, init));
      try {
        const departure = await connector.begin({ handle: new_handle() }, test_call());
        const callback = await at_partner(departure, typed);
        const outcome = await connector.finish(callback, departure.pending, test_call());
        assert.ok(outcome.ok);
        assert.equal(outcome.identity.subject, bob.id);
      } finally {
        globalThis.fetch = original;
      }
    });
  }

  const faults: Readonly<Record<string, FaultReason>> = {
    wrong_audience: 'malformed',
    wrong_recipient: 'malformed',
    wrong_destination: 'malformed',
    wrong_issuer: 'untrusted',
    wrong_in_response_to: 'malformed',
    expired: 'expired',
    clock_skew: 'expired',
    bad_signature: 'untrusted',
    unknown_key: 'untrusted',
    unsigned: 'untrusted',
    sha1: 'untrusted',
    transient_name_id: 'misconfigured',
  };
  for (const [name, reason] of Object.entries(faults)) {
    it(`is refused as ${reason} with the switch ${name}, and the checks say why`, async () => {
      mock.switches.set(name, true);
      if (name === 'wrong_destination') mock.switches.set('sign_both', true);
      const connector = await open();
      const departure = await connector.begin({ handle: new_handle() }, test_call());
      const callback = await at_partner(departure, typed);
      const call = test_call();
      const fault = await connector.finish(callback, departure.pending, call).catch((error: unknown) => error);
      assert.ok(fault instanceof ConnectorError, String(fault));
      assert.equal(fault.reason, reason, fault.message);
      if (reason !== 'misconfigured') assert.ok(call.checks.some(({ ok }) => !ok));
    });
  }

  for (const [name, reason] of [
    ['status_denied', 'denied'],
    ['status_error', 'partner_error'],
  ] as const) {
    it(`is a refusal, ${reason}, with the switch ${name}`, async () => {
      mock.switches.set(name, true);
      const connector = await open();
      const departure = await connector.begin({ handle: new_handle() }, test_call());
      const outcome = await connector.finish(await at_partner(departure, typed), departure.pending, test_call());
      assert.ok(!outcome.ok);
      assert.equal(outcome.reason, reason);
    });
  }

  it('that the person cancels is cancelled', async () => {
    const connector = await open();
    const departure = await connector.begin({ handle: new_handle() }, test_call());
    const outcome = await connector.finish(await at_partner(departure, { action: 'cancel' }), departure.pending, test_call());
    assert.deepEqual(outcome.ok ? '' : outcome.reason, 'cancelled');
  });

  it('finds its attempt without RelayState, by the request that it answers', async () => {
    mock.switches.set('no_relay_state', true);
    const connector = await open();
    const handle = new_handle();
    const departure = await connector.begin({ handle }, test_call());
    assert.equal(connector.handle_of(await at_partner(departure, typed)), handle);
  });

  it('that nobody asked for is refused when off, started anew when converted, taken when accepted', async () => {
    const start = {
      send: {
        method: 'GET',
        url: mock.idp_initiated_url({ entity_id: SP.entity_id, acs_url: SP.acs_url, relay_state: 'https://evil.example' }),
      },
      pending: {},
    } as const;
    const off = await open();
    assert.equal(off.finish_unsolicited, undefined);
    assert.equal(off.unsolicited, undefined);
    const convert = await open({ idp_initiated: 'convert', default_client_id: 'app' });
    assert.equal(convert.unsolicited, 'convert');
    assert.equal(convert.finish_unsolicited, undefined);
    const accept = await open({ idp_initiated: 'accept', default_client_id: 'app' });
    const callback = await at_partner(start, typed);
    assert.equal(accept.handle_of(callback), undefined);
    const outcome = await accept.finish_unsolicited?.(callback, test_call());
    assert.ok(outcome?.ok);
    await assert.rejects(
      accept.finish_unsolicited?.(callback, test_call()) ?? Promise.resolve(),
      (fault: unknown) => fault instanceof ConnectorError && fault.reason === 'replayed',
    );
  });

  it('ends at the partner when it ends here, and here when it ends at the partner', async () => {
    const connector = await open();
    const browser = new Browser();
    browser.stop_at.push('https://login.vendor.example/');
    const metadata = (await connector.metadata?.())?.body ?? '';
    const original = globalThis.fetch;
    globalThis.fetch = (input, init) => (input === SP.entity_id ? Promise.resolve(new Response(metadata)) : original(input, init));
    try {
      const departure = await connector.begin({ handle: new_handle() }, test_call());
      const outcome = await connector.finish(await at_partner(departure, typed, browser), departure.pending, test_call());
      assert.ok(outcome.ok);
      const handle = new_handle();
      const leaving = await connector.logout?.begin(outcome.identity.session ?? {}, handle, test_call());
      assert.ok(leaving);
      const arrived = await browser.open(leaving.send.url);
      const answer = await connector.logout?.receive(callback_of({ method: 'GET', url: arrived.url }), test_call());
      assert.deepEqual(answer, { kind: 'answer', handle, complete: true, detail: 'Success' });

      const again = await connector.begin({ handle: new_handle() }, test_call());
      const signed_in = await connector.finish(await at_partner(again, typed, browser), again.pending, test_call());
      assert.ok(signed_in.ok);
      const asked = await browser.open(mock.logout_url);
      const callback = callback_of({ method: 'GET', url: asked.url });
      const request = await connector.logout?.receive(callback, test_call());
      assert.equal(request?.kind, 'request');
      assert.equal(request.subject, bob.id);
      assert.equal(request.session?.['session_index'], signed_in.identity.session?.['session_index']);
      const send = await request.answer?.(true);
      assert.ok(send?.method === 'GET');
      assert.match((await browser.open(send.url)).html, /ended your session, too/);
      const repeated = await connector.logout?.receive(callback, test_call());
      assert.ok(repeated?.kind === 'request');
      assert.deepEqual(repeated.once.key, request.once.key);
    } finally {
      globalThis.fetch = original;
    }
  });

  it('can be checked beforehand: metadata, certificate with days left, endpoints, clock', async () => {
    const connector = await open();
    const checks = await connector.preflight(test_call());
    const named = Object.fromEntries(checks.map((check) => [check.name, check]));
    assert.equal(named['metadata']?.ok, true);
    assert.match(named['certificate']?.detail ?? '', /days left/);
    // http is for this machine only, and is named
    assert.equal(named['sso_url']?.ok, true);
    assert.match(named['sso_url'].detail, /not encrypted/);
    // the mock's web server tells the real time
    assert.equal(named['clock']?.ok, false);
    assert.match(named['clock'].detail, /s behind ours/);
    assert.equal(named['reachable']?.ok, true);
  });
});
