import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { stringify } from 'yaml';
import { InvalidInput } from '../../../../src/kernel/index.ts';
import { type Applied, make_tenants, read_tenants, type Tenants } from '../../../../src/organizations/tenants/index.ts';
import { fake_types } from '../fake_connector.ts';
import { type Fixture, make_fixture, owner } from '../fixture.ts';

const whole = `
organizations:
  - slug: acme
    name: Acme
    connections:
      - { name: Okta, protocol: saml, saml: { metadata_url: https://acme.example/metadata } }
      - { name: Login, protocol: oidc, oidc: { issuer: https://login.acme.example, client_id: postern, client_secret: secret } }
      - { name: Directory, protocol: ldap, ldap: { urls: [ldaps://dc.acme.example], bind_dn: cn=postern, bind_password: secret } }
    contacts:
      - { email: it@acme.example, name: Acme IT, notices: [certificate, own_key], language: de }
      - { email: ann@acme.example }
    signal_sources:
      - { connection: Okta, issuer: https://okta.acme.example, jwks_uri: https://okta.acme.example/keys }
      - { connection: Login, issuer: https://login.acme.example, jwks_uri: https://login.acme.example/keys, audience: https://postern.vendor.example }
`;

describe('tenants.yaml: contacts and signal sources of an organization', () => {
  let world: Fixture;
  let tenants: Tenants;
  beforeEach(async () => {
    world = await make_fixture();
    tenants = make_tenants(world.organizations, { storage: world.storage, connector_types: fake_types(world.partner) });
  });
  afterEach(() => world.close());
  const apply = (yaml: string, options: { dry_run?: boolean; prune?: boolean } = {}): Promise<Applied> =>
    tenants.apply(
      read_tenants(yaml, () => undefined),
      { act: owner, ...options },
    );
  const summary = async (yaml: string, options: { dry_run?: boolean; prune?: boolean } = {}): Promise<string[]> =>
    (await apply(yaml, options)).changes.map(({ action, kind, name }) => `${action} ${kind} ${name}`);
  const mistakes = async (yaml: string): Promise<string[]> => {
    try {
      await apply(yaml);
    } catch (error) {
      assert.ok(error instanceof InvalidInput, String(error));
      return error.fields.map(({ path }) => path);
    }
    return [];
  };
  const acme = async () => (await world.organizations.require_organization('acme')).id;
  const contacts = async () => (await world.organizations.contacts(await acme()).list({})).data;
  const sources = async () => (await world.organizations.signal_sources(await acme()).list({})).data;
  const source_of = async (issuer: string) => (await sources()).find((source) => source.issuer === issuer);

  it('are made once the connections are there, and not again', async () => {
    const made = [
      'create contact acme / it@acme.example',
      'create contact acme / ann@acme.example',
      'create signal source acme / https://okta.acme.example for Okta',
      'create signal source acme / https://login.acme.example for Login',
    ];
    assert.deepEqual((await summary(whole, { dry_run: true })).slice(4), made);
    assert.deepEqual((await summary(whole)).slice(4), made);
    const events = world.events.length;
    assert.deepEqual(await summary(whole), []);
    assert.equal(world.events.length, events);
    const { email, name, notices, language } = (await contacts()).find((contact) => contact.name !== null) ?? {};
    assert.deepEqual([email, name, notices, language], ['it@acme.example', 'Acme IT', ['certificate', 'own_key'], 'de']);
    assert.equal((await source_of('https://login.acme.example'))?.audience, 'https://postern.vendor.example');
  });

  it('a dry run changes nothing and shows what would differ', async () => {
    await apply(whole);
    const changed = whole
      .replace('name: Acme IT', 'name: Acme Helpdesk')
      .replace('language: de', 'language: null')
      .replace('https://postern.vendor.example', 'urn:postern');
    const before = stringify(await tenants.export());
    const { changes } = await apply(changed, { dry_run: true });
    assert.deepEqual(
      changes.map(({ name, differences }) => [name, differences]),
      [
        [
          'acme / it@acme.example',
          [
            { path: 'name', before: 'Acme IT', after: 'Acme Helpdesk' },
            { path: 'language', before: 'de', after: undefined },
          ],
        ],
        [
          'acme / https://login.acme.example for Login',
          [{ path: 'audience', before: 'https://postern.vendor.example', after: 'urn:postern' }],
        ],
      ],
    );
    assert.equal(stringify(await tenants.export()), before);
    await apply(changed);
    assert.deepEqual(await summary(changed), []);
  });

  it('what the file does not say of a contact stays', async () => {
    await apply(whole);
    const ann = (await contacts()).find(({ email }) => email === 'ann@acme.example');
    await world.organizations.contacts(await acme()).update(ann?.id ?? '', { notices: [] }, owner);
    assert.deepEqual(await summary(whole), []);
  });

  it('the token of a new source is shown this once, and stands in no export', async () => {
    const { changes } = await apply(whole);
    const tokens = changes.filter(({ kind }) => kind === 'signal source').map(({ shown_once }) => shown_once['token'] ?? '');
    for (const token of tokens) assert.match(token, /^postern_ssf_/);
    assert.equal(tokens.length, 2);
    const exported = stringify(await tenants.export());
    assert.ok(!exported.includes('postern_ssf_'));
    const changed = await apply(whole.replace('https://postern.vendor.example', 'urn:other'));
    assert.equal(changed.changes.length, 1);
    assert.ok(!JSON.stringify(changed).includes('postern_ssf_'));
  });

  it('a change of the audience keeps source and token; another transmitter is another source, with a token of its own', async () => {
    await apply(whole);
    const before = await source_of('https://login.acme.example');
    await apply(whole.replace('https://postern.vendor.example', 'urn:postern'));
    assert.equal((await source_of('https://login.acme.example'))?.id, before?.id);
    const moved = whole.replace('issuer: https://okta.acme.example', 'issuer: https://id.acme.example');
    const okta = await source_of('https://okta.acme.example');
    const { changes } = await apply(moved.replace('https://postern.vendor.example', 'urn:postern'));
    assert.deepEqual(
      changes.map(({ action, name, shown_once }) => [action, name, Object.keys(shown_once)]),
      [['update', 'acme / https://id.acme.example for Okta', ['token']]],
    );
    const ids = (await sources()).map(({ id }) => id);
    assert.equal(ids.length, 2);
    assert.ok(!ids.includes(okta?.id ?? ''));
  });

  it('the source that is there stays when the other transmitter cannot be read', async () => {
    await apply(whole);
    const unreadable = whole.replace(
      'issuer: https://okta.acme.example, jwks_uri: https://okta.acme.example/keys',
      'issuer: https://id.acme.example, configuration_url: https://id.acme.example/ssf',
    );
    await assert.rejects(apply(unreadable));
    assert.notEqual(await source_of('https://okta.acme.example'), undefined);
  });

  it('are removed only when told, and left alone when the file has no such list', async () => {
    await apply(whole);
    const less = whole.replace('      - { email: ann@acme.example }\n', '').replace(/ {6}- { connection: Login.*\n/, '');
    assert.deepEqual(
      (await apply(less)).not_in_file.map(({ kind, name }) => `${kind} ${name}`),
      ['signal source acme / https://login.acme.example for Login', 'contact acme / ann@acme.example'],
    );
    assert.deepEqual(await summary(whole), []);
    assert.deepEqual(await summary('organizations: [{ slug: acme }]', { prune: true }), []);
    assert.deepEqual(await summary(less, { prune: true }), [
      'remove signal source acme / https://login.acme.example for Login',
      'remove contact acme / ann@acme.example',
    ]);
    assert.deepEqual(await summary('organizations: [{ slug: acme, contacts: [], signal_sources: [] }]', { prune: true }), [
      'remove signal source acme / https://okta.acme.example for Okta',
      'remove contact acme / it@acme.example',
    ]);
  });

  it('mistakes are all found beforehand, and say where', async () => {
    const wrong = whole
      .replace('ann@acme.example', 'ann')
      .replace('own_key]', 'all_of_it]')
      .replace('connection: Okta', 'connection: Directory')
      .replace('connection: Login', 'connection: Nobody')
      .replace('audience: https', 'token: guessed, audience: https');
    assert.deepEqual((await mistakes(wrong)).sort(), [
      'organizations.0.contacts.0.notices',
      'organizations.0.contacts.1.email',
      'organizations.0.signal_sources.0.connection',
      'organizations.0.signal_sources.1.connection',
      'organizations.0.signal_sources.1.token',
    ]);
    assert.equal(world.events.length, 0);
    assert.deepEqual(await mistakes(whole.replace('email: ann@', 'email: IT@')), ['organizations.0.contacts.1']);
  });

  it('an export, applied, changes nothing; in another installation it makes the same', async () => {
    await apply(whole);
    const exported = stringify(await tenants.export());
    assert.deepEqual(await summary(exported, { prune: true }), []);
    const other = await make_fixture();
    try {
      const elsewhere = make_tenants(other.organizations, { storage: other.storage, connector_types: fake_types(other.partner) });
      const file = read_tenants(exported.replaceAll('"***"', 'secret'), () => undefined);
      await elsewhere.apply(file, { act: owner });
      assert.deepEqual((await elsewhere.apply(file, { act: owner, prune: true })).changes, []);
      const { id } = await other.organizations.require_organization('acme');
      const { data } = await other.organizations.signal_sources(id).list({});
      // an audience that nobody chose is the address of this installation's own connection
      assert.equal(data.filter(({ audience, events_url }) => audience === events_url).length, 1);
    } finally {
      await other.close();
    }
  });

  it('the example that is there to be copied is one', async () => {
    const file = read_tenants(readFileSync('examples/tenants.yaml', 'utf8'), (name) => `the value of ${name}`);
    await tenants.apply(file, { act: owner });
    assert.deepEqual((await tenants.apply(file, { act: owner, prune: true })).changes, []);
    assert.equal((await contacts()).length, 2);
  });

  it('two contacts of one address are one in the file', async () => {
    await apply(whole);
    await world.organizations.contacts(await acme()).create({ email: 'ann@acme.example', name: 'Ann again' }, owner);
    assert.deepEqual(await summary(stringify(await tenants.export()), { prune: true }), []);
  });
});
