import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { OrgId } from '../../../src/kernel/index.ts';
import { type Fixture, make_fixture, operator, org_admin, owner, refusal } from './fixture.ts';

describe('domains', () => {
  let fixture: Fixture;
  let org: OrgId;
  const domains = () => fixture.organizations.domains(org);
  before(async () => {
    fixture = await make_fixture();
  });
  after(() => fixture.close());
  beforeEach(async () => {
    org = await fixture.new_org();
    fixture.events.length = 0;
    fixture.txt.clear();
  });

  describe('looked at', () => {
    it('say what stands in the DNS now, and change nothing by that', async () => {
      const { view } = await domains().create({ domain: 'acme.example' }, org_admin);
      assert.deepEqual(await domains().look('acme.example'), { found: [], problem: 'absent' });
      fixture.txt.set(view.txt_record.name, [['v=spf1 ', '-all'], [view.txt_record.value]]);
      assert.deepEqual(await domains().look('acme.example'), { found: ['v=spf1 -all', view.txt_record.value], problem: undefined });
      assert.deepEqual((await domains().get('acme.example')).view, view);
      assert.equal((await refusal(domains().look('other.example'))).status, 404);
    });
  });

  describe('when claimed', () => {
    it('are pending and say which TXT record proves them', async () => {
      const { view } = await domains().create({ domain: 'Acme.Example' }, org_admin);
      assert.deepEqual([view.id, view.domain, view.status], ['acme.example', 'acme.example', 'pending']);
      assert.equal(view.txt_record.name, '_postern-challenge.acme.example');
      assert.match(view.txt_record.value, /^postern-domain-verification=[\w-]{43}$/);
      assert.equal(await fixture.organizations.directory.organization_of_domain('acme.example'), undefined);
    });

    it('may be international names, kept in A-labels', async () => {
      assert.equal((await domains().create({ domain: 'Bücher.Example' }, org_admin)).view.domain, 'xn--bcher-kva.example');
      assert.equal((await domains().get('bücher.example')).view.domain, 'xn--bcher-kva.example');
    });

    const nobodys = [
      'com',
      'co.uk',
      'github.io',
      'gmail.com',
      'GMAIL.com',
      'mail.gmail.com',
      'googlemail.com',
      'outlook.com',
      'yahoo.co.uk',
      'icloud.com',
      'qq.com',
      'web.de',
      'proton.me',
    ];
    for (const domain of nobodys)
      it(`may not be ${domain}, which is nobody's own`, async () => {
        assert.deepEqual((await refusal(domains().create({ domain, verified: true }, owner))).fields, ['domain']);
      });

    for (const domain of [
      '',
      'localhost',
      '127.0.0.1',
      '[::1]',
      'acme',
      'a b.example',
      'acme.example/x',
      'ann@acme.example',
      '.example',
      'acme..example',
      '*.acme.example',
      'https://acme.example',
      'acme.example:443',
    ])
      it(`refuse ${JSON.stringify(domain)}, which is no domain`, async () => {
        assert.deepEqual((await refusal(domains().create({ domain }, owner))).fields, ['domain']);
      });

    it('may be names under a suffix where companies register', async () => {
      for (const domain of ['acme.co.uk', 'acme.github.io', 'mail.acme.example', 'notgmail.com'])
        assert.equal((await domains().create({ domain }, org_admin)).view.status, 'pending');
    });

    it('are claimed once by each organization, and by several as long as nobody has proven it', async () => {
      await domains().create({ domain: 'shared.example' }, org_admin);
      assert.deepEqual(await refusal(domains().create({ domain: 'shared.example' }, org_admin)), { status: 409, code: 'already_exists' });
      const other = fixture.organizations.domains(await fixture.new_org());
      assert.equal((await other.create({ domain: 'shared.example' }, org_admin)).view.status, 'pending');
    });
  });

  describe('said to be verified', () => {
    it('are so only by owner and operator', async () => {
      for (const act of [org_admin, { ...operator, role: 'support' as const }, { actor: { kind: 'setup_link' as const } }])
        assert.deepEqual(await refusal(domains().create({ domain: 'said.example', verified: true }, act)), {
          status: 403,
          code: 'operators_only',
        });
      const { view } = await domains().create({ domain: 'said.example', verified: true }, operator);
      assert.equal(view.status, 'verified');
      assert.equal((await fixture.organizations.directory.organization_of_domain('said.example'))?.id, org);
    });

    it('have one owner over all organizations', async () => {
      await domains().create({ domain: 'single.example', verified: true }, operator);
      const other = fixture.organizations.domains(await fixture.new_org());
      assert.deepEqual(await refusal(other.create({ domain: 'single.example', verified: true }, operator)), {
        status: 409,
        code: 'domain_taken',
      });
      assert.deepEqual((await other.list({})).data, []);
    });

    it('have one owner also when several organizations come at once', async () => {
      const orgs = await Promise.all(Array.from({ length: 8 }, () => fixture.new_org()));
      const answers = await Promise.allSettled(
        orgs.map((id) => fixture.organizations.domains(id).create({ domain: 'rush.example', verified: true }, operator)),
      );
      assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1);
    });
  });

  describe('when looked up', () => {
    const claim = async (domain = 'acme-proof.example') => (await domains().create({ domain }, org_admin)).view;

    it('are verified by their record, in one or several chunks, beside other texts', async () => {
      const { txt_record, domain } = await claim();
      const middle = 20;
      fixture.txt.set(txt_record.name, [['v=spf1 -all'], [txt_record.value.slice(0, middle), txt_record.value.slice(middle)]]);
      const { view, version } = await domains().verify(domain, org_admin);
      assert.deepEqual([view.status, view.last_error, version], ['verified', null, 2]);
      assert.ok((await fixture.organizations.directory.verified_domains(org)).has(domain));
      assert.equal(fixture.events.at(-1)?.type, 'domain.verified');
    });

    it('stay pending without it, and say why', async () => {
      const { txt_record, domain } = await claim('pending.example');
      const absent = await domains().verify(domain, org_admin);
      assert.equal(absent.view.status, 'pending');
      assert.match(absent.view.last_error ?? '', /no TXT record at _postern-challenge\.pending\.example/);
      fixture.txt.set(txt_record.name, [[`${txt_record.value}x`], ['postern-domain-verification=']]);
      assert.match((await domains().verify(domain, org_admin)).view.last_error ?? '', /not the expected one/);
      assert.notEqual((await domains().get(domain)).view.last_checked_at, null);
    });

    it("are not verified by another organization's record", async () => {
      const { txt_record, domain } = await claim('contested.example');
      fixture.txt.set(txt_record.name, [[txt_record.value]]);
      const other = fixture.organizations.domains(await fixture.new_org());
      await other.create({ domain }, org_admin);
      assert.equal((await other.verify(domain, org_admin)).view.status, 'pending');
    });

    it('are refused when another organization was first, and stay pending', async () => {
      const { txt_record, domain } = await claim('late.example');
      const other = fixture.organizations.domains(await fixture.new_org());
      await other.create({ domain, verified: true }, operator);
      fixture.txt.set(txt_record.name, [[txt_record.value]]);
      assert.deepEqual(await refusal(domains().verify(domain, org_admin)), { status: 409, code: 'domain_taken' });
      assert.equal((await domains().get(domain)).view.status, 'pending');
      await other.remove(domain, operator);
      assert.equal((await domains().verify(domain, org_admin)).view.status, 'verified');
    });

    it('must prove a new token also when that happens during the look', async () => {
      const { txt_record, domain } = await claim('swapped.example');
      fixture.txt.set(txt_record.name, [[txt_record.value]]);
      fixture.meanwhile = async () => {
        fixture.meanwhile = undefined;
        await domains().remove(domain, org_admin);
        await domains().create({ domain }, org_admin);
      };
      assert.equal((await domains().verify(domain, org_admin)).view.status, 'pending');
      fixture.txt.set(txt_record.name, [[(await domains().get(domain)).view.txt_record.value]]);
      fixture.meanwhile = async () => domains().remove(domain, org_admin);
      assert.deepEqual(await refusal(domains().verify(domain, org_admin)), { status: 404, code: 'not_found' });
      fixture.meanwhile = undefined;
    });

    it('must prove a new token once they were removed and claimed again', async () => {
      const { txt_record, domain } = await claim('again.example');
      await domains().remove(domain, org_admin);
      const { view } = await domains().create({ domain }, org_admin);
      assert.notEqual(view.txt_record.value, txt_record.value);
      fixture.txt.set(txt_record.name, [[txt_record.value]]);
      assert.equal((await domains().verify(domain, org_admin)).view.status, 'pending');
    });
  });

  it('route no more once removed', async () => {
    await domains().create({ domain: 'leaving.example', verified: true }, operator);
    assert.equal((await fixture.organizations.directory.organization_of_domain('leaving.example'))?.id, org);
    assert.deepEqual(await refusal(domains().remove('leaving.example', operator, 7)), { status: 412, code: 'stale' });
    await domains().remove('leaving.example', operator, 1);
    assert.equal(await fixture.organizations.directory.organization_of_domain('leaving.example'), undefined);
  });

  it('of another organization are answered like one that does not exist', async () => {
    await domains().create({ domain: 'mine.example', verified: true }, operator);
    const foreign = fixture.organizations.domains(await fixture.new_org());
    for (const domain of ['mine.example', 'nobodys.example', '__proto__', ''])
      for (const call of [() => foreign.get(domain), () => foreign.remove(domain, owner), () => foreign.verify(domain, owner)])
        assert.deepEqual(await refusal(call()), { status: 404, code: 'not_found' });
    assert.equal((await domains().get('mine.example')).view.status, 'verified');
  });
});
