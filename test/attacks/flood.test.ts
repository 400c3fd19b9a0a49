import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { account_key } from '../../src/login/guesses.ts';
import { start_mock_ldap } from '../../src/mock/index.ts';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { person } from '../support/people.ts';
import { arrive } from '../support/relying_party.ts';
import { add_connection, add_organization, ldap_settings } from '../support/tenant.ts';

describe('floods', () => {
  let it_is: Installation;
  before(async () => {
    it_is = await start_installation();
  });
  after(() => it_is.stop());

  it('forged answers of partners do not fill the record: past the limit they are 429 and leave nothing behind', async () => {
    const statuses = new Map<number, number>();
    for (let i = 0; i < 150; i++) {
      const { status } = await fetch(`${it_is.broker.issuer}/oidc/${it_is.connection_id}/callback?state=forged-${i}&code=x`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    assert.equal(statuses.get(400), 120, JSON.stringify([...statuses]));
    assert.equal(statuses.get(429), 30);
    let kept = 0;
    for (let next: string | null = ''; next !== null; ) {
      const page: { data: unknown[]; next: string | null } = await it_is.broker.api(
        'GET',
        `/audit-events?type=login.failed&limit=100${next === '' ? '' : `&after=${encodeURIComponent(next)}`}`,
      );
      kept += page.data.length;
      next = page.next;
    }
    assert.equal(kept, 120);
    // honest answers from the same address still arrive
    assert.ok((await it_is.login()).user_id);
  });

  it('codes of devices are not guessed: a few tries a minute per address (RFC 8628 section 5.1)', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 35; i++) {
      const body = new URLSearchParams({ user_code: `AAAA-${String(i).padStart(4, 'B')}` });
      statuses.push((await fetch(`${it_is.broker.issuer}/device`, { method: 'POST', body })).status);
    }
    assert.equal(statuses.filter((status) => status === 429).length, 5);
  });

  it('one account, however its name is spelled, has one count of wrong passwords', async () => {
    const spelled = [
      'ann lee',
      'ANN LEE',
      'Ann  Lee',
      'ann\u00adlee',
      'ann\u200blee',
      'ann\u00a0lee',
      'ánn leé',
      'ａｎｎ ｌｅｅ',
      'ann\u0000lee',
    ];
    assert.equal(new Set(spelled.map((name) => account_key('org', name))).size, 1);
    assert.notEqual(account_key('org', 'ann'), account_key('org', 'anna'));
    assert.notEqual(account_key('org', 'ann'), account_key('other', 'ann'));
    const mock = await start_mock_ldap({ people: [person('carol')] });
    const tenant = await add_organization(it_is.broker, 'initech');
    await add_connection(it_is.broker, tenant, ldap_settings(mock));
    const statuses: number[] = [];
    for (let i = 0; i < 14; i++) {
      const browser = new Browser();
      const page = await arrive(browser, it_is.app, (await it_is.app.begin({ organization: 'initech' })).url);
      const username = `ca${'\u00ad'.repeat(i)}rol`;
      statuses.push((await browser.submit(page, { username, 'current-password': 'wrong' })).status);
    }
    await mock.close();
    assert.deepEqual(statuses.slice(10), [429, 429, 429, 429]);
  });
});
