import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CredentialConnector } from '../../../connectors/connector.ts';
import { ldap_switches, type MockLdap, start_mock_ldap } from '../../../src/mock/ldap/index.ts';
import { make_call, open_ldap } from '../../support/ldap_connector.ts';
import { person } from '../../support/people.ts';
import { type Flavour, settings_for } from './mock_stage.ts';

const many = Array.from({ length: 23 }, (_, index) => `Team ${index}`);

for (const flavour of ['openldap', 'active_directory'] as const satisfies readonly Flavour[]) {
  describe(`groups of a person in the ${flavour} flavour`, () => {
    let mock: MockLdap;
    before(async () => {
      mock = await start_mock_ldap({
        flavour,
        switches: ldap_switches(['continuations']),
        people: [
          person('carol', { groups: ['Backend', 'R&D, Prague (x) \\'] }),
          person('many', { groups: many }),
          person('crowd', { groups: [] }),
        ],
        nested_groups: { Backend: ['Engineering'], Engineering: ['Loop'], Loop: ['Backend', 'Engineering'] },
      });
    });
    after(() => mock.close());
    const primary = flavour === 'active_directory' ? ['Domain Users'] : [];
    const groups = async (username: string, more: Record<string, unknown> = {}, name = 'groups'): Promise<readonly string[]> => {
      const connector: CredentialConnector = open_ldap(settings_for(mock, flavour, more));
      try {
        const outcome = await connector.verify({ username, password: `${username}-password` }, make_call());
        assert.ok(outcome.ok);
        return [...(outcome.identity.attributes[name] ?? [])].sort();
      } finally {
        await connector.close?.();
      }
    };

    it('are found through groups in groups; loops end', async () => {
      assert.deepEqual(await groups('carol'), ['Backend', 'Engineering', 'Loop', 'R&D, Prague (x) \\', ...primary].sort());
    });

    it('are the direct ones where nested ones are switched off', async () => {
      assert.deepEqual(await groups('carol', { nested_groups: false }), ['Backend', 'R&D, Prague (x) \\', ...primary].sort());
    });

    it('come as distinguished names for a mapping that asks', async () => {
      assert.ok((await groups('carol', {}, 'memberOf;dn')).some((dn) => dn.toLowerCase() === `cn=backend,ou=groups,${mock.base_dn}`));
    });

    it('are those that the filter and the base name, and no others', async () => {
      assert.deepEqual(
        await groups('carol', { group_filter: '(cn=Engineering)', nested_groups: flavour === 'active_directory' }),
        flavour === 'active_directory' ? ['Engineering'] : [],
      );
      assert.deepEqual(await groups('carol', { group_filter: '(|(cn=Backend)(cn=Engineering))' }), ['Backend', 'Engineering']);
      assert.deepEqual(await groups('carol', { group_base_dn: `ou=people,${mock.base_dn}` }), []);
    });

    it('range retrieval: a long list of memberships that comes in pieces is whole', async () => {
      mock.switches.set('value_ranges', true);
      // one name per group, though the search for groups be blind
      assert.deepEqual((await groups('many', { group_base_dn: mock.base_dn })).length, many.length + primary.length);
      mock.switches.set('value_ranges', false);
    });

    it('pages: an empty page in between does not end the list', async () => {
      mock.switches.set('empty_page', true);
      assert.equal((await groups('many')).length, many.length + primary.length);
      mock.switches.set('empty_page', false);
    });
  });
}
