import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LoginRefused, type OrgId, parse_user_id } from '../../../src/kernel/index.ts';
import type { PresentedUser } from '../../../src/users/index.ts';
import { act, start } from '../../support/people_world.ts';
import { link_world, type LinkWorld, type Partner } from './link_world.ts';

let world: LinkWorld;
let org: OrgId;

before(async () => {
  world = await link_world();
});
after(() => world.close());

/** An organization of one's own for each rule. */
const fresh = async (): Promise<OrgId> => {
  org = await world.add_organization(['acme.example']);
  return org;
};
const user = async (id: string, of = org): Promise<PresentedUser> => (await world.users.users(of).get(id)).view;
const people = async (of = org): Promise<readonly PresentedUser[]> => (await world.users.users(of).list({ limit: 1000 })).data;
const group_names = (of: PresentedUser): string[] => of.groups.map((group) => group.display_name);

describe('just-in-time provisioning', () => {
  it('makes the user at the first sign-in and knows them by (organization, connection, subject) from then on', async () => {
    const partner = await world.partner(await fresh());
    const first = await world.sign_in(partner, 'sub-1', { email: ['ann@acme.example'], given_name: ['Ann'], groups: ['Staff'] });
    assert.deepEqual([first.created, parse_user_id(first.user_id)], [true, first.user_id]);
    world.clock.now = start + 60_000;
    const second = await world.sign_in(partner, 'sub-1', { email: ['ann@acme.example'], given_name: ['Ann'], groups: ['Staff'] });
    world.clock.now = start;
    assert.deepEqual(second, { user_id: first.user_id, created: false, updated: false });
    const made = await user(first.user_id);
    assert.deepEqual([made.user_name, made.source, made.given_name, group_names(made)], ['ann@acme.example', 'jit', 'Ann', ['Staff']]);
    assert.deepEqual(made.identities, [{ connection_id: partner.id, subject: 'sub-1', last_login_at: '2026-01-01T00:01:00.000Z' }]);
    assert.equal(made.last_login_at, '2026-01-01T00:01:00.000Z');
  });

  it('is recorded: the user, the identity and the groups that were made', async () => {
    const partner = await world.partner(await fresh());
    const { user_id } = await world.sign_in(partner, 's', { groups: ['New'] });
    const recorded = world.events.filter((event) => event.org_id === org).map((event) => event.type);
    assert.deepEqual(recorded, ['user.created', 'identity.linked', 'group.created', 'user.groups_changed']);
    assert.deepEqual(world.events.find((event) => event.org_id === org && event.type === 'identity.linked')?.after, {
      connection_id: partner.id,
      subject: 's',
    });
    assert.equal(world.checks.at(-1)?.detail, `made: user ${user_id}`);
  });

  const names: readonly (readonly [string, Record<string, string[]>, string])[] = [
    ['the mapped user_name', { login: ['ann'], email: ['ann@acme.example'] }, 'ann'],
    ['else the e-mail', { email: ['ann@acme.example'] }, 'ann@acme.example'],
    ['else the subject', {}, 'subject-9'],
  ];
  for (const [what, attributes, expected] of names)
    it(`takes as user_name ${what}`, async () => {
      const partner = await world.partner(await fresh(), { attribute_mapping: { user_name: 'login', email: 'email' } });
      assert.equal((await user((await world.sign_in(partner, 'subject-9', attributes)).user_id)).user_name, expected);
    });

  it('of a user_name that is taken, takes the subject qualified by the connection; and yet another where that is taken too', async () => {
    const partner = await world.partner(await fresh());
    await world.users.users(org).create({ user_name: 'ANN@acme.example' }, act);
    const made = await user((await world.sign_in(partner, 's-1', { email: ['ann@acme.example'] })).user_id);
    assert.equal(made.user_name, `s-1@${partner.id}`);
    await world.users.users(org).create({ user_name: `s-2@${partner.id}` }, act);
    const other = await user((await world.sign_in(partner, 's-2', { email: ['ann@acme.example'] })).user_id);
    assert.match(other.user_name, new RegExp(`^${partner.id}:`));
    assert.equal((await people()).length, 4);
  });

  it('off lets in who has an account only', async () => {
    const partner = await world.partner(await fresh(), { provisioning: { jit: false } });
    assert.equal(await world.refused(() => world.sign_in(partner, 's')), '403 no_account');
    const { view } = await world.users.users(org).create({ user_name: 'there' }, act);
    await world.users.users(org).import([{ user_name: 'there', identities: [{ connection_id: partner.id, subject: 's' }] }], {}, act);
    assert.deepEqual(await world.sign_in(partner, 's'), { user_id: view.id, created: false, updated: false });
  });

  it('compares subjects byte by byte', async () => {
    const partner = await world.partner(await fresh());
    const subjects = ['Case', 'case', 'case ', 'cas\u00e9', 'cas\u0065\u0301', '\u0441ase'];
    const ids = new Set<string>();
    for (const subject of subjects) ids.add((await world.sign_in(partner, subject)).user_id);
    assert.equal(ids.size, subjects.length);
    for (const subject of subjects) assert.equal((await world.sign_in(partner, subject)).created, false);
  });

  it('of 50 first sign-ins of one person at once makes one user, whom all of them reach', async () => {
    const partner = await world.partner(await fresh());
    const results = await Promise.all(
      Array.from({ length: 50 }, () => world.sign_in(partner, 'many', { email: ['many@acme.example'], groups: ['A', 'B'] })),
    );
    assert.equal(new Set(results.map((result) => result.user_id)).size, 1);
    assert.equal(results.filter((result) => result.created).length, 1);
    const all = await people();
    assert.deepEqual([all.length, all[0]?.user_name], [1, 'many@acme.example']);
  });

  it('of 30 people of one e-mail and shared groups at once makes 30', async () => {
    const partner = await world.partner(await fresh());
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        world.sign_in(partner, `p${n}`, { email: ['shared@acme.example'], groups: n % 2 === 0 ? ['B', 'A'] : ['A', 'B', 'C'] }),
      ),
    );
    assert.equal(new Set(results.map((result) => result.user_id)).size, 30);
    assert.equal((await people()).filter((one) => group_names(one).includes('A')).length, 30);
  });
});

