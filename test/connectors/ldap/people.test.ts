import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { CredentialConnector, DirectoryPerson } from '../../../connectors/connector.ts';
import { type MockLdap, start_mock_ldap } from '../../../src/mock/ldap/index.ts';
import { make_call, open_ldap } from '../../support/ldap_connector.ts';
import { person } from '../../support/people.ts';
import { settings_for } from './mock_stage.ts';

const crowd = Array.from({ length: 1001 }, (_, index) =>
  person(`user${index}`, { groups: index === 7 ? ['A', 'B', 'C', 'D', 'E', 'F', 'G'] : [] }),
);

describe('everyone in a directory', () => {
  let mock: MockLdap;
  let connector: CredentialConnector;
  before(async () => {
    mock = await start_mock_ldap({ people: crowd });
    connector = open_ldap(settings_for(mock, 'openldap', { timeout_ms: 10_000 }));
  });
  after(async () => {
    await connector.close?.();
    await mock.close();
  });
  afterEach(() => mock.switches.reset());
  const read = async (): Promise<DirectoryPerson[]> => {
    const all: DirectoryPerson[] = [];
    assert.ok(connector.directory !== undefined);
    for await (const page of connector.directory.people(make_call())) all.push(...page);
    return all;
  };

  it('is read page by page, each person once, by the id that never changes', async () => {
    const all = await read();
    assert.equal(new Set(all.map(({ subject }) => subject)).size, crowd.length);
    assert.ok(all.every(({ active }) => active));
    assert.deepEqual(all.find(({ attributes }) => attributes['uid']?.[0] === 'user7')?.attributes['groups'], [
      'A',
      'B',
      'C',
      'D',
      'E',
      'F',
      'G',
    ]);
  });

  it('an empty page with a cookie does not end the list', async () => {
    mock.switches.set('empty_page', true);
    assert.equal((await read()).length, crowd.length);
  });

  it('lists that come in pieces are completed on the way', async () => {
    mock.switches.set('value_ranges', true);
    const all = await read();
    assert.equal(all.length, crowd.length);
    assert.equal(all.find(({ attributes }) => attributes['uid']?.[0] === 'user7')?.attributes['groups']?.length, 7);
  });

  it('a list that is cut short is a fault, never a shorter list', async () => {
    mock.switches.set('cut_list', true);
    await assert.rejects(read(), { reason: 'misconfigured', message: /sizeLimitExceeded/ });
  });

  it('a connection that breaks in the middle is a fault: it is not made anew, as nobody', async () => {
    assert.ok(connector.directory !== undefined);
    const pages = connector.directory.people(make_call())[Symbol.asyncIterator]();
    assert.equal((await pages.next()).done, false);
    mock.cut();
    await assert.rejects(
      async () => {
        while ((await pages.next()).done !== true);
      },
      { reason: 'unreachable' },
    );
    // and the next list is whole again
    assert.equal((await read()).length, crowd.length);
  });

  it('whose ids cannot be read is a fault', async () => {
    mock.switches.set('no_ids', true);
    await assert.rejects(read(), { reason: 'misconfigured' });
  });

  it('may be left in the middle', async () => {
    assert.ok(connector.directory !== undefined);
    for await (const page of connector.directory.people(make_call())) {
      assert.ok(page.length > 0);
      break;
    }
    assert.equal((await read()).length, crowd.length);
  });
});
