import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Act } from '../../../src/audit/index.ts';
import type { OrgId } from '../../../src/kernel/index.ts';
import type { SetupVisit } from '../../../src/organizations/index.ts';
import { type Fixture, make_fixture, operator, org_admin, refusal } from './fixture.ts';

const partner: Act = { actor: { kind: 'setup_link', id: 'sul_1' } };
const DAY = 86_400_000;

describe('a set-up link', () => {
  let fixture: Fixture;
  let org: OrgId;
  const links = () => fixture.organizations.setup_links(org);
  const visits = () => fixture.organizations.setup_visits;
  const token_of = (url: string): string => url.split('/setup/')[1] ?? '';
  const made = async (body: unknown = {}) => {
    // no two at the same moment, so that there is a last one
    fixture.now += 1;
    const { view } = await links().create(body, operator);
    return { ...view, token: token_of(view.url) };
  };
  const visit_of = async (token: string): Promise<SetupVisit> => {
    const visit = await visits().find(token);
    assert.ok(visit !== undefined);
    return visit;
  };
  const status = async (id: string): Promise<string> => (await links().get(id)).view.status;
  const events = (): string[] => fixture.events.map(({ type }) => type).filter((type) => type.startsWith('setup_link.'));
  before(async () => {
    fixture = await make_fixture();
  });
  after(() => fixture.close());
  beforeEach(async () => {
    org = await fixture.new_org();
    fixture.events.length = 0;
  });

  it('is an address of this installation that says nothing, shown once and stored as a hash', async () => {
    const { view } = await links().create({}, operator);
    assert.match(view.url, /^https:\/\/login\.vendor\.example\/setup\/postern_setup_[\w-]{43}$/);
    assert.deepEqual(view.steps, ['domain', 'connection', 'scim']);
    assert.equal(Object.hasOwn((await links().get(view.id)).view, 'url'), false);
    const [row] = await fixture.storage.org(org).setup_links.find({ id: view.id });
    assert.ok(!JSON.stringify([row, fixture.events]).includes(token_of(view.url)));
  });

  it('lasts 7 days, or as long as is said, up to 30 days', async () => {
    const days = async (body: unknown): Promise<number> =>
      (Date.parse((await links().create(body, operator)).view.expires_at) - fixture.now) / DAY;
    assert.equal(await days({}), 7);
    assert.equal(await days({ expires_in: 86_400 }), 1);
    assert.equal(await days({ expires_in: '86400' }), 1);
    assert.equal(await days({ expires_in: 'P30D' }), 30);
    assert.equal(await days({ expires_in: 'P1W' }), 7);
    assert.equal(await days({ expires_in: 'PT12H' }), 0.5);
    assert.equal(await days({ expires_in: 1 }), 1 / 86_400);
    for (const expires_in of [0, -1, 1.5, 30 * 86_400 + 1, 'P31D', 'P1M', 'P1Y', 'P', 'PT', '7 days', '', null, {}])
      assert.deepEqual((await refusal(links().create({ expires_in }, operator))).fields, ['expires_in'], JSON.stringify(expires_in));
  });

  it('is for known steps, each once', async () => {
    for (const steps of [[], ['connection', 'connection'], ['everything'], 'connection'])
      assert.equal((await refusal(links().create({ steps }, operator))).status, 422);
    assert.deepEqual((await refusal(links().create({ status: 'finished', org_id: 'x' }, operator))).fields, ['status', 'org_id']);
  });

  it('says its steps as they were asked for; the portal goes through them in its own order', async () => {
    const { id, token, steps } = await made({ steps: ['scim', 'domain'] });
    assert.deepEqual(
      [steps, (await links().get(id)).view.steps],
      [
        ['scim', 'domain'],
        ['scim', 'domain'],
      ],
    );
    assert.deepEqual((await visit_of(token)).steps, ['domain', 'scim']);
  });

  it('takes the place of those in use for one of its steps, and of no other', async () => {
    const scim = await made({ steps: ['scim'] });
    const first = await made({ steps: ['domain', 'connection'] });
    const second = await made({ steps: ['connection'] });
    assert.deepEqual(await Promise.all([scim, first, second].map(({ id }) => status(id))), ['created', 'revoked', 'created']);
    assert.equal((await visit_of(first.token)).status, 'revoked');
    org = await fixture.new_org();
    await made();
    assert.equal((await visit_of(second.token)).status, 'created');
  });

  it('two made at once leave one in use', async () => {
    await Promise.all(Array.from({ length: 5 }, () => links().create({}, operator)));
    const { data } = await links().list({});
    assert.deepEqual(data.map((link) => link.status).sort(), ['created', 'revoked', 'revoked', 'revoked', 'revoked']);
  });

  it('says how far the partner got, and every event once', async () => {
    const { id, token } = await made();
    let visit = await visit_of(token);
    await Promise.all([visits().opened(visit, partner), visits().opened(visit, partner)]);
    assert.equal(await status(id), 'opened');
    visit = await visits().save(visit, { guide: 'okta' }, partner, 'provider');
    visit = await visits().save(visit, {}, partner, 'provider');
    assert.equal(await status(id), 'progressed');
    assert.deepEqual((await links().get(id)).view.progress, { done: ['provider'], guide: 'okta', connection_id: null });
    await visits().finish(visit, partner, 'none');
    assert.equal(await status(id), 'finished');
    assert.deepEqual(events(), ['setup_link.created', 'setup_link.opened', 'setup_link.progressed', 'setup_link.finished']);
  });

  it('is over when it has expired, was revoked or finished: nothing can be changed with it', async () => {
    const expired = await made();
    const seen = await visit_of(expired.token);
    fixture.now += 7 * DAY;
    assert.equal((await visit_of(expired.token)).status, 'expired');
    const changes = (visit: SetupVisit) => [
      () => visits().claim(visit, visit.version),
      () => visits().save(visit, { guide: 'okta' }, partner),
      () => visits().finish(visit, partner, 'none'),
    ];
    for (const change of changes(seen)) assert.equal((await refusal(change())).code, 'setup_link_over');
    const revoked = await made();
    const before = await visit_of(revoked.token);
    await links().revoke(revoked.id, operator);
    for (const change of changes(before)) assert.equal((await refusal(change())).code, 'setup_link_over');
    assert.equal((await refusal(links().revoke(revoked.id, operator))).code, 'setup_link_over');
    const gone = await made();
    const held = await visit_of(gone.token);
    await links().remove(gone.id, operator);
    assert.equal(await visits().find(gone.token), undefined);
    for (const change of changes(held)) assert.equal((await refusal(change())).code, 'setup_link_over');
  });

  it('lets one of two people on it write: the other is told', async () => {
    const { token } = await made();
    const visit = await visit_of(token);
    const claims = await Promise.allSettled([1, 2, 3].map(() => visits().claim(visit, visit.version)));
    assert.equal(claims.filter(({ status: how }) => how === 'fulfilled').length, 1);
    assert.equal((await refusal(visits().claim(visit, visit.version))).status, 412);
    const now = await visit_of(token);
    assert.equal(now.version, visit.version + 1);
    // where somebody is does not matter to the other
    assert.equal((await visits().save(now, {}, partner, 'vendor')).version, now.version);
    await visits().claim(now, now.version);
  });

  it('goes on where the one before was left, unless that is in use or finished', async () => {
    const connections = fixture.organizations.connections(org);
    const body = {
      protocol: 'oidc',
      name: 'X',
      enabled: false,
      oidc: { issuer: 'https://idp.example', client_id: 'x', client_secret: 'y' },
    };
    const first = await made({ steps: ['connection'] });
    const { view } = await connections.create(body, operator);
    await visits().save(await visit_of(first.token), { connection_id: view.id, guide: 'okta_oidc' }, partner, 'provider');
    const second = await made({ steps: ['connection', 'scim'] });
    assert.equal((await visit_of(second.token)).draft.guide, 'okta_oidc');
    await connections.update(view.id, { enabled: true }, operator);
    const third = await made({ steps: ['connection'] });
    assert.deepEqual((await visit_of(third.token)).draft.done, []);
    await connections.update(view.id, { enabled: false }, operator);
    const visit = await visits().save(await visit_of(third.token), { connection_id: view.id }, partner);
    await visits().finish(visit, partner, 'none');
    assert.equal((await visit_of((await made({ steps: ['connection'] })).token)).draft.connection_id, null);
  });

  it('that asks for approval switches on by the vendor, once', async () => {
    const { id, token } = await made({ requires_approval: true });
    assert.equal((await refusal(links().approve(id, operator))).code, 'nothing_to_approve');
    const { view } = await fixture.organizations
      .connections(org)
      .create(
        { protocol: 'oidc', name: 'X', enabled: false, oidc: { issuer: 'https://idp.example', client_id: 'x', client_secret: 'y' } },
        operator,
      );
    const visit = await visits().save(await visit_of(token), { connection_id: view.id }, partner, 'connection');
    await visits().finish(visit, partner, 'requested');
    assert.equal((await fixture.organizations.connections(org).get(view.id)).view.enabled, false);
    const approved = await links().approve(id, operator);
    assert.deepEqual([approved.view.approval, approved.view.status], ['approved', 'finished']);
    assert.equal((await fixture.organizations.connections(org).get(view.id)).view.enabled, true);
    assert.equal((await refusal(links().approve(id, operator))).code, 'nothing_to_approve');
    assert.deepEqual(events().slice(-2), ['setup_link.approval_requested', 'setup_link.approved']);
  });

  it('may be made by an administrator of the organization', async () => {
    assert.equal((await links().create({}, org_admin)).view.status, 'created');
  });
});