describe('an update at sign-in', () => {
  const told = { email: ['ann@acme.example'], given_name: ['Ann'], family_name: ['Lee'], department: ['IT'] };
  const mapping = { email: 'email', given_name: 'given_name', family_name: 'family_name', department: 'department', user_name: 'login' };
  const other = { email: ['ann2@acme.example'], given_name: ['Anna'] };

  it('takes what the partner now says; what it leaves out of the profile stays, a mapped attribute that it leaves out has ended', async () => {
    const partner = await world.partner(await fresh(), { attribute_mapping: mapping });
    const { user_id } = await world.sign_in(partner, 's', told);
    await world.users.users(org).update(user_id, { attributes: { by_hand: 'stays' } }, act);
    assert.equal((await world.sign_in(partner, 's', other)).updated, true);
    const now = await user(user_id);
    assert.deepEqual(
      [now.email, now.given_name, now.family_name, now.attributes],
      ['ann2@acme.example', 'Anna', 'Lee', { by_hand: 'stays' }],
    );
  });

  it('is left out where the connection says so', async () => {
    const partner = await world.partner(await fresh(), {
      attribute_mapping: { ...mapping, groups: 'groups' },
      provisioning: { update_on_login: false },
    });
    const { user_id } = await world.sign_in(partner, 's', { ...told, groups: ['A'] });
    const before_ = await user(user_id);
    assert.equal((await world.sign_in(partner, 's', { ...other, groups: ['B'] })).updated, false);
    const after_ = await user(user_id);
    assert.deepEqual({ ...after_, last_login_at: null }, { ...before_, last_login_at: null });
  });

  it('leaves to SCIM what SCIM owns', async () => {
    const partner = await world.partner(await fresh(), { attribute_mapping: mapping });
    const user_id = await world.made_by_scim(
      org,
      { user_name: 'ann', external_id: 's', given_name: 'By SCIM' },
      { connection_id: partner.id },
    );
    await world.sign_in(partner, 's', { ...told, login: ['renamed'] });
    const now = await user(user_id);
    assert.deepEqual([now.user_name, now.given_name, now.email], ['ann', 'By SCIM', null]);
  });

  it('to a user_name that somebody else has leaves the person the one they had, and takes the rest', async () => {
    const partner = await world.partner(await fresh(), { attribute_mapping: mapping });
    await world.users.users(org).create({ user_name: 'taken' }, act);
    const { user_id } = await world.sign_in(partner, 's', { ...told, login: ['mine'] });
    await world.sign_in(partner, 's', { login: ['TAKEN'], given_name: ['New'] });
    const now = await user(user_id);
    assert.deepEqual([now.user_name, now.given_name], ['mine', 'New']);
  });

  it('makes the groups of this connection exactly those that it names; what the API, SCIM or another connection holds them in as well stays', async () => {
    const partner = await world.partner(await fresh());
    const { user_id } = await world.sign_in(partner, 's', { groups: ['One', 'Two', 'By hand'] });
    await world.users.users(org).import([{ user_name: 's', groups: ['Other', 'By hand'] }], {}, act);
    await world.users.groups(org).create({ display_name: 'Api', members: [user_id] }, act);
    await world.sign_in(partner, 's', { groups: ['two', 'Three', 'Api'] });
    assert.deepEqual(group_names(await user(user_id)).sort(), ['Api', 'By hand', 'Other', 'Three', 'Two']);
    const changed = world.events.filter((event) => event.org_id === org && event.type === 'user.groups_changed').at(-1);
    assert.deepEqual([changed?.before, changed?.after], [{ left: ['One'] }, { joined: ['Three'], connection_id: partner.id }]);
    await world.sign_in(partner, 's', {});
    assert.deepEqual(group_names(await user(user_id)).sort(), ['Api', 'By hand', 'Other']);
  });

  it('beside an API change of the same person loses neither', async () => {
    const partner = await world.partner(await fresh(), { attribute_mapping: mapping });
    const { user_id } = await world.sign_in(partner, 's', told);
    const changes = Array.from({ length: 10 }, (_, n) => world.users.users(org).update(user_id, { attributes: { [`n${n}`]: n } }, act));
    const logins = Array.from({ length: 10 }, (_, n) => world.sign_in(partner, 's', { ...told, given_name: [`Ann ${n}`] }));
    await Promise.all([...changes, ...logins]);
    const now = await user(user_id);
    assert.equal(Object.keys(now.attributes).filter((name) => name.startsWith('n')).length, 10);
    assert.match(now.given_name ?? '', /^Ann \d$/);
  });
});

