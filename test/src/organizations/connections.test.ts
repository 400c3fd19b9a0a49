import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { OrgId } from '../../../src/kernel/index.ts';
import type { ConnectionView } from '../../../src/organizations/index.ts';
import { type Fixture, make_fixture, owner, refusal } from './fixture.ts';

const saml = { protocol: 'saml', name: 'Acme Okta', saml: { metadata_url: 'https://idp.acme.example/metadata' } };
const oidc = {
  protocol: 'oidc',
  name: 'Acme Entra',
  oidc: { issuer: 'https://idp.acme.example', client_id: 'postern', client_secret: 's3cret-canary' },
};
const ldap = {
  protocol: 'ldap',
  name: 'Acme AD',
  ldap: { urls: ['ldaps://dc1.acme.example'], bind_dn: 'cn=postern', bind_password: 'b1nd-canary' },
};

describe('connections', () => {
  let fixture: Fixture;
  let org: OrgId;
  const connections = () => fixture.organizations.connections(org);
  before(async () => {
    fixture = await make_fixture();
    org = await fixture.new_org('acme');
  });
  after(() => fixture.close());
  beforeEach(() => {
    fixture.partner.down = false;
    fixture.partner.asked.length = 0;
    fixture.events.length = 0;
    fixture.ended.length = 0;
  });

  const secrets_of = async (view: ConnectionView): Promise<Record<string, unknown>> => {
    await fixture.organizations.connector(view.id);
    return fixture.partner.opened.findLast(({ tools }) => tools.callback_url.includes(view.id) || view.protocol === 'ldap')?.config ?? {};
  };

  describe('that are being set up', () => {
    it('ask the partner at once though nobody can sign in yet, and keep what was there when it does not answer', async () => {
      const { view, version } = await connections().create({ ...saml, enabled: false }, owner);
      assert.deepEqual(fixture.partner.asked, []);
      const settled = await connections().settle(view.id, { name: 'Other' }, owner, version);
      assert.deepEqual([settled.view.name, settled.view.enabled, fixture.partner.asked.length], ['Other', false, 1]);
      fixture.partner.down = true;
      const change = { saml: { metadata_url: 'https://elsewhere.example/metadata' } };
      assert.deepEqual((await refusal(connections().settle(view.id, change, owner, settled.version))).fields, ['saml.metadata_url']);
      assert.deepEqual((await connections().get(view.id)).view, settled.view);
      assert.equal((await refusal(connections().settle(view.id, { name: 'Late' }, owner, version))).status, 412);
    });
  });

  describe('when made', () => {
    it('shows what the partner types in, from the configured issuer', async () => {
      const { view, version } = await connections().create(saml, owner);
      assert.equal(version, 1);
      assert.match(view.id, /^con_/);
      assert.equal(view.enabled, true);
      assert.deepEqual(view.provisioning, { jit: true, update_on_login: true, link_by: 'none' });
      const base = `https://login.vendor.example/saml/${view.id}`;
      const { certificates: _certificates, ...addresses } = view.service_provider;
      assert.deepEqual(addresses, {
        entity_id: `${base}/metadata`,
        acs_url: `${base}/acs`,
        metadata_url: `${base}/metadata`,
        slo_url: `${base}/slo`,
      });
    });

    it('shows an entity id that was taken over from another broker', async () => {
      const { view } = await connections().create({ ...saml, saml: { ...saml.saml, sp_entity_id: 'urn:old:broker' } }, owner);
      assert.equal(view.service_provider.entity_id, 'urn:old:broker');
    });

    it('has for OIDC one redirect URI', async () => {
      const { view } = await connections().create(oidc, owner);
      assert.equal(view.service_provider.redirect_uri, `https://login.vendor.example/oidc/${view.id}/callback`);
      assert.equal(view.service_provider.acs_url, undefined);
    });

    it('has for SAML a signing and an encryption key of its own, RSA 3072, self-signed, valid for years', async () => {
      const { view } = await connections().create(saml, owner);
      const certificates = view.service_provider.certificates ?? [];
      assert.deepEqual(
        certificates.map(({ use, state }) => `${use} ${state}`),
        ['encryption current', 'signing current'],
      );
      for (const { pem } of certificates) {
        const certificate = new X509Certificate(pem);
        assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 3072);
        assert.ok(certificate.verify(certificate.publicKey));
        assert.ok(certificate.validToDate.getTime() > fixture.now + 9 * 365 * 86_400_000);
        assert.ok(certificate.validFromDate.getTime() < fixture.now);
      }
      assert.notEqual(certificates[0]?.pem, certificates[1]?.pem);
    });

    it('hands its keys to its connector, opened', async () => {
      const { view } = await connections().create(saml, owner);
      await fixture.organizations.connector(view.id);
      const keys = (await fixture.partner.opened.at(-1)?.tools.keys()) ?? [];
      assert.equal(keys.length, 2);
      for (const key of keys) {
        assert.match(key.private_key_pem, /^-----BEGIN PRIVATE KEY-----/);
        assert.ok(
          new X509Certificate(key.certificate_pem).checkPrivateKey((await import('node:crypto')).createPrivateKey(key.private_key_pem)),
        );
      }
    });

    it('publishes for private_key_jwt the public half as a JWKS, never the private one', async () => {
      const { view } = await connections().create(
        { ...oidc, oidc: { issuer: 'https://idp.acme.example', client_id: 'a', private_key_jwt: true } },
        owner,
      );
      const [key] = view.service_provider.jwks?.keys ?? [];
      assert.deepEqual([key?.['kty'], key?.['use'], key?.['d']], ['RSA', 'sig', undefined]);
    });

    it('asks the partner once for what it publishes, and remembers it', async () => {
      fixture.partner.published = { sso: 'https://idp/sso' };
      const { view } = await connections().create(saml, owner);
      assert.equal(fixture.partner.asked.length, 1);
      await fixture.organizations.connector(view.id);
      assert.deepEqual(fixture.partner.opened.at(-1)?.resolved, { sso: 'https://idp/sso' });
      fixture.partner.published = { keys: 1 };
    });

    it('is refused with 422 and the field named when that fails, and nothing is made', async () => {
      fixture.partner.down = true;
      const had = (await connections().list({})).data.length;
      assert.deepEqual(await refusal(connections().create(saml, owner)), {
        status: 422,
        code: 'partner_unreadable',
        fields: ['saml.metadata_url'],
      });
      assert.deepEqual(await refusal(connections().create(oidc, owner)), {
        status: 422,
        code: 'partner_unreadable',
        fields: ['oidc.issuer'],
      });
      assert.equal((await connections().list({})).data.length, had);
    });

    it('asks nobody while it is disabled, and never a directory', async () => {
      fixture.partner.down = true;
      await connections().create({ ...saml, enabled: false }, owner);
      await connections().create(ldap, owner);
      assert.equal(fixture.partner.asked.length, 0);
    });

    it('is refused with every wrong field at once, of the body and of the protocol', async () => {
      const body = {
        protocol: 'saml',
        name: '',
        colour: 'red',
        saml: { nonsense: 1 },
        ldap: {},
        attribute_mapping: { email: { match: '(' } },
      };
      const { status, fields } = await refusal(connections().create(body, owner));
      assert.equal(status, 422);
      assert.deepEqual(fields?.toSorted(), [
        'attribute_mapping.email',
        'attribute_mapping.email.match',
        'colour',
        'ldap',
        'name',
        'saml.metadata_url',
        'saml.nonsense',
      ]);
    });

    it('refuses a protocol that is none, and a block that is none', async () => {
      assert.deepEqual((await refusal(connections().create({ protocol: 'kerberos', name: 'x' }, owner))).fields, ['protocol']);
      assert.deepEqual((await refusal(connections().create({ protocol: 'saml', name: 'x', saml: [] }, owner))).fields, ['saml']);
      assert.deepEqual((await refusal(connections().create(null, owner))).fields, ['']);
    });
  });

  describe('secrets', () => {
    it('go in and never come out', async () => {
      const { view } = await connections().create(oidc, owner);
      assert.equal(view.oidc?.['client_secret'], '***');
      const seen = [view, await connections().get(view.id), await connections().list({}), fixture.events];
      assert.ok(!JSON.stringify(seen).includes('canary'));
      assert.equal((await secrets_of(view))['client_secret'], 's3cret-canary');
    });

    it('lie sealed in the database', async () => {
      const { view } = await connections().create(ldap, owner);
      const row = await fixture.storage.org(org).connections.find_one({ id: view.id });
      assert.ok(!JSON.stringify(row).includes('canary'));
    });

    it('that read "***" are kept when sent back', async () => {
      const { view } = await connections().create(oidc, owner);
      const changed = await connections().update(view.id, { oidc: { ...view.oidc, scopes: ['openid'] } }, owner);
      assert.equal(changed.view.oidc?.['client_secret'], '***');
      assert.equal((await secrets_of(view))['client_secret'], 's3cret-canary');
    });

    it('are replaced when entered, and the record says so without them', async () => {
      const { view } = await connections().create(oidc, owner);
      fixture.events.length = 0;
      await connections().update(view.id, { oidc: { client_secret: 'an0ther-canary' } }, owner);
      assert.equal((await secrets_of(view))['client_secret'], 'an0ther-canary');
      assert.deepEqual(fixture.events.at(-1)?.after, { secrets_changed: ['client_secret'] });
    });

    it('are removed by null', async () => {
      const { view } = await connections().create(oidc, owner);
      const changed = await connections().update(view.id, { oidc: { client_secret: null } }, owner);
      assert.ok(!Object.hasOwn(changed.view.oidc ?? {}, 'client_secret'));
      assert.ok(!Object.hasOwn(await secrets_of(view), 'client_secret'));
    });

    it('cannot be entered as the mask where none is stored', async () => {
      const body = { ...oidc, oidc: { ...oidc.oidc, client_secret: '***' } };
      assert.deepEqual((await refusal(connections().create(body, owner))).fields, ['oidc.client_secret']);
    });

    it('are dropped when the endpoint changes, so that none is shown to a host it was not entered for (CVE-2026-15943)', async () => {
      const { view } = await connections().create(oidc, owner);
      const changed = await connections().update(view.id, { oidc: { issuer: 'https://evil.example', client_secret: '***' } }, owner);
      assert.ok(!Object.hasOwn(changed.view.oidc ?? {}, 'client_secret'));
      assert.ok(!Object.hasOwn(await secrets_of(view), 'client_secret'));
      assert.ok(!fixture.partner.asked.some((config) => config['issuer'] === 'https://evil.example' && 'client_secret' in config));
    });

    it('are dropped as well when the endpoint changes and is changed back', async () => {
      const { view } = await connections().create(oidc, owner);
      await connections().update(view.id, { oidc: { issuer: 'https://evil.example' } }, owner);
      await connections().update(view.id, { oidc: { issuer: oidc.oidc.issuer } }, owner);
      assert.ok(!Object.hasOwn(await secrets_of(view), 'client_secret'));
    });

    it('that the protocol cannot do without must be entered again in the same change (GHSA-c25h-c27q-5qpv)', async () => {
      const { view } = await connections().create(ldap, owner);
      const moved = { urls: ['ldaps://evil.example'] };
      assert.deepEqual((await refusal(connections().update(view.id, { ldap: moved }, owner))).fields, ['ldap.bind_password']);
      const changed = await connections().update(view.id, { ldap: { ...moved, bind_password: 'new' } }, owner);
      assert.deepEqual(changed.view.ldap?.['urls'], moved.urls);
    });
  });

  describe('when changed', () => {
    it('follow RFC 7396: objects merge, null removes, everything else replaces', async () => {
      const mapping = { email: 'mail', groups: { from: ['a', 'b'] } };
      const { view } = await connections().create({ ...ldap, attribute_mapping: mapping }, owner);
      const patch = { attribute_mapping: { email: null, dept: 'department' }, provisioning: { jit: false }, ldap: { base_dn: 'dc=acme' } };
      const { view: changed, version } = await connections().update(view.id, patch, owner);
      assert.equal(version, 2);
      assert.deepEqual(changed.attribute_mapping, { groups: { from: ['a', 'b'] }, dept: 'department' });
      assert.deepEqual(changed.provisioning, { jit: false, update_on_login: true, link_by: 'none' });
      assert.equal(changed.ldap?.['base_dn'], 'dc=acme');
      const cleared = await connections().update(view.id, { attribute_mapping: null, ldap: { base_dn: null } }, owner);
      assert.equal(cleared.view.attribute_mapping, null);
      assert.ok(!Object.hasOwn(cleared.view.ldap ?? {}, 'base_dn'));
    });

    it('take back what was read, and refuse a change of what is read-only', async () => {
      const { view } = await connections().create(ldap, owner);
      assert.equal((await connections().update(view.id, view, owner)).version, 1);
      for (const [name, value] of Object.entries({ id: 'con_x', protocol: 'saml', service_provider: { acs_url: 'x' }, created_at: 'x' }))
        assert.deepEqual((await refusal(connections().update(view.id, { [name]: value }, owner))).fields, [name]);
    });

    it('refuse a stale version with 412', async () => {
      const { view } = await connections().create(ldap, owner);
      await connections().update(view.id, { name: 'Two' }, owner, 1);
      assert.deepEqual(await refusal(connections().update(view.id, { name: 'Three' }, owner, 1)), { status: 412, code: 'stale' });
      assert.deepEqual(await refusal(connections().remove(view.id, owner, 1)), { status: 412, code: 'stale' });
    });

    it('lose no concurrent change of another field', async () => {
      const { view } = await connections().create(ldap, owner);
      const patches = [{ name: 'Renamed' }, { ldap: { base_dn: 'dc=acme' } }, { provisioning: { jit: false } }];
      await Promise.all(patches.map((patch) => connections().update(view.id, patch, owner)));
      const { view: now, version } = await connections().get(view.id);
      assert.deepEqual([now.name, now.ldap?.['base_dn'], now.provisioning.jit, version], ['Renamed', 'dc=acme', false, 4]);
    });

    it('let exactly one of concurrent changes with the same If-Match through', async () => {
      const { view } = await connections().create(ldap, owner);
      const answers = await Promise.allSettled(['a', 'b', 'c'].map((name) => connections().update(view.id, { name }, owner, 1)));
      assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1);
    });

    it('ask the partner again when its settings change or the connection is switched on, and not for a new name', async () => {
      const { view } = await connections().create(saml, owner);
      fixture.partner.down = true;
      await connections().update(view.id, { name: 'Renamed' }, owner);
      const moved = { saml: { metadata_url: 'https://new.acme.example/metadata' } };
      assert.deepEqual((await refusal(connections().update(view.id, moved, owner))).fields, ['saml.metadata_url']);
      await connections().update(view.id, { enabled: false, ...moved }, owner);
      assert.equal((await refusal(connections().update(view.id, { enabled: true }, owner))).status, 422);
      fixture.partner.down = false;
      assert.equal((await connections().update(view.id, { enabled: true }, owner)).view.enabled, true);
    });

    it('end access when disabled and when deleted, in the same unit of work', async () => {
      const { view } = await connections().create(ldap, owner);
      await connections().update(view.id, { enabled: false }, owner);
      assert.deepEqual(fixture.ended, [{ org_id: org, connection_id: view.id }]);
      await connections().update(view.id, { name: 'Still off' }, owner);
      assert.equal(fixture.ended.length, 1);
      await connections().remove(view.id, owner);
      assert.equal(fixture.ended.length, 2);
      assert.equal((await refusal(connections().get(view.id))).status, 404);
      assert.equal((await fixture.storage.org(org).connection_keys.find({ connection_id: view.id })).length, 0);
    });

    it('make the key that private_key_jwt wants when it is switched on', async () => {
      const { view } = await connections().create(oidc, owner);
      assert.equal(view.service_provider.certificates, undefined);
      const { view: changed } = await connections().update(view.id, { oidc: { private_key_jwt: true, client_secret: null } }, owner);
      assert.equal(changed.service_provider.certificates?.length, 1);
      const again = await connections().update(view.id, { name: 'Again' }, owner);
      assert.deepEqual(again.view.service_provider.certificates, changed.service_provider.certificates);
    });

    it('are recorded with what changed', async () => {
      const { view } = await connections().create(ldap, owner);
      fixture.events.length = 0;
      await connections().update(view.id, { name: 'New name' }, owner);
      assert.deepEqual(fixture.events, [
        {
          type: 'connection.updated',
          org_id: org,
          target: { kind: 'connection', id: view.id, name: 'New name' },
          before: { name: 'Acme AD' },
          after: { name: 'New name' },
        },
      ]);
    });
  });

  describe('of another organization', () => {
    it('are answered like an id that does not exist', async () => {
      const { view } = await connections().create(ldap, owner);
      const foreign = fixture.organizations.connections(await fixture.new_org());
      for (const id of [view.id, 'con_000000000000000000000000', '', '__proto__']) {
        assert.deepEqual(await refusal(foreign.get(id)), { status: 404, code: 'not_found' });
        assert.deepEqual(await refusal(foreign.update(id, { name: 'mine' }, owner)), { status: 404, code: 'not_found' });
        assert.deepEqual(await refusal(foreign.remove(id, owner)), { status: 404, code: 'not_found' });
        assert.deepEqual(await refusal(foreign.test(id, owner)), { status: 404, code: 'not_found' });
      }
      assert.deepEqual((await foreign.list({})).data, []);
      assert.equal((await connections().get(view.id)).version, 1);
    });
  });
});
