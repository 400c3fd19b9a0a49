import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { sealed_columns } from '../../../src/organizations/index.ts';
import { make_seal, reseal, type Storage } from '../../../src/storage/index.ts';
import { type Fixture, make_fixture, owner } from './fixture.ts';

describe('what the room seals', () => {
  let fixture: Fixture;
  before(async () => {
    fixture = await make_fixture();
  });
  after(() => fixture.close());

  it('is sealed anew under another secret, each value where it lies, and opens there', async () => {
    const org = await fixture.new_org();
    const room = fixture.organizations.connections(org);
    const saml = await room.create({ protocol: 'saml', name: 'A', saml: { metadata_url: 'https://idp.example' } }, owner);
    const ldap = await room.create(
      { protocol: 'ldap', name: 'B', ldap: { urls: ['ldaps://dc'], bind_dn: 'cn=x', bind_password: 'canary' } },
      owner,
    );
    const app = await fixture.organizations.clients.create({ redirect_uris: ['https://a.example/cb'] }, owner);
    const next = make_seal([randomBytes(32)]);
    // opens what the old secret sealed, seals under the new one
    const rotating: Storage = {
      ...fixture.storage,
      seal: { ...next, open: (sealed, context) => fixture.storage.seal.open(sealed, context) },
    };
    assert.equal(await reseal(rotating, sealed_columns), 4);

    const under_new: Record<string, unknown> = {};
    for (const { table, column, key, context } of sealed_columns) {
      const rows = await fixture.storage.sql.all<Record<string, string>>(`SELECT * FROM "${table}" WHERE "${column}" IS NOT NULL`);
      for (const row of rows) {
        const place = context(Object.fromEntries(key.map((name) => [name, row[name] ?? ''])));
        under_new[`${table} ${row['id'] ?? ''}`] = next.open(row[column] ?? '', place);
      }
    }
    assert.equal(under_new[`connections ${ldap.view.id}`], '{"bind_password":"canary"}');
    assert.equal(under_new[`clients ${app.view.id}`], app.view.client_secret);
    for (const { kid } of saml.view.service_provider.certificates ?? [])
      assert.match(String(under_new[`connection_keys ${kid}`]), /PRIVATE KEY/);
  });
});