describe('linking', () => {
  it('by "none" never joins two identities, whatever they have in common', async () => {
    const one = await world.partner(await fresh());
    const two = await world.partner(org);
    const said = { email: ['ann@acme.example'] };
    const first = await world.sign_in(one, 'same', said, { email_verified: true });
    const second = await world.sign_in(two, 'same', said, { email_verified: true });
    assert.equal(second.created, true);
    assert.notEqual(first.user_id, second.user_id);
  });

  const verified = { provisioning: { link_by: 'verified_email' as const } };

  it('by verified_email joins an OIDC sign-in that says email_verified to the one account with this address, in whatever case', async () => {
    const partner = await world.partner(await fresh(), verified);
    const { view } = await world.users.users(org).create({ user_name: 'ann', email: 'Ann@ACME.example' }, act);
    const linked = await world.sign_in(partner, 's', { email: ['ann@acme.example'] }, { email_verified: true });
    assert.deepEqual([linked.user_id, linked.created], [view.id, false]);
    assert.equal(world.checks.at(-1)?.detail, `linked by email: user ${view.id}`);
    // and by the subject from then on, whatever the address
    assert.equal((await world.sign_in(partner, 's', { email: ['other@acme.example'] })).user_id, view.id);
  });

  for (const protocol of ['saml', 'ldap'] as const)
    it(`by verified_email joins a ${protocol} sign-in, which cannot say so, by an address under a domain of this organization`, async () => {
      const partner = await world.partner(await fresh(), { protocol, ...verified });
      const { view } = await world.users.users(org).create({ user_name: 'ann', email: 'ann@acme.example' }, act);
      assert.equal((await world.sign_in(partner, 's', { mail: ['ann@acme.example'] })).user_id, view.id);
    });

  describe('of a person made by SCIM', () => {
    it('is by external_id = subject on the token’s own connection', async () => {
      const own = await world.partner(await fresh());
      const neighbour = await world.partner(org);
      const user_id = await world.made_by_scim(org, { user_name: 'ann', external_id: 's-1' }, { connection_id: own.id });
      assert.equal((await world.sign_in(neighbour, 's-1')).created, true);
      assert.deepEqual(await world.sign_in(own, 's-1'), { user_id, created: false, updated: false });
      assert.equal(world.checks.at(-1)?.detail, `linked by external_id: user ${user_id}`);
    });

    it('by a token without a connection works only while the organization has a single one', async () => {
      const partner = await world.partner(await fresh());
      const first = await world.made_by_scim(org, { user_name: 'ann', external_id: 's-1' }, { connection_id: null });
      const second = await world.made_by_scim(org, { user_name: 'bob', external_id: 's-2' }, { connection_id: null });
      assert.equal((await world.sign_in(partner, 's-1')).user_id, first);
      await world.partner(org);
      assert.notEqual((await world.sign_in(partner, 's-2')).user_id, second);
      assert.equal((await world.sign_in(partner, 's-1')).user_id, first);
    });

    it('wins over the address', async () => {
      const partner = await world.partner(await fresh(), verified);
      await world.users.users(org).create({ user_name: 'by-mail', email: 'ann@acme.example' }, act);
      const by_scim = await world.made_by_scim(org, { user_name: 'ann', external_id: 's' }, { connection_id: partner.id });
      assert.equal((await world.sign_in(partner, 's', { email: ['ann@acme.example'] }, { email_verified: true })).user_id, by_scim);
    });

    it('compares byte by byte, and never meets who has the external_id by another way than SCIM', async () => {
      const partner = await world.partner(await fresh());
      const user_id = await world.made_by_scim(org, { user_name: 'ann', external_id: 'Abc' }, { connection_id: partner.id });
      await world.users.users(org).create({ user_name: 'api', external_id: 'xyz' }, act);
      for (const subject of ['abc', 'Abc ', 'xyz']) assert.equal((await world.sign_in(partner, subject)).created, true, subject);
      assert.equal((await world.sign_in(partner, 'Abc')).user_id, user_id);
    });
  });

  it('of two subjects that race for one account gives it to one of them, the other is refused', async () => {
    const partner = await world.partner(await fresh(), verified);
    const { view } = await world.users.users(org).create({ user_name: 'ann', email: 'ann@acme.example' }, act);
    const results = await Promise.allSettled(
      ['a', 'b', 'c'].map((subject) => world.sign_in(partner, subject, { email: ['ann@acme.example'] }, { email_verified: true })),
    );
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
    assert.equal((await user(view.id)).identities.length, 1);
    assert.equal((await people()).length, 1);
  });
});

