import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { start_mock_ldap } from '../../../src/mock/ldap/index.ts';
import { make_call, open_ldap } from '../../support/ldap_connector.ts';
import { person } from '../../support/people.ts';
import { type Flavour, NESTED, settings_for } from './mock_stage.ts';

const PEOPLE = [person('carol', { groups: ['Backend'] }), person('dave'), person('eve', { groups: ['Loop', 'Other'] })];

describe('the groups of everyone', () => {
  for (const flavour of ['openldap', 'active_directory'] as const satisfies readonly Flavour[])
    for (const more of [{}, { nested_groups: false }, { group_filter: '(cn=E*)' }, { group_filter: '(cn=Everyone)' }])
      it(`are those that a sign-in finds: ${flavour} ${JSON.stringify(more)}`, async (t) => {
        const mock = await start_mock_ldap({ people: PEOPLE, flavour, nested_groups: NESTED });
        const connector = open_ldap(settings_for(mock, flavour, more));
        t.after(async () => {
          await connector.close?.();
          await mock.close();
        });
        const of_all = new Map<string, readonly string[]>();
        for await (const page of connector.directory?.people(make_call()) ?? [])
          for (const { subject, attributes } of page) of_all.set(subject, [...(attributes['groups'] ?? [])].sort());
        assert.equal(of_all.size, PEOPLE.length);
        for (const { username, password } of PEOPLE) {
          const outcome = await connector.verify({ username, password }, make_call());
          assert.ok(outcome.ok);
          assert.deepEqual(of_all.get(outcome.identity.subject), [...(outcome.identity.attributes['groups'] ?? [])].sort(), username);
        }
      });
});
