import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { stringify } from 'yaml';
import { InvalidInput } from '../../../../src/kernel/index.ts';
import { ensure_console_client, ensure_portal_client } from '../../../../src/organizations/index.ts';
import { make_tenants, read_tenants, type Tenants } from '../../../../src/organizations/tenants/index.ts';
import { fake_types } from '../fake_connector.ts';
import { type Fixture, make_fixture, owner } from '../fixture.ts';

const whole = `
organizations:
  - slug: acme
    name: Acme
    domains: [acme.example, { domain: Acme.Test, verified: true }]
    connections:
      - name: Okta
        protocol: saml
        saml: { metadata_url: https://acme.example/metadata, default_client_id: portal }
      - name: Login
        protocol: oidc
        oidc: { issuer: https://login.acme.example, client_id: postern, client_secret: "\${ACME_SECRET}" }
    role_mappings:
      - { group: Engineers, role: editor }
      - { attribute: { name: department, value: Sales }, role: viewer, client_id: portal }
  - slug: globex
    name: Globex
    people_policy: { attribute_owners: { default: [scim, admin] }, allowed_groups: [Staff] }
    connections:
      - name: Directory
        protocol: ldap
        ldap: { urls: [ldaps://dc.globex.example], bind_dn: cn=postern, bind_password: "\${GLOBEX_PASSWORD}" }
clients:
  - client_id: portal
    client_name: Portal
    redirect_uris: [https://portal.example/callback]
    organizations: [globex, acme]
resources:
  - { identifier: https://api.example, name: API, scopes: [read, write] }
roles:
  - { name: editor }
  - { name: viewer, client_id: portal, description: May look }
`;

const environment: Record<string, string> = { ACME_SECRET: 'the secret of acme', GLOBEX_PASSWORD: 'the password of globex' };
const read = (yaml: string, env = environment) => read_tenants(yaml, (name) => env[name]);