describe('what an inline hook says', () => {
  it('can refuse a sign-in before anything is written', async () => {
    const partner = await world.partner(await fresh());
    assert.equal(
      await world.refused(() =>
        world.sign_in(
          partner,
          's',
          {},
          { ask_hook: async () => ({ allow: false, error: new LoginRefused('denied', 'no', { detail: 'inline hook: not today' }) }) },
        ),
      ),
      '403 denied',
    );
  });

  it('can change the person', async () => {
    const partner = await world.partner(await fresh());
    const { user_id } = await world.sign_in(
      partner,
      's',
      { given_name: ['Ann'] },
      { ask_hook: async ({ person }) => ({ allow: true, person: { given_name: `${person.given_name ?? ''}!` } }) },
    );
    assert.equal((await user(user_id)).given_name, 'Ann!');
  });
});

describe('what was required and not sent', () => {
  it('refuses the sign-in, names it in the trace, and changes nothing', async () => {
    const partner = await world.partner(await fresh(), { attribute_mapping: { email: { from: 'mail', required: true } } });
    assert.equal(await world.refused(() => world.sign_in(partner, 's', { mail: ['nobody'] })), '403 attribute_missing');
    assert.deepEqual([world.checks[0]?.ok, world.checks[0]?.detail], [false, 'missing: email; left out: email: is no e-mail address']);
  });
});

export type { Partner };
