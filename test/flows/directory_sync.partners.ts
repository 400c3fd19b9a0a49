import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Attribute, Change, Client } from 'ldapts';
import { ACCOUNTS, BASE, type OpenLdap, PASSWORD, start_openldap } from '../../scripts/partners/openldap.ts';
import { Browser } from '../support/browser.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client, add_connection, add_organization, type Tenant } from '../support/tenant.ts';

interface Run {
  readonly id: string;
  readonly status: string;
  readonly error: string | null;
  readonly whole: boolean;
  readonly seen: number;
  readonly created: number;
  readonly updated: number;
  readonly deactivated: number;
}
interface User {
  readonly id: string;
  readonly active: boolean;
  readonly family_name: string | null;
  readonly groups: readonly { readonly display_name: string }[];
}

describe('a thousand people of a real OpenLDAP, kept in step', () => {
  let slapd: OpenLdap;
  let broker: TestBroker;
  let tenant: Tenant;
  let app: RelyingParty;
  let connection_id: string;
  let directory: Client;
  const people = `ou=people,${BASE}`;
  before(async () => {
    slapd = await start_openldap({ extra: 1000 });
    directory = new Client({ url: `ldap://127.0.0.1:${slapd.port}` });
    await directory.bind(ACCOUNTS.administrator.dn, ACCOUNTS.administrator.password);
    broker = await start_broker();
    tenant = await add_organization(broker, 'acme', 'Acme');
    const settings = {
      ...{ urls: [`ldaps://localhost:${slapd.tls_port}`], vendor: 'openldap', ca_pem: slapd.ca_pem, timeout_ms: 20_000 },
      ...{ bind_dn: ACCOUNTS.gateway.dn, bind_password: ACCOUNTS.gateway.password, base_dn: people, group_base_dn: `ou=groups,${BASE}` },
    };
    connection_id = (await add_connection(broker, tenant, { protocol: 'ldap', ldap: settings })).id;
    app = await relying_party({ issuer: broker.issuer, ...(await add_client(broker)) });
  });
  after(async () => {
    await directory?.unbind();
    await broker?.stop();
    await slapd?.stop();
  });
  const organization = (): string => `/organizations/${tenant.org_id}`;
  const run = async (body: Readonly<Record<string, unknown>> = {}): Promise<Run> => {
    const runs = `${organization()}/connections/${connection_id}/sync-runs`;
    const { id } = await broker.api<Run>('POST', runs, body);
    for (;;) {
      const now = await broker.api<Run>('GET', `${runs}/${id}`);
      if (now.status !== 'running') return now;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const user = async (uid: string): Promise<User | undefined> => {
    const filter = encodeURIComponent(`email eq "${uid}@acme.example"`);
    return (await broker.api<{ data: User[] }>('GET', `${organization()}/users?filter=${filter}`)).data[0];
  };
  const groups = (one: User | undefined): string[] => (one?.groups ?? []).map(({ display_name }) => display_name).sort();

  it('are made, with nested groups, and are the same as who signs in', async () => {
    assert.equal((await run({ dry_run: true })).created, (await run()).created);
    const second = await run();
    assert.deepEqual([second.status, second.created, second.updated, second.whole], ['finished', 0, 0, false]);
    assert.ok(second.seen > 1000);
    const alice = await user('alice');
    assert.ok(groups(alice).includes('all-staff'));
    const before_it = groups(alice);
    const started = await app.begin({ login_hint: 'alice@acme.example' });
    const browser = new Browser();
    const arrived = await sign_in(browser, await arrive(browser, app, started.url), { username: 'alice', password: PASSWORD });
    assert.equal((await started.finish(arrived.url)).claims()?.sub, alice?.id);
    assert.deepEqual(groups(await user('alice')), before_it, 'a sign-in and a sync see the same groups');
  });

  it('are followed through another name, another group, leaving and coming back', async () => {
    const [renamed, moved, leaver] = ['user0001', 'user0002', 'user0003'];
    const ids = await Promise.all([renamed, moved, leaver].map(async (uid) => (await user(uid))?.id));
    await directory.modifyDN(`uid=${renamed},${people}`, `uid=other-name,${people}`);
    await directory.modify(`uid=other-name,${people}`, [
      new Change({ operation: 'replace', modification: new Attribute({ type: 'sn', values: ['Married'] }) }),
    ]);
    const board = `cn=board,ou=groups,${BASE}`;
    await directory.add(board, { objectClass: 'groupOfNames', cn: 'board', member: [`uid=${moved},${people}`] });
    await directory.modifyDN(`uid=${leaver},${people}`, `uid=${leaver},ou=services,${BASE}`);
    const first = await run();
    assert.deepEqual([first.status, first.error, first.created, first.deactivated], ['finished', null, 0, 1]);
    assert.deepEqual([(await user(renamed ?? ''))?.family_name, groups(await user(moved ?? '')).includes('board')], ['Married', true]);
    assert.equal((await user(leaver ?? ''))?.active, false);

    await directory.del(board);
    await directory.modifyDN(`uid=${leaver},ou=services,${BASE}`, `uid=${leaver},${people}`);
    const second = await run();
    assert.deepEqual([second.status, second.created, second.deactivated], ['finished', 0, 0]);
    const now = await Promise.all([renamed, moved, leaver].map((uid) => user(uid ?? '')));
    assert.deepEqual(
      now.map((one) => one?.id),
      ids,
    );
    assert.deepEqual([now[2]?.active, groups(now[1]).includes('board')], [true, false]);
  });
});
