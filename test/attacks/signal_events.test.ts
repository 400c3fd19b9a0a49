import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { AuditEventView, ReceiptView } from '../../src/audit/index.ts';
import { start_mock_saml } from '../../src/mock/index.ts';
import { type Installation, type SignedIn, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { type Saying, SESSION_REVOKED, type SignalTransmitter, signal_transmitter } from '../support/signal_transmitter.ts';
import { add_connection, add_organization, oidc_settings, saml_settings, type Tenant } from '../support/tenant.ts';

interface Source {
  readonly id: string;
  readonly events_url: string;
  readonly audience: string;
  readonly token: string;
}

describe("a partner's transmitter of security events (SSF 1.0, RFC 8935)", () => {
  const bob = person('bob');
  const eve = person('eve', { email: 'eve@unproven.example' });
  let at: Installation;
  let globex: Tenant;
  let partner: SignalTransmitter;
  let other_partner: SignalTransmitter;
  let source: Source;
  let foreign: Source;
  let globex_connection: string;
  before(async () => {
    at = await start_installation({ people: [bob, eve] });
    [partner, other_partner] = await Promise.all([signal_transmitter(), signal_transmitter()]);
    globex = await add_organization(at.broker, 'globex');
    const { id } = await add_connection(at.broker, globex, oidc_settings(at.mock));
    globex_connection = id;
    source = await add_source(at.acme, { connection_id: at.connection_id, issuer: partner.issuer });
    foreign = await add_source(globex, { connection_id: id, issuer: other_partner.issuer });
  });
  after(async () => {
    await at?.stop();
    await partner?.close();
    await other_partner?.close();
  });
  const add_source = (of: Tenant, body: unknown): Promise<Source> =>
    at.broker.api('POST', `/organizations/${of.org_id}/signal-sources`, body);

  const alive = async ({ tokens }: SignedIn): Promise<boolean> => {
    const answer = await fetch(`${at.broker.issuer}/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    return answer.status === 200;
  };
  const deliver = async (token: string, to = source, more: Readonly<Record<string, string>> = {}) => {
    const headers = { authorization: `Bearer ${to.token}`, 'content-type': 'application/secevent+jwt', ...more };
    const answer = await fetch(to.events_url, { method: 'POST', headers, body: token });
    const text = await answer.text();
    return { status: answer.status, err: text === '' ? undefined : (JSON.parse(text) as { err: string }).err };
  };
  const of_ann = (): Saying => ({ aud: source.audience, sub_id: { format: 'iss_sub', iss: partner.issuer, sub: at.ann.id } });
  const say = (more: Partial<Saying> = {}, by = partner): Promise<string> => by.say({ ...of_ann(), ...more });
  /** Ann's session is there before and after. */
  const survives = async (token: string, expected: { status: number; err: string | undefined }, to = source): Promise<void> => {
    const ann = await at.login();
    assert.deepEqual(await deliver(token, to), expected);
    assert.ok(await alive(ann));
  };
  const ACCEPTED = { status: 202, err: undefined };

  describe('ends the sessions of the person it names', () => {
    const subjects: readonly [string, () => unknown][] = [
      ['by iss_sub of the transmitter', () => of_ann().sub_id],
      ['by iss_sub of the identity provider', () => ({ format: 'iss_sub', iss: at.mock.issuer, sub: at.ann.id })],
      ['by opaque', () => ({ format: 'opaque', id: at.ann.id })],
      ['by an address of a verified domain', () => ({ format: 'email', email: 'ANN@Acme.example' })],
      [
        'by a complex subject',
        () => ({ format: 'complex', user: { format: 'opaque', id: at.ann.id }, tenant: { format: 'opaque', id: 't' } }),
      ],
    ];
    for (const [how, sub_id] of subjects) {
      it(how, async () => {
        const [ann, someone] = [await at.login(), await at.login({}, { who: bob })];
        assert.deepEqual(await deliver(await say({ sub_id: sub_id() })), ACCEPTED);
        assert.deepEqual([await alive(ann), await alive(someone)], [false, true]);
      });
    }

    it('by the session at the partner, and no other of the same person', async () => {
      const [first, second] = [await at.login(), await at.login()];
      const sids = at.mock.sids();
      const sub_id = { format: 'complex', user: { format: 'opaque', id: at.ann.id }, session: { format: 'opaque', id: sids.at(-2) } };
      assert.deepEqual(await deliver(await say({ sub_id })), ACCEPTED);
      assert.deepEqual([await alive(first), await alive(second)], [false, true]);
      assert.deepEqual(
        await deliver(await say({ sub_id: { format: 'complex', session: { format: 'opaque', id: sids.at(-1) } } })),
        ACCEPTED,
      );
      assert.equal(await alive(second), false);
    });

    it('at a SAML partner: by the NameID that its connection knows', async () => {
      const saml = await start_mock_saml({ people: [bob] });
      try {
        const initech = await add_organization(at.broker, 'initech');
        const { id } = await add_connection(at.broker, initech, saml_settings(saml));
        const there = await add_source(initech, { connection_id: id, issuer: partner.issuer });
        const [here, signed_in] = [await at.login({}, { who: bob }), await at.login({ organization: 'initech' }, { who: bob })];
        const path = `/organizations/${initech.org_id}/users/${signed_in.user_id}`;
        const { identities } = await at.broker.api<{ identities: { subject: string }[] }>('GET', path);
        const sub_id = { format: 'iss_sub', iss: partner.issuer, sub: identities[0]?.subject };
        assert.deepEqual(await deliver(await say({ aud: there.audience, sub_id }), there), ACCEPTED);
        assert.deepEqual([await alive(signed_in), await alive(here)], [false, true]);
      } finally {
        await saml.close();
      }
    });

    it('with a receipt, and an event that names the transmitter', async () => {
      const { user_id } = await at.login();
      const token = await say();
      await deliver(token);
      const { data } = await at.broker.api<{ data: ReceiptView[] }>('GET', `/organizations/${at.acme.org_id}/users/${user_id}/receipts`);
      assert.deepEqual([data[0]?.reason, data[0]?.actor.name], ['session.ended', `transmitter ${partner.issuer}`]);
      const events = await at.broker.api<{ data: AuditEventView[] }>(
        'GET',
        `/audit-events?organization_id=${at.acme.org_id}&type=session.ended`,
      );
      const after_it = events.data[0]?.after as { by: string; connection_id: string; transmitter: string };
      assert.deepEqual([after_it.by, after_it.connection_id, after_it.transmitter], ['transmitter', at.connection_id, partner.issuer]);
      const path = `/organizations/${at.acme.org_id}/signal-sources/${source.id}`;
      const view = await at.broker.api('GET', path);
      assert.equal(typeof view['last_received_at'], 'string');
      assert.ok(!('token' in view), 'shown once');
    });
  });

  describe('believes nothing that is not of this very transmitter', () => {
    it('a forged SET: signed by another key under the known kid', async () => {
      await survives(await say({ claims: { iss: partner.issuer } }, other_partner), { status: 400, err: 'invalid_key' });
    });
    it("another transmitter's SET", async () => {
      await survives(await say({ sub_id: { format: 'opaque', id: at.ann.id } }, other_partner), { status: 400, err: 'invalid_key' });
    });
    it('another issuer in a SET of the right key', async () => {
      for (const iss of [other_partner.issuer, `${partner.issuer}/`, null])
        await survives(await say({ claims: { iss } }), { status: 400, err: 'invalid_issuer' });
    });
    it('alg none', async () => {
      const [, payload = ''] = (await say()).split('.');
      const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'secevent+jwt' })).toString('base64url');
      await survives(`${header}.${payload}.`, { status: 400, err: 'invalid_key' });
    });
    it('HS256 with the public key as the secret', async () => {
      const [, payload = ''] = (await say()).split('.');
      const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'secevent+jwt', kid: 'transmitter-1' })).toString('base64url');
      const mac = createHmac('sha256', JSON.stringify(partner.public_jwk)).update(`${header}.${payload}`).digest('base64url');
      await survives(`${header}.${payload}.${mac}`, { status: 400, err: 'invalid_key' });
    });
    it('another audience', async () => {
      for (const aud of [foreign.audience, `${source.audience}x`, null])
        await survives(await say({ claims: { aud } }), { status: 400, err: 'invalid_audience' });
    });
    it('an ID token or a logout token: another type, or claims that an event has not', async () => {
      for (const typ of ['JWT', 'logout+jwt', null])
        await survives(await say({ header: { typ } }), { status: 400, err: 'invalid_request' });
      const seconds = Math.floor(Date.now() / 1000);
      for (const claims of [{ exp: seconds + 600 }, { sub: at.ann.id }, { nonce: 'n' }])
        await survives(await say({ claims }), { status: 400, err: 'invalid_request' });
    });
    it('an event of the future, an old one, one without iat, jti or events, one with two events', async () => {
      const seconds = Math.floor(Date.now() / 1000);
      const two = { [SESSION_REVOKED]: {}, 'https://schemas.openid.net/secevent/caep/event-type/credential-change': {} };
      for (const claims of [
        { iat: seconds + 3600 },
        { iat: seconds - 8 * 86_400 },
        { iat: null },
        { jti: null },
        { events: {} },
        { events: two },
      ])
        await survives(await say({ claims }), { status: 400, err: 'invalid_request' });
    });
    it('something that is no token, an oversized one, another media type', async () => {
      await survives('', { status: 400, err: 'invalid_request' });
      await survives('a.b.c', { status: 400, err: 'invalid_request' });
      await survives(await say({ claims: { padding: 'x'.repeat(20_000) } }), { status: 413, err: 'invalid_request' });
      assert.equal((await deliver(await say(), source, { 'content-type': 'application/json' })).status, 400);
    });
    it('a right SET with a wrong token, or with that of another connection: both look like an address that is not there', async () => {
      const ann = await at.login();
      const token = await say();
      const refused = { status: 401, err: 'authentication_failed' };
      for (const bearer of ['wrong', foreign.token])
        assert.deepEqual(await deliver(token, source, { authorization: `Bearer ${bearer}` }), refused);
      const nowhere = { ...source, events_url: source.events_url.replace(at.connection_id, 'con_0123456789abcdef0123456789') };
      assert.deepEqual(await deliver(token, nowhere), refused);
      assert.ok(await alive(ann));
    });
  });

  describe('reaches nobody else', () => {
    it('a replay ends nothing, is heard, and is one of a kind also when two arrive at once', async () => {
      const token = await say();
      assert.deepEqual(await deliver(token), ACCEPTED);
      const ann = await at.login();
      assert.deepEqual(await Promise.all([deliver(token), deliver(token)]), [ACCEPTED, ACCEPTED]);
      assert.ok(await alive(ann));
    });
    it("another connection's subject, of the same name in another organization", async () => {
      const [here, there] = [await at.login(), await at.login({ organization: 'globex' })];
      assert.notEqual(here.user_id, there.user_id);
      assert.deepEqual(await deliver(await say()), ACCEPTED);
      assert.deepEqual([await alive(here), await alive(there)], [false, true]);
    });
    it("a connection's own transmitter at another connection's address", async () => {
      const there = await at.login({ organization: 'globex' });
      const token = await say({ aud: foreign.audience });
      assert.deepEqual(await deliver(token, foreign), { status: 400, err: 'invalid_key' });
      assert.ok(await alive(there));
    });
    it('a subject of another issuer, an address of a domain that is not proven, a kind of subject that is not known', async () => {
      const who = [
        { format: 'iss_sub', iss: 'https://other.example', sub: at.ann.id },
        { format: 'aliases', identifiers: [{ format: 'opaque', id: at.ann.id }] },
        { format: 'complex', user: { format: 'iss_sub', iss: 'https://other.example', sub: at.ann.id } },
        { format: 'complex', tenant: { format: 'opaque', id: 'acme' } },
        null,
      ];
      for (const sub_id of who) await survives(await say({ sub_id }), ACCEPTED);
      const at_unproven = await at.login({}, { who: eve });
      assert.deepEqual(await deliver(await say({ sub_id: { format: 'email', email: eve.email } })), ACCEPTED);
      assert.ok(await alive(at_unproven));
    });
    it('an event of another kind', async () => {
      const verification = { 'https://schemas.openid.net/secevent/ssf/event-type/verification': { state: 's' } };
      await survives(await say({ claims: { events: verification } }), ACCEPTED);
    });
  });

  it('a source is of a connection of its own organization, says who it is, and its removal ends its word', async () => {
    const at_globex = `/organizations/${globex.org_id}/signal-sources`;
    const strange = await at.broker.call('POST', at_globex, { connection_id: at.connection_id, issuer: partner.issuer });
    assert.equal(strange.status, 422, "another organization's connection");
    assert.equal((await at.broker.call('GET', `${at_globex}/${source.id}`)).status, 404);
    const { id: connection_id } = await add_connection(at.broker, globex, { ...oidc_settings(at.mock), name: 'Second' });
    const lies = { connection_id, issuer: `${partner.issuer}/`, configuration_url: `${partner.issuer}/.well-known/ssf-configuration` };
    const refused = await at.broker.call('POST', at_globex, lies);
    assert.equal(((await refused.json()) as { errors: { path: string }[] }).errors[0]?.path, 'issuer');
    const made = await add_source(globex, { connection_id, issuer: partner.issuer, audience: 'https://broker.example' });
    assert.equal(
      (await at.broker.call('POST', at_globex, { connection_id, issuer: partner.issuer })).status,
      409,
      'one for each connection',
    );
    assert.deepEqual(await deliver(await say({ aud: 'https://broker.example' }), made), ACCEPTED);
    const by_first = await at.login({ organization: 'globex', connection: globex_connection });
    assert.deepEqual(await deliver(await say({ aud: 'https://broker.example' }), made), ACCEPTED);
    assert.ok(await alive(by_first), 'the same person, signed in through another connection of the organization');
    await at.broker.api('PATCH', `${at_globex}/${made.id}`, { audience: 'https://other.example' });
    assert.equal((await deliver(await say({ aud: 'https://broker.example' }), made)).err, 'invalid_audience');
    await at.broker.api('DELETE', `${at_globex}/${made.id}`);
    assert.equal((await deliver(await say({ aud: 'https://other.example' }), made)).status, 401);
  });
});
