import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OrgId } from '../../../src/kernel/index.ts';
import { type Fixture, make_fixture, operator, owner } from './fixture.ts';

const ldap = { protocol: 'ldap', name: 'AD', ldap: { urls: ['ldaps://dc1.example'], bind_dn: 'cn=x', bind_password: 'canary' } };

describe('the directory', () => {
  let fixture: Fixture;
  let org: OrgId;
  const directory = () => fixture.organizations.directory;
  before(async () => {
    fixture = await make_fixture();
    org = await fixture.new_org('acme');
  });
  after(() => fixture.close());

  it('finds an organization by id and slug, and knows whether it is active', async () => {
    assert.equal((await directory().organization_named('acme'))?.id, org);
    assert.equal((await directory().organization_named(org))?.slug, 'acme');
    await fixture.organizations.organizations.update(org, { status: 'suspended', branding: { accent: '#123456' } }, operator);
    assert.deepEqual(await directory().organization_view(org), {
      id: org,
      slug: 'acme',
      name: 'acme',
      active: false,
      branding: { accent: '#123456' },
    });
    await fixture.organizations.organizations.update(org, { status: 'active' }, operator);
    assert.equal((await directory().organization(org))?.active, true);
  });

  it('knows nothing under names that are none', async () => {
    const names = ['', 'nobody', 'org_000000000000000000000000', '__proto__', 'a'.repeat(100_000), "' OR 1=1 --"];
    for (const name of names) {
      const answers = await Promise.all([
        directory().organization(name),
        directory().organization_named(name),
        directory().organization_of_domain(name),
        directory().connection(name),
        directory().client(name),
        directory().resource(name),
      ]);
      assert.deepEqual(answers, Array(6).fill(undefined), name.slice(0, 30));
      assert.deepEqual(await directory().connections_of(name), []);
    }
  });

  it('shows connections without their secrets, in the order in which they were made', async () => {
    const ids: string[] = [];
    for (const name of ['One', 'Two', 'Three']) {
      fixture.now += 1;
      ids.push((await fixture.organizations.connections(org).create({ ...ldap, name }, owner)).view.id);
    }
    const found = await directory().connections_of(org);
    assert.deepEqual(
      found.map(({ id }) => id),
      ids,
    );
    assert.ok(!JSON.stringify(found).includes('canary'));
    assert.deepEqual(await directory().connection(ids[0] ?? ''), found[0]);
    assert.equal(found[0]?.org_id, org);
  });

  it('holds no documents in memory: a setting as large as a metadata file is for the connector', async () => {
    const large = { ...ldap, ldap: { ...ldap.ldap, base_dn: 'x'.repeat(10_000) } };
    const { view } = await fixture.organizations.connections(org).create(large, owner);
    const found = await directory().connection(view.id);
    assert.ok(!Object.hasOwn(found?.settings ?? {}, 'base_dn'));
    assert.ok(Object.hasOwn(found?.settings ?? {}, 'bind_dn'));
  });

  it('reads once what it is asked for often', async () => {
    await directory().organization_named('acme');
    const before_asking = fixture.storage.statements();
    for (let time = 0; time < 100; time++) {
      await directory().organization_named('acme');
      await directory().organization(org);
    }
    assert.equal(fixture.storage.statements(), before_asking);
  });

  it('reads what it is asked for, and not what there is besides', async () => {
    for (let index = 0; index < 50; index++) await fixture.new_org();
    await fixture.organizations.organizations.update(org, { metadata: { touched: true } }, operator);
    const before_asking = fixture.storage.statements();
    await directory().organization(org);
    assert.equal(fixture.storage.statements(), before_asking + 1);
  });

  it('sees its own changes at once, and those of another process when it looks', async () => {
    const { view } = await fixture.organizations.clients.create({ redirect_uris: ['https://a.example/cb'] }, operator);
    assert.ok(await directory().client(view.id));
    await fixture.organizations.clients.update(view.id, { enabled: false }, operator);
    assert.equal(await directory().client(view.id), undefined);
    // as another process would: without a word to this one
    await fixture.storage.write_once(`UPDATE "clients" SET "enabled" = ? WHERE "id" = ?`, [true, view.id]);
    await fixture.storage.write_once(`UPDATE "versions" SET "version" = "version" + 1 WHERE "name" = ?`, ['config']);
    await fixture.storage.poll_config_version();
    assert.ok(await directory().client(view.id));
  });

  it('forgets everything of an organization that was deleted', async () => {
    const gone = await fixture.new_org('gone');
    const { view } = await fixture.organizations.connections(gone).create(ldap, owner);
    await fixture.organizations.domains(gone).create({ domain: 'gone-org.example', verified: true }, owner);
    assert.ok(await directory().connection(view.id));
    await fixture.organizations.organizations.remove(gone, owner);
    assert.deepEqual(
      [
        await directory().organization(gone),
        await directory().organization_named('gone'),
        await directory().organization_of_domain('gone-org.example'),
        await directory().connection(view.id),
        (await directory().verified_domains(gone)).size,
      ],
      [undefined, undefined, undefined, undefined, 0],
    );
  });
});
