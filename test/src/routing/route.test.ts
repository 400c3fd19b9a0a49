import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LoginRefused, new_org_id } from '../../../src/kernel/index.ts';
import { type Decision, route, type RouteRequest } from '../../../src/routing/index.ts';
import { directory_of } from './directory.ts';

const acme = new_org_id();
const globex = new_org_id();
const initech = new_org_id();
const suspended = new_org_id();
const empty = new_org_id();

const directory = directory_of([
  {
    id: acme,
    slug: 'acme',
    name: 'Acme',
    domains: ['acme.example', 'xn--bcher-kva.example'],
    connections: [{ id: 'con_acme' }, { id: 'con_acme_off', enabled: false }],
  },
  {
    id: globex,
    slug: 'globex',
    name: 'Globex',
    domains: ['globex.example'],
    connections: [
      { id: 'con_globex_1', protocol: 'oidc', name: 'Entra' },
      { id: 'con_globex_2', protocol: 'ldap', name: 'Directory' },
    ],
  },
  { id: initech, slug: 'initech', name: 'Initech', domains: ['initech.example'], connections: [{ id: 'con_initech' }] },
  { id: suspended, slug: 'gone', name: 'Gone', active: false, domains: ['gone.example'], connections: [{ id: 'con_gone' }] },
  { id: empty, slug: 'empty', name: 'Empty', domains: ['empty.example'] },
]);

const everybody = { client_id: 'app', organizations: null };
/** An app that Initech's people may not use. */
const some = { client_id: 'some', organizations: [acme, globex, suspended, empty] };

