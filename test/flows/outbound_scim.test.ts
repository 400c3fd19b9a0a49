import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ReceiptView } from '../../src/audit/index.ts';
import { start_broker, type TestBroker } from '../support/broker.ts';
import { add_client, add_organization, type Tenant } from '../support/tenant.ts';
import { until } from '../support/until.ts';

interface Page {
  readonly totalResults: number;
  readonly Resources: readonly (Readonly<Record<string, unknown>> & { readonly id: string })[];
}

/** Its SCIM server is Postern's own: as strict as the RFC. */
describe('outbound SCIM, from the directory of a partner to the directory of an app', () => {
  let broker: TestBroker;
  let acme: Tenant;
  let app: Tenant;
  let client_id: string;
  let target_id: string;
  const tokens = new Map<string, string>();
  before(async () => {
    broker = await start_broker();
    acme = await add_organization(broker, 'acme');
    app = await add_organization(broker, 'app-directory');
    ({ client_id } = await add_client(broker, { organizations: [acme.org_id] }));
    for (const { org_id } of [acme, app]) {
      const { token } = await broker.api<{ token: string }>('POST', `/organizations/${org_id}/scim-tokens`, { dialect: 'strict' });
      tokens.set(org_id, token);
    }
    const target = await broker.api<{ id: string }>('POST', '/scim-targets', {
      ...{ client_id, base_url: `${broker.issuer}/scim/${app.org_id}/v2`, token: tokens.get(app.org_id), name: 'App' },
      mapping: {
        userName: 'user_name',
        displayName: 'name',
        'name.givenName': 'given_name',
        'name.familyName': 'family_name',
        'emails[type eq "work"].value': 'email',
        'emails[type eq "home"].value': 'attributes.home_mail',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization': 'org_name',
      },
    });
    target_id = target.id;
  });
  after(() => broker.stop());

  const scim = async (of: Tenant, method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${broker.issuer}/scim/${of.org_id}/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens.get(of.org_id) ?? ''}`, 'content-type': 'application/scim+json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Page & Readonly<Record<string, unknown>> & { readonly id: string }; // as SCIM has it
  };
  const patch = (Operations: readonly object[]) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });
  const there = async (kind: 'Users' | 'Groups', external_id: string) =>
    (await scim(app, 'GET', `/${kind}?filter=${encodeURIComponent(`externalId eq "${external_id}"`)}`)).Resources[0];

  it('somebody comes, is in groups, has roles, changes, leaves: the app has it all, and the receipt is complete', async () => {
    const ann = await scim(acme, 'POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      ...{ userName: 'ann@acme.example', name: { givenName: 'Ann', familyName: 'Lee' } },
      emails: [{ value: 'ann@acme.example', type: 'work', primary: true }],
    });
    const made = await until(
      () => there('Users', ann.id),
      (found) => found !== undefined,
    );
    assert.deepEqual(
      [made?.['userName'], made?.['displayName'], made?.['active'], made?.['name']],
      ['ann@acme.example', 'Ann Lee', true, { givenName: 'Ann', familyName: 'Lee' }],
    );
    assert.deepEqual(made?.['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'], { organization: 'acme' });

    const staff = await scim(acme, 'POST', '/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Staff' });
    await scim(acme, 'PATCH', `/Groups/${staff.id}`, patch([{ op: 'add', path: 'members', value: [{ value: ann.id }] }]));
    const members = (found: Readonly<Record<string, unknown>> | undefined) => (found?.['members'] ?? []) as { value: string }[];
    await until(
      () => there('Groups', staff.id),
      (found) => members(found).some(({ value }) => value === made?.id),
    );

    await broker.api('PATCH', `/organizations/${acme.org_id}/users/${ann.id}`, { roles: [{ role: 'editor', client_id }] });
    await until(
      () => there('Users', ann.id),
      (found) => JSON.stringify(found?.['roles'] ?? []).includes('editor'),
    );
    await scim(acme, 'PATCH', `/Users/${ann.id}`, patch([{ op: 'replace', path: 'name.familyName', value: 'Kim' }]));
    await until(
      () => there('Users', ann.id),
      (found) => found?.['displayName'] === 'Ann Kim',
    );

    await scim(acme, 'PATCH', `/Users/${ann.id}`, patch([{ op: 'replace', path: 'active', value: false }]));
    await until(
      () => there('Users', ann.id),
      (found) => found?.['active'] === false,
    );
    const receipts = () => broker.api<{ data: ReceiptView[] }>('GET', `/organizations/${acme.org_id}/users/${ann.id}/receipts`);
    const { data } = await until(receipts, ({ data: [one] }) => one?.completed_at != null);
    assert.deepEqual(
      data[0]?.accounts.map(({ target_id: target, client_id: client, outcome, tries }) => [target, client, outcome, tries]),
      [[target_id, client_id, 'confirmed', 1]],
    );

    await scim(acme, 'DELETE', `/Users/${ann.id}`);
    await until(
      () => there('Users', ann.id),
      (found) => found === undefined,
    );
    await scim(acme, 'DELETE', `/Groups/${staff.id}`);
    await until(
      () => there('Groups', staff.id),
      (found) => found === undefined,
    );
    const { data: letters } = await broker.api<{ data: unknown[] }>('GET', `/scim-targets/${target_id}/dead-letters`);
    assert.deepEqual(letters, []);
  });

  it('what the API says of it: loads, comparisons, dead letters, and never the token', async () => {
    await scim(acme, 'POST', '/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'bob' });
    const load = await broker.call('POST', `/scim-targets/${target_id}/load`, {});
    assert.equal(load.status, 201);
    const run_path = load.headers.get('location') ?? '';
    const { id } = (await load.json()) as { id: string }; // as the API has it
    assert.ok(run_path.endsWith(`/scim-targets/${target_id}/runs/${id}`), run_path);
    const runs = () => broker.api<{ status: string; done: number; total: number }>('GET', `/scim-targets/${target_id}/runs/${id}`);
    const done = await until(runs, ({ status }) => status === 'done');
    assert.deepEqual([done.done, done.total], [1, 1]);
    const check = await broker.api<{ id: string }>('POST', `/scim-targets/${target_id}/drift-check`, { repair: true });
    const checked = await until(
      () => broker.api<{ status: string; findings: unknown[] }>('GET', `/scim-targets/${target_id}/runs/${check.id}`),
      ({ status }) => status === 'done',
    );
    assert.deepEqual(checked.findings, []);
    assert.deepEqual(await broker.api('POST', `/scim-targets/${target_id}/resend`, {}), { resent: 0 });
    const target = await broker.api('GET', `/scim-targets/${target_id}`);
    assert.deepEqual([target['token'], target['state']], ['***', 'ok']);
    const everything = JSON.stringify([
      target,
      await broker.api('GET', '/scim-targets'),
      await broker.api('GET', '/audit-events?limit=1000'),
    ]);
    assert.ok(!everything.includes(tokens.get(app.org_id) ?? 'none'));
  });
});
