import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type OrgId } from '../../../src/kernel/index.ts';
import { act } from '../../support/people_world.ts';
import { link_world, type LinkWorld } from './link_world.ts';

let world: LinkWorld;
let acme: OrgId;
let globex: OrgId;

before(async () => {
  world = await link_world();
});
after(() => world.close());

const by_email = { provisioning: { link_by: 'verified_email' as const } };
const said = { email: ['ann@acme.example'] };

/** Acme with Ann, whose address it has proven; Globex beside it. */
async function set_up(): Promise<string> {
  acme = await world.add_organization(['acme.example']);
  globex = await world.add_organization(['globex.example']);
  return (await world.users.users(acme).create({ user_name: 'ann', email: 'ann@acme.example' }, act)).view.id;
}

describe('nOAuth: an address that the attacker’s own provider vouches for', () => {
  it('of another organization reaches nobody there, whatever the provider says of it', async () => {
    const ann = await set_up();
    const theirs = await world.partner(globex, by_email);
    const { user_id, created } = await world.sign_in(theirs, 's', said, { email_verified: true });
    assert.equal(created, true);
    assert.notEqual(user_id, ann);
    assert.equal((await world.users.users(acme).get(ann)).view.identities.length, 0);
    assert.equal((await world.users.users(globex).get(user_id)).view.email_verified, false);
  });

  it('of a domain that this organization has not proven links nothing', async () => {
    await set_up();
    const partner = await world.partner(acme, by_email);
    const { view } = await world.users.users(acme).create({ user_name: 'guest', email: 'guest@gmail.com' }, act);
    const { user_id } = await world.sign_in(partner, 's', { email: ['guest@gmail.com'] }, { email_verified: true });
    assert.notEqual(user_id, view.id);
  });

  it('of a subdomain of a proven domain, or one that only ends like it, links nothing', async () => {
    await set_up();
    const partner = await world.partner(acme, by_email);
    for (const [n, email] of ['ann@sub.acme.example', 'ann@evilacme.example', 'ann@acme.example.evil.example'].entries()) {
      const { view } = await world.users.users(acme).create({ user_name: email, email }, act);
      assert.notEqual((await world.sign_in(partner, `s${n}`, { email: [email] }, { email_verified: true })).user_id, view.id);
    }
  });

  it('that the provider says is not verified links nothing, and is not verified in our tokens', async () => {
    const ann = await set_up();
    for (const protocol of ['oidc', 'saml', 'ldap'] as const) {
      const partner = await world.partner(acme, { protocol, ...by_email });
      const { user_id } = await world.sign_in(partner, 's', { ...said, mail: said.email }, { email_verified: false });
      assert.notEqual(user_id, ann);
      assert.equal((await world.users.users(acme).get(user_id)).view.email_verified, false);
    }
  });

  it('of which an OIDC provider says nothing links nothing, though it is believed for this domain', async () => {
    const ann = await set_up();
    const partner = await world.partner(acme, by_email);
    const { user_id } = await world.sign_in(partner, 's', said);
    assert.notEqual(user_id, ann);
    assert.equal((await world.users.users(acme).get(user_id)).view.email_verified, true);
  });

  it('mapped from another claim is not what email_verified is about; the very claim in another case is', async () => {
    const claims = [{ email: ['mallory@evil.example'] }, {}, { email: [] }, { email: ['ANN@acme.example'] }];
    const linked: boolean[] = [];
    for (const claim of claims) {
      const ann = await set_up();
      const partner = await world.partner(acme, { attribute_mapping: { email: 'preferred_username' }, ...by_email });
      const { user_id } = await world.sign_in(partner, 's', { ...claim, preferred_username: said.email }, { email_verified: true });
      linked.push(user_id === ann);
    }
    assert.deepEqual(linked, [false, false, false, true]);
  });

  it('that a hook makes of a verified one is not what email_verified is about', async () => {
    const ann = await set_up();
    const partner = await world.partner(acme, by_email);
    const ask_hook = async () => ({ allow: true as const, person: { email: 'ann@acme.example' } });
    const { user_id } = await world.sign_in(partner, 's', { email: ['mallory@acme.example'] }, { email_verified: true, ask_hook });
    assert.notEqual(user_id, ann);
  });

  it('in a look-alike alphabet is another address', async () => {
    const ann = await set_up();
    const partner = await world.partner(acme, by_email);
    // cyrillic а, fullwidth a, the Kelvin sign's cousins, a dotless i
    for (const [n, email] of [
      '\u0430nn@acme.example',
      '\uff41nn@acme.example',
      'ann\u200b@acme.example',
      'ann@\u0430cme.example',
    ].entries())
      assert.notEqual((await world.sign_in(partner, `s${n}`, { email: [email] }, { email_verified: true })).user_id, ann, email);
  });

  it('on an account whose own partner denied it is no candidate: it was never proven theirs', async () => {
    await set_up();
    const one = await world.partner(acme, { provisioning: { link_by: 'none' } });
    const two = await world.partner(acme, by_email);
    const pre_hijacker = await world.sign_in(one, 's', { email: ['victim@acme.example'] }, { email_verified: false });
    const victim = await world.sign_in(two, 's', { email: ['victim@acme.example'] }, { email_verified: true });
    assert.notEqual(victim.user_id, pre_hijacker.user_id);
  });
});

