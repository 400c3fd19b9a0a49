import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { type Fixture, make_fixture, operator, org_admin, owner, refusal } from './fixture.ts';

describe('organizations', () => {
  let fixture: Fixture;
  const room = () => fixture.organizations.organizations;
  before(async () => {
    fixture = await make_fixture();
  });
  after(() => fixture.close());
  beforeEach(() => {
    fixture.events.length = 0;
    fixture.ended.length = 0;
  });
  let count = 0;
  const make = async (more: object = {}) => (await room().create({ slug: `made-${++count}`, name: 'Made', ...more }, operator)).view;

  it('are made with what is said, and with defaults for the rest', async () => {
    const { view, version } = await room().create(
      { slug: 'acme', name: 'Acme GmbH', external_id: 'crm-7', metadata: { plan: 'gold' } },
      operator,
    );
    assert.match(view.id, /^org_[0-9A-Za-z]{24}$/);
    const at = new Date(fixture.now).toISOString();
    assert.deepEqual(view, {
      id: view.id,
      slug: 'acme',
      name: 'Acme GmbH',
      external_id: 'crm-7',
      metadata: { plan: 'gold' },
      status: 'active',
      branding: {},
      people_policy: {},
      created_at: at,
      updated_at: at,
    });
    assert.equal(version, 1);
    assert.deepEqual(fixture.events.at(-1)?.type, 'organization.created');
    assert.deepEqual(fixture.events.at(-1)?.org_id, view.id);
  });

  it('have a slug of their own', async () => {
    await make({ slug: 'once' });
    assert.deepEqual(await refusal(room().create({ slug: 'once', name: 'Again' }, operator)), { status: 409, code: 'already_exists' });
    const other = await make();
    assert.deepEqual(await refusal(room().update(other.id, { slug: 'once' }, operator)), { status: 409, code: 'already_exists' });
  });

  for (const slug of ['', 'Acme', 'a b', '-a', 'a-', 'ä', 'a_b', 'a.b', '../a', 'x'.repeat(64), 7, null])
    it(`refuse ${JSON.stringify(slug)} as a slug`, async () => {
      assert.deepEqual((await refusal(room().create({ slug, name: 'x' }, operator))).fields, ['slug']);
    });

  it('tell every wrong field at once', async () => {
    const body = {
      slug: 'A',
      name: 'bell\u0007',
      colour: 1,
      metadata: [],
      branding: { accent: 'red', css: 'x', terms_url: 'javascript:alert(1)' },
    };
    const { status, code, fields } = await refusal(room().create(body, operator));
    assert.deepEqual([status, code], [422, 'invalid_body']);
    assert.deepEqual(fields?.toSorted(), ['branding.accent', 'branding.css', 'branding.terms_url', 'colour', 'metadata', 'name', 'slug']);
    for (const nothing of [null, [], 'text', 7]) assert.equal((await refusal(room().create(nothing, operator))).status, 422);
  });

  it('are changed as RFC 7396 has it: metadata merges, null removes', async () => {
    const { id } = await make({ metadata: { a: 1, b: { c: 2, d: 3 } }, external_id: 'x', branding: { accent: '#112233' } });
    const patch = {
      metadata: { a: null, b: { c: null }, e: [1, null] },
      external_id: null,
      branding: { support_contact: 'help@acme.example' },
    };
    const { view, version } = await room().update(id, patch, operator, 1);
    assert.equal(version, 2);
    assert.deepEqual(view.metadata, { b: { d: 3 }, e: [1, null] });
    assert.equal(view.external_id, null);
    assert.deepEqual(view.branding, { accent: '#112233', support_contact: 'help@acme.example' });
  });

  it('keep prototypes as they are, whatever a patch names (prototype pollution)', async () => {
    const { id } = await make();
    const hostile: unknown = JSON.parse(
      '{"metadata": {"__proto__": {"admin": true}, "constructor": {"prototype": {"admin": true}}}, "__proto__": {"status": "suspended"}}',
    );
    assert.deepEqual((await refusal(room().update(id, hostile, operator))).status, 422);
    assert.equal(({} as { admin?: boolean }).admin, undefined); // nothing was put onto every object
    assert.equal((await room().get(id)).view.status, 'active');
  });

  it('refuse what is nested without end', async () => {
    let deep: unknown = 1;
    for (let level = 0; level < 20_000; level++) deep = { deep };
    const { id } = await make();
    assert.equal((await refusal(room().update(id, { metadata: deep }, operator))).status, 422);
    assert.equal((await refusal(room().create({ slug: 'deep', name: 'Deep', metadata: deep }, operator))).status, 422);
  });

  it('refuse a stale version with 412 and change nothing', async () => {
    const { id } = await make();
    await room().update(id, { name: 'Two' }, operator, 1);
    assert.deepEqual(await refusal(room().update(id, { name: 'Three' }, operator, 1)), { status: 412, code: 'stale' });
    assert.deepEqual(await refusal(room().remove(id, operator, 1)), { status: 412, code: 'stale' });
    assert.equal((await room().get(id)).view.name, 'Two');
  });

  it('are not a new version when nothing changes', async () => {
    const made = await make();
    fixture.events.length = 0;
    assert.equal((await room().update(made.id, made, operator)).version, 1);
    assert.deepEqual(fixture.events, []);
  });

  it('lose no concurrent change', async () => {
    const { id } = await make();
    const names = Array.from({ length: 20 }, (_, index) => `m${index}`);
    await Promise.all(names.map((name) => room().update(id, { metadata: { [name]: true } }, operator)));
    const { view, version } = await room().get(id);
    assert.deepEqual(Object.keys(view.metadata).toSorted(), names.toSorted());
    assert.equal(version, 21);
  });

  it('end all access when suspended, once, and say so in the record', async () => {
    const { id } = await make();
    fixture.events.length = 0;
    await room().update(id, { status: 'suspended' }, operator);
    assert.deepEqual(fixture.ended, [{ org_id: id }]);
    assert.deepEqual(fixture.events.at(-1)?.before, { status: 'active' });
    await room().update(id, { name: 'Still suspended' }, operator);
    await room().update(id, { status: 'active' }, operator);
    assert.equal(fixture.ended.length, 1);
  });

  it('end all access and take everything with them when deleted', async () => {
    const { id } = await make();
    const org = (await fixture.organizations.require_organization(id)).id;
    await fixture.organizations.domains(org).create({ domain: 'gone.example' }, operator);
    await room().remove(id, operator);
    assert.deepEqual(fixture.ended, [{ org_id: id }]);
    assert.equal((await refusal(room().get(id))).status, 404);
    assert.equal((await refusal(fixture.organizations.require_organization(id))).status, 404);
    assert.equal(await fixture.storage.org(org).domains.count(), 0);
  });

  it('take nothing new once they are gone', async () => {
    const { id } = await make();
    const org = (await fixture.organizations.require_organization(id)).id;
    await room().remove(id, operator);
    const { domains, connections, role_mappings } = fixture.organizations;
    const ldap = { protocol: 'ldap', name: 'AD', ldap: { urls: ['ldaps://dc'], bind_dn: 'cn=x', bind_password: 'y' } };
    for (const late of [
      () => domains(org).create({ domain: 'late-org.example' }, owner),
      () => connections(org).create(ldap, owner),
      () => role_mappings(org).create({ group: 'a', role: 'b' }, owner),
    ])
      assert.deepEqual(await refusal(late()), { status: 404, code: 'not_found' });
  });

  it('stay as they are when access cannot be ended: both happen or neither', async () => {
    const { id } = await make();
    fixture.stuck = true;
    await assert.rejects(room().update(id, { status: 'suspended' }, operator), /stuck/);
    await assert.rejects(room().remove(id, operator), /stuck/);
    fixture.stuck = false;
    const { view, version } = await room().get(id);
    assert.deepEqual([view.status, version], ['active', 1]);
    assert.equal((await fixture.organizations.directory.organization(id))?.active, true);
  });

  it('let their own administrators neither suspend, unsuspend, rename their slug nor delete them', async () => {
    const { id } = await make();
    for (const patch of [{ status: 'suspended' }, { slug: 'stolen' }])
      assert.deepEqual(await refusal(room().update(id, patch, org_admin)), { status: 403, code: 'vendor_only' });
    assert.deepEqual(await refusal(room().remove(id, org_admin)), { status: 403, code: 'vendor_only' });
    assert.equal((await room().update(id, { name: 'Ours', branding: { accent: '#00ff00' } }, org_admin)).view.name, 'Ours');
  });

  it('are listed page by page and found by slug, external id and status', async () => {
    const { id } = await make({ external_id: 'find-me' });
    assert.deepEqual(
      (await room().list({ filters: { external_id: 'find-me' } })).data.map((view) => view.id),
      [id],
    );
    assert.deepEqual((await room().list({ filters: { slug: 'no-such' } })).data, []);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await room().list({ limit: 3, after });
      seen.push(...page.data.map((view) => view.id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    assert.equal(seen.length, await fixture.storage.gateway.organizations.count());
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(await refusal(room().list({ after: 'forged' })), { status: 400, code: 'invalid_cursor', fields: ['after'] });
  });

  it('are found by id or slug; unknown and malformed names are the same', async () => {
    const { id, slug } = await make();
    for (const name of [id, slug]) assert.equal((await fixture.organizations.require_organization(name)).id, id);
    for (const name of ['org_000000000000000000000000', 'no-such', '', '__proto__', `${slug}%`, slug.toUpperCase()])
      assert.deepEqual(await refusal(fixture.organizations.require_organization(name)), { status: 404, code: 'not_found' });
  });

  it('owners may do it all', async () => {
    const { id } = await make();
    await room().remove(id, owner);
  });
});