const go = (request: Partial<RouteRequest>): Promise<Decision> => {
  directory.asked.length = 0;
  return route({ client: everybody, ...request }, directory);
};
const refused = async (request: Partial<RouteRequest>): Promise<string> => {
  const error: unknown = await go(request).then(
    () => assert.fail('was not refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof LoginRefused);
  return `${error.status} ${error.code} ${error.message}`;
};
const to_acme = { kind: 'connection', org_id: acme, connection_id: 'con_acme' };

describe('a sign-in goes', () => {
  const ways: readonly (readonly [string, Partial<RouteRequest>, object])[] = [
    ['to the connection that is named', { connection: 'con_acme' }, to_acme],
    ['to the organization that is named by id', { organization: acme }, to_acme],
    ['to the organization that is named by slug', { organization: 'acme' }, to_acme],
    [
      'where the domain of a login_hint leads, and takes the hint along',
      { login_hint: 'ann@acme.example' },
      { ...to_acme, login_hint: 'ann@acme.example' },
    ],
    ['where a domain_hint leads', { domain_hint: 'acme.example' }, to_acme],
    ['where a domain_hint in another case and alphabet leads', { domain_hint: 'BÜCHER.example' }, to_acme],
    ['where a typed address leads, and takes it along', { typed: ' ann@acme.example ' }, { ...to_acme, login_hint: 'ann@acme.example' }],
    ['where a typed domain leads, which says nothing of the person', { typed: 'acme.example' }, to_acme],
    [
      'with the login_hint to an organization that is named',
      { organization: 'acme', login_hint: 'ann' },
      { ...to_acme, login_hint: 'ann' },
    ],
    [
      'to a choice where the organization has several connections',
      { organization: 'globex', login_hint: 'bob@globex.example' },
      {
        kind: 'choose_connection',
        org_id: globex,
        connections: [
          { id: 'con_globex_1', name: 'Entra', protocol: 'oidc' },
          { id: 'con_globex_2', name: 'Directory', protocol: 'ldap' },
        ],
        login_hint: 'bob@globex.example',
      },
    ],
    ['straight on where only one of them is enabled', { organization: 'acme' }, to_acme],
    ['nowhere yet without any hint: the person is asked', {}, { kind: 'ask' }],
    [
      'nowhere by memory alone: the organization is offered',
      { remembered_org: acme },
      { kind: 'ask', remembered: { org_id: acme, name: 'Acme' } },
    ],
  ];
  for (const [what, request, expected] of ways) it(what, async () => assert.deepEqual(await go(request), expected));
});

describe('of several hints', () => {
  const both: readonly (readonly [string, Partial<RouteRequest>, string])[] = [
    [
      'connection goes before every other',
      {
        connection: 'con_initech',
        login_hint: 'ann@acme.example',
        domain_hint: 'acme.example',
        typed: 'acme.example',
        remembered_org: acme,
      },
      'con_initech',
    ],
    [
      'organization goes before hints, what was typed, and memory',
      { organization: 'initech', login_hint: 'ann@acme.example', domain_hint: 'acme.example', typed: 'acme.example', remembered_org: acme },
      'con_initech',
    ],
    ['login_hint goes before domain_hint', { login_hint: 'peter@initech.example', domain_hint: 'acme.example' }, 'con_initech'],
    ['domain_hint counts where login_hint leads nowhere', { login_hint: 'peter', domain_hint: 'initech.example' }, 'con_initech'],
    ['a hint goes before what was typed', { login_hint: 'peter@initech.example', typed: 'ann@acme.example' }, 'con_initech'],
    [
      'what was typed counts where no hint leads anywhere',
      { login_hint: 'x@nowhere.example', typed: 'peter@initech.example' },
      'con_initech',
    ],
    ['what was typed goes before memory', { typed: 'peter@initech.example', remembered_org: acme }, 'con_initech'],
  ];
  for (const [what, request, connection_id] of both)
    it(what, async () => {
      const decision = await go(request);
      assert.equal(decision.kind === 'connection' && decision.connection_id, connection_id);
    });

  it('connection and organization must agree', async () => {
    assert.deepEqual(await go({ connection: 'con_acme', organization: 'acme' }), to_acme);
    assert.deepEqual(await go({ connection: 'con_acme', organization: acme }), to_acme);
    assert.equal(await refused({ connection: 'con_acme', organization: 'initech' }), await refused({ connection: 'con_unknown' }));
    assert.equal(await refused({ connection: 'con_acme', organization: 'unknown' }), await refused({ connection: 'con_unknown' }));
  });
});

describe('an explicit name', () => {
  it('that is unknown and one of an organization that this app may not use are answered alike', async () => {
    const unknown = await refused({ client: some, organization: 'nobody' });
    assert.match(unknown, /^400 organization_unknown /);
    for (const request of [
      { organization: 'initech' },
      { organization: initech },
      { connection: 'con_initech' },
      { connection: 'con_nobody' },
      { organization: '' },
      { connection: '' },
    ])
      assert.equal(await refused({ client: some, ...request }), unknown, JSON.stringify(request));
  });

  it('never falls back to a hint', async () => {
    await refused({ organization: 'nobody', login_hint: 'ann@acme.example', typed: 'acme.example', remembered_org: acme });
    await refused({ connection: 'con_nobody', login_hint: 'ann@acme.example', typed: 'acme.example', remembered_org: acme });
  });

  it('of a suspended organization, a disabled connection, or an organization without one is unavailable', async () => {
    for (const [request, org_id] of [
      [{ organization: 'gone' }, suspended],
      [{ connection: 'con_gone' }, suspended],
      [{ connection: 'con_acme_off' }, acme],
      [{ organization: 'empty' }, empty],
    ] as const)
      assert.deepEqual(await go(request), { kind: 'unavailable', org_id });
  });

  it('of a domain is no name: domains are hints', async () => {
    await refused({ organization: 'acme.example' });
  });
});

describe('a domain', () => {
  const alike: readonly (readonly [string, string])[] = [
    ['that nobody claims', 'nowhere.example'],
    ['that is free mail, which nobody can claim', 'gmail.com'],
    ['of a suspended organization', 'gone.example'],
    ['of an organization that this app may not use', 'initech.example'],
    ['below a proven one', 'sub.acme.example'],
    ['that ends like a proven one', 'evilacme.example'],
    ['that begins like a proven one', 'acme.example.evil.example'],
  ];
  for (const [what, domain] of alike)
    it(`${what} gets the same page, after the same work`, async () => {
      for (const typed of [domain, `ann@${domain}`]) {
        assert.deepEqual(await go({ client: some, typed }), { kind: 'ask', problem: 'unknown_identifier', typed });
        assert.deepEqual(directory.asked, ['domain']);
        assert.deepEqual(await go({ client: some, domain_hint: typed }), { kind: 'ask', problem: 'unknown_identifier', typed });
        assert.deepEqual(directory.asked, ['domain']);
        assert.deepEqual(await go({ client: some, login_hint: typed }), { kind: 'ask', problem: 'unknown_identifier', typed });
        assert.deepEqual(directory.asked, ['domain']);
      }
    });

  it('of no name at all is said to be none, without a look-up', async () => {
    for (const typed of [
      '',
      'acme',
      'ann@',
      '@acme.example',
      'ann@acme',
      'ann@acme.example@x',
      'http://acme.example/',
      'acme.example:443',
      'ann@acme.example\u0000',
      "ann@acme.example' OR 1=1",
      '127.0.0.1',
      'ann@[127.0.0.1]',
    ]) {
      assert.deepEqual(await go({ typed }), { kind: 'ask', problem: 'invalid_identifier', typed: typed.trim() }, typed);
      assert.deepEqual(directory.asked, []);
    }
  });

  it('with a trailing dot or in a look-alike alphabet does not reach whom it looks like', async () => {
    for (const typed of ['acme.example.', '\u0430cme.example', 'acme\u3002example.evil.example', 'acme.ex\u0430mple']) {
      const decision = await go({ typed });
      assert.ok(decision.kind === 'ask', typed);
    }
  });
});

describe('memory', () => {
  it('offers nothing of an organization that is unknown, suspended, or that this app may not use', async () => {
    for (const remembered_org of [new_org_id(), suspended, initech])
      assert.deepEqual(await go({ client: some, remembered_org }), { kind: 'ask' });
  });

  it('is offered beside a login_hint that is no address, which is filled in', async () => {
    assert.deepEqual(await go({ login_hint: 'ann', remembered_org: acme }), {
      kind: 'ask',
      typed: 'ann',
      remembered: { org_id: acme, name: 'Acme' },
    });
  });
});

describe('whatever is asked', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom('acme', acme, 'con_acme', 'ann@acme.example', 'initech.example', '__proto__', 'x@gone.example', ''),
  );
  const request = fc.record(
    {
      organization: text,
      connection: text,
      login_hint: text,
      domain_hint: text,
      typed: text,
      remembered_org: fc.constantFrom(acme, initech, suspended),
    },
    { requiredKeys: [] },
  );

  it('the answer is a decision or one refusal, and never an organization that this app may not use', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const decision = await go({ client: some, ...asked }).catch((error: unknown) => error);
        if (decision instanceof LoginRefused) {
          assert.equal(decision.code, 'organization_unknown');
          return;
        }
        const { kind, ...rest } = decision as Decision; // anything else fails on the next line
        assert.ok(['connection', 'choose_connection', 'ask', 'unavailable'].includes(kind));
        if ('org_id' in rest) assert.ok(some.organizations.includes(rest.org_id));
        if ('login_hint' in rest && rest.login_hint !== undefined) assert.ok(rest.login_hint.length <= 320);
        if ('typed' in rest && rest.typed !== undefined) assert.ok(rest.typed.length <= 400);
      }),
      { numRuns: 1000 },
    );
  });

  it('an app that no organization may use reaches none', async () => {
    const nobody = { client_id: 'none', organizations: [] };
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const decision = await go({ client: nobody, ...asked }).catch(() => ({ kind: 'refused' as const }));
        assert.ok(decision.kind === 'ask' ? decision.remembered === undefined : decision.kind === 'refused');
      }),
      { numRuns: 300 },
    );
  });
});