describe('an ambiguous or occupied account', () => {
  it('with several candidates by address is 403, nothing linked', async () => {
    await set_up();
    const partner = await world.partner(acme, by_email);
    await world.users.users(acme).create({ user_name: 'ann-2', email: 'ANN@acme.example' }, act);
    assert.equal(await world.refused(() => world.sign_in(partner, 's', said, { email_verified: true })), '403 link_refused');
  });

  it('with several candidates by external_id is 403, nothing linked', async () => {
    await set_up();
    const partner = await world.partner(acme);
    for (const user_name of ['one', 'two']) await world.made_by_scim(acme, { user_name, external_id: 's' }, { connection_id: partner.id });
    assert.equal(await world.refused(() => world.sign_in(partner, 's')), '403 link_refused');
  });

  it('already bound to another subject of this connection is 403, nothing linked, also when JIT could make another', async () => {
    await set_up();
    const partner = await world.partner(acme, by_email);
    await world.sign_in(partner, 'first', said, { email_verified: true });
    assert.equal(await world.refused(() => world.sign_in(partner, 'second', said, { email_verified: true })), '403 link_refused');
    const by_scim = await world.made_by_scim(acme, { user_name: 'bob', external_id: 'bob' }, { connection_id: partner.id });
    await world.sign_in(partner, 'bob');
    await world.users.users(acme).update(by_scim, { external_id: 'robert' }, act);
    assert.equal(await world.refused(() => world.sign_in(partner, 'robert')), '403 link_refused');
  });
});

describe('a suspended way in', () => {
  it('of a user who is switched off is 403, by every path', async () => {
    const ann = await set_up();
    const partner = await world.partner(acme, by_email);
    await world.sign_in(partner, 'known', said, { email_verified: true });
    await world.users.users(acme).update(ann, { active: false }, act);
    assert.equal(await world.refused(() => world.sign_in(partner, 'known', said)), '403 user_inactive');
    const neighbour = await world.partner(acme, by_email);
    assert.equal(await world.refused(() => world.sign_in(neighbour, 'new', said, { email_verified: true })), '403 user_inactive');
    await world.made_by_scim(acme, { user_name: 'off', external_id: 'off', active: false }, { connection_id: partner.id });
    assert.equal(await world.refused(() => world.sign_in(partner, 'off')), '403 user_inactive');
  });

  it('of a suspended organization is 403, for known and new people', async () => {
    await set_up();
    const partner = await world.partner(acme);
    await world.sign_in(partner, 'known');
    await world.storage.transact((tx) => tx.gateway.organizations.update({ id: acme }, { status: 'suspended' }));
    for (const subject of ['known', 'new'])
      assert.equal(await world.refused(() => world.sign_in(partner, subject)), '403 organization_suspended');
  });

  it('of a disabled or deleted connection is 403, for known and new people, whatever the caller still believes', async () => {
    await set_up();
    const partner = await world.partner(acme);
    await world.sign_in(partner, 'known');
    await world.storage.transact((tx) => tx.org(acme).connections.update({ id: partner.id }, { enabled: false }));
    for (const subject of ['known', 'new'])
      assert.equal(await world.refused(() => world.sign_in(partner, subject)), '403 connection_disabled');
    await world.storage.transact((tx) => tx.org(acme).connections.delete({ id: partner.id }));
    assert.equal(await world.refused(() => world.sign_in(partner, 'known')), '403 connection_disabled');
  });

  it('of a connection that belongs to another organization is 403, and leaves no trace there', async () => {
    await set_up();
    const theirs = await world.partner(globex);
    assert.equal(await world.refused(() => world.sign_in(theirs, 's', said, { org_id: acme })), '403 connection_disabled');
  });
});

describe('an identity that is nobody’s', () => {
  const blank: readonly unknown[] = [
    '',
    ' ',
    '\u00a0\u3000',
    '\t',
    'a\u0000b',
    'a\nb',
    '\ud800',
    'x'.repeat(256),
    undefined,
    null,
    7,
    ['s'],
    {},
  ];
  for (const subject of blank)
    it(`${JSON.stringify(subject)?.slice(0, 20) ?? 'undefined'} is 400, and makes no account`, async () => {
      await set_up();
      const partner = await world.partner(acme);
      // a connector that breaks its word
      assert.equal(await world.refused(() => world.sign_in(partner, subject as string, said)), '400 answer_invalid');
    });

  it('of the same subject at another connection is somebody else', async () => {
    await set_up();
    const one = await world.partner(acme);
    const two = await world.partner(acme);
    const three = await world.partner(globex);
    const ids = new Set<string>();
    for (const partner of [one, two, three]) ids.add((await world.sign_in(partner, 'same')).user_id);
    assert.equal(ids.size, 3);
  });

  it('whose values are hostile is signed in without them', async () => {
    await set_up();
    const partner = await world.partner(acme, { attribute_mapping: { user_name: 'n', groups: 'g', x: 'x' } });
    const wide = '\ufdfa'.repeat(320);
    const { user_id } = await world.sign_in(partner, "s'; DROP TABLE users; --", {
      n: [wide],
      g: ['\ufdfa'.repeat(255), "'); --", 'a\u0000'],
      x: ['\ud800', 'ok'],
    });
    const { view } = await world.users.users(acme).get(user_id);
    assert.deepEqual([view.user_name, view.groups.length, view.attributes], [wide, 2, { x: 'ok' }]);
    const again = await world.sign_in(partner, 'other', { n: [wide] });
    assert.match((await world.users.users(acme).get(again.user_id)).view.user_name, /^other@con_/);
  });
});