describe('tenants.yaml', () => {
  let world: Fixture;
  let tenants: Tenants;
  beforeEach(async () => {
    world = await make_fixture();
    tenants = make_tenants(world.organizations, { storage: world.storage, connector_types: fake_types(world.partner) });
  });
  afterEach(() => world.close());
  const apply = (yaml: string, options: { dry_run?: boolean; prune?: boolean } = {}) =>
    tenants.apply(read(yaml), { act: owner, ...options });
  const summary = async (yaml: string, options: { dry_run?: boolean; prune?: boolean } = {}) =>
    (await apply(yaml, options)).changes.map(({ action, kind, name }) => `${action} ${kind} ${name}`);

  it('makes everything that it names, what is referred to first', async () => {
    assert.deepEqual(await summary(whole), [
      'create organization acme',
      'create organization globex',
      'create resource https://api.example',
      'create client portal',
      'create role editor',
      'create role viewer for portal',
      'create domain acme / acme.example',
      'create domain acme / acme.test',
      'create connection acme / Okta',
      'create connection acme / Login',
      'create connection globex / Directory',
      'create role mapping acme / Engineers to editor',
      'create role mapping acme / department=Sales to viewer',
    ]);
    const { id } = await world.organizations.require_organization('acme');
    const domains = (await world.organizations.domains(id).list({})).data.map(({ domain, status }) => [domain, status]);
    assert.deepEqual(domains.sort(), [
      ['acme.example', 'pending'],
      ['acme.test', 'verified'],
    ]);
  });

  it('applied again changes nothing and records nothing', async () => {
    await apply(whole);
    const events = world.events.length;
    assert.deepEqual(await summary(whole), []);
    assert.equal(world.events.length, events);
  });

  it('dry run shows the same and changes nothing', async () => {
    const before = stringify(await tenants.export());
    const planned = await summary(whole, { dry_run: true });
    assert.equal(stringify(await tenants.export()), before);
    assert.equal(world.events.length, 0);
    assert.deepEqual(await summary(whole), planned);
  });

  it('dry run of a change asks no partner', async () => {
    await apply(whole);
    const asked = world.partner.asked.length;
    await apply(whole.replace('https://login.acme.example', 'https://id.acme.example'), { dry_run: true });
    assert.equal(world.partner.asked.length, asked);
  });

  it('changes only what differs, and says from what to what', async () => {
    await apply(whole);
    const { changes } = await apply(whole.replace('name: Acme\n', 'name: Acme GmbH\n').replace('[read, write]', '[read]'));
    assert.deepEqual(
      changes.map(({ name, differences }) => [name, differences]),
      [
        ['acme', [{ path: 'name', before: 'Acme', after: 'Acme GmbH' }]],
        ['https://api.example', [{ path: 'scopes', before: ['read', 'write'], after: ['read'] }]],
      ],
    );
  });

  it('leaves alone what the file does not say of a thing', async () => {
    await apply(whole);
    const { id } = await world.organizations.require_organization('acme');
    await world.organizations.organizations.update(id, { metadata: { plan: 'gold' } }, owner);
    assert.deepEqual(await summary(whole), []);
    assert.deepEqual((await world.organizations.organizations.get(id)).view.metadata, { plan: 'gold' });
  });

  it('a domain that was proven meanwhile stays proven', async () => {
    await apply(whole);
    const yaml = whole.replace('[acme.example, ', '[{ domain: acme.example, verified: false }, ');
    const { id } = await world.organizations.require_organization('acme');
    await world.organizations.domains(id).remove('acme.example', owner);
    await world.organizations.domains(id).create({ domain: 'acme.example', verified: true }, owner);
    assert.deepEqual(await summary(yaml), []);
  });

  describe('secrets', () => {
    it('never stand in what is shown', async () => {
      const shown = JSON.stringify(await apply(whole));
      for (const secret of Object.values(environment)) assert.ok(!shown.includes(secret));
      assert.ok(shown.includes('"path":"oidc.client_secret","after":"***"'));
    });

    it('absent, "***" or the same as stored: the stored one stays', async () => {
      await apply(whole);
      assert.deepEqual(await summary(whole.replace('${ACME_SECRET}', '***')), []);
      assert.deepEqual(await summary(whole.replace(', client_secret: "${ACME_SECRET}"', '')), []);
    });

    it('another one is a change, shown as such only', async () => {
      await apply(whole);
      const file = read(whole, { ...environment, ACME_SECRET: 'another secret' });
      const { changes } = await tenants.apply(file, { act: owner });
      assert.deepEqual(
        changes.map(({ name, differences }) => [name, differences]),
        [['acme / Login', [{ path: 'oidc.client_secret', before: '***', after: '***' }]]],
      );
      assert.deepEqual((await tenants.apply(file, { act: owner })).changes, []);
    });

    it('is sent along when the partner moved: it is not kept for another host', async () => {
      await apply(whole);
      const moved = whole.replace('https://login.acme.example', 'https://id.acme.example');
      assert.deepEqual(await summary(moved), ['update connection acme / Login']);
      const hidden = whole.replace('ldaps://dc.globex.example', 'ldaps://dc2.globex.example').replace('${GLOBEX_PASSWORD}', '***');
      await assert.rejects(apply(hidden), (error: unknown) => {
        assert.ok(error instanceof InvalidInput);
        assert.deepEqual(
          error.fields.map(({ path }) => path),
          ['organizations.1.connections.0.ldap.bind_password'],
        );
        return true;
      });
    });

    it('"***" where none is stored is a mistake', async () => {
      await assert.rejects(apply(whole.replace('${ACME_SECRET}', '***'), { dry_run: true }), (error: unknown) => {
        assert.ok(error instanceof InvalidInput);
        assert.deepEqual(
          error.fields.map(({ path }) => path),
          ['organizations.0.connections.1.oidc.client_secret'],
        );
        return true;
      });
    });

    it('the secret of a new app is shown once', async () => {
      const client = (await apply(whole)).changes.find(({ kind }) => kind === 'client');
      assert.match(client?.shown_once['client_secret'] ?? '', /^[\w-]{30,}$/);
    });
  });

  describe('pruning', () => {
    const less = whole
      .replace(/ {6}- name: Login[^]*? {4}role_mappings:/, '    role_mappings:')
      .replace('  - { name: editor }\n', '')
      .replace('      - { group: Engineers, role: editor }\n', '');

    it('happens only when told', async () => {
      await apply(whole);
      const applied = await apply(less);
      assert.deepEqual(applied.changes, []);
      assert.deepEqual(
        applied.not_in_file.map(({ kind, name }) => `${kind} ${name}`),
        ['role mapping acme / Engineers to editor', 'connection acme / Login', 'role editor'],
      );
      assert.deepEqual(await summary(whole), []);
    });

    it('removes what the lists of the file do not name, what refers first', async () => {
      await apply(whole);
      assert.deepEqual(await summary(less, { prune: true }), [
        'remove role mapping acme / Engineers to editor',
        'remove connection acme / Login',
        'remove role editor',
      ]);
      assert.deepEqual(await summary(less, { prune: true }), []);
    });

    it('never takes the apps that Postern registers itself, and the export does not name them, unless one was switched off', async () => {
      const where = { issuer: 'https://login.vendor.example', now: 0 };
      await ensure_console_client(world.storage, where);
      await ensure_portal_client(world.storage, where);
      const none = 'clients: []\n';
      assert.deepEqual(await apply(none, { prune: true }), { changes: [], not_in_file: [] });
      assert.deepEqual((await apply(none)).not_in_file, []);
      assert.deepEqual((await tenants.export())['clients'], []);
      const off = 'clients: [{ client_id: postern-setup, enabled: false }]\n';
      assert.deepEqual(await summary(off, { prune: true }), ['update client postern-setup']);
      const exported = (await tenants.export())['clients'] as { client_id: string }[];
      assert.deepEqual(
        exported.map(({ client_id }) => client_id),
        ['postern-setup'],
      );
    });

    it('leaves a list alone that the file does not have', async () => {
      await apply(whole);
      assert.deepEqual(await summary('organizations: [{ slug: acme, name: Acme }, { slug: globex }]', { prune: true }), []);
      assert.deepEqual((await summary('roles: []', { prune: true })).sort(), ['remove role editor', 'remove role viewer for portal']);
    });

    it('removes organizations only when the file lists organizations', async () => {
      await apply(whole);
      assert.deepEqual(await summary('organizations: [{ slug: acme }]', { prune: true }), ['remove organization globex']);
    });

    it('a dry run of it removes nothing', async () => {
      await apply(whole);
      await apply('organizations: []\nclients: []', { prune: true, dry_run: true });
      assert.deepEqual(await summary(whole), []);
    });
  });

  describe('mistakes', () => {
    const mistakes = async (yaml: string, env = environment): Promise<string[]> => {
      try {
        await tenants.apply(read(yaml, env), { act: owner });
      } catch (error) {
        assert.ok(error instanceof InvalidInput, String(error));
        return error.fields.map(({ path }) => path);
      }
      return [];
    };

    it('are all listed, and nothing is changed', async () => {
      const yaml = whole
        .replace('slug: acme\n', 'slug: Acme!\n')
        .replace('redirect_uris: [https://portal.example/callback]', 'redirect_uris: [nowhere]')
        .replace('issuer: https://login.acme.example, ', '')
        .replace('protocol: ldap', 'protocol: smoke');
      assert.deepEqual((await mistakes(yaml)).sort(), [
        'clients.0.redirect_uris.0',
        'organizations.0.connections.1.oidc.issuer',
        'organizations.0.slug',
        'organizations.1.connections.0.protocol',
      ]);
      assert.equal(world.events.length, 0);
    });

    it('a variable that is not set', async () => {
      assert.deepEqual(await mistakes(whole, {}), [
        'organizations.0.connections.1.oidc.client_secret',
        'organizations.1.connections.0.ldap.bind_password',
      ]);
    });

    it('a thing named twice, a field nobody knows, text that is no YAML', async () => {
      assert.deepEqual(await mistakes('organizations: [{ slug: acme, name: A }, { slug: acme, name: B }]'), ['organizations.1']);
      assert.deepEqual(await mistakes('organisations: []'), ['organisations']);
      assert.deepEqual(await mistakes('organizations: [{ slug: acme, name: A, colour: red }]'), ['organizations.0.colour']);
      assert.deepEqual(await mistakes('organizations: [}'), ['']);
    });

    it('of a patch on what exists are found beforehand as well', async () => {
      await apply(whole);
      assert.deepEqual(await mistakes(whole.replace('bind_dn: cn=postern', 'bind_dn: null').replace('name: Acme\n', 'name: ""\n')), [
        'organizations.0.name',
        'organizations.1.connections.0.ldap.bind_dn',
      ]);
    });

    it('that only the change itself finds say where in the file', async () => {
      world.partner.down = true;
      assert.deepEqual(await mistakes(whole), ['organizations.0.connections.0.saml.metadata_url']);
      world.partner.down = false;
      // what came before it is done; applying again goes on from there
      assert.equal((await summary(whole))[0], 'create connection acme / Okta');
    });
  });

  it('exports what, applied, changes nothing, and holds no secret', async () => {
    await apply(whole);
    const exported = stringify(await tenants.export());
    for (const secret of Object.values(environment)) assert.ok(!exported.includes(secret));
    assert.deepEqual(await summary(exported, { prune: true }), []);
  });

  it('$${ is a plain ${', () => {
    const file = read('roles: [{ name: a, description: "$${NOT_A_VARIABLE}" }]', {});
    assert.equal(file.roles?.[0]?.['description'], '${NOT_A_VARIABLE}');
  });
});
