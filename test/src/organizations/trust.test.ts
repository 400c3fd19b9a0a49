import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { ConnectorError, type RedirectConnector } from '../../../connectors/connector.ts';
import { make_saml } from '../../../connectors/saml/saml.ts';
import type { OrgId } from '../../../src/kernel/index.ts';
import { make_signing_key, type SigningKey } from '../../../src/mock/saml/keys.ts';
import { idp_metadata } from '../../../src/mock/saml/metadata.ts';
import { sign_element } from '../../../src/mock/saml/sign.ts';
import { type ConfigEvent, make_organizations, type Organizations } from '../../../src/organizations/index.ts';
import type { Storage } from '../../../src/storage/index.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';
import { fake_types } from './fake_connector.ts';
import { owner } from './fixture.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const START = 1_767_225_600_000;
const IDP = 'https://idp.example';

describe('the trust in a SAML partner', () => {
  let storage: Storage;
  let organizations: Organizations;
  let org_id: OrgId;
  let now = START;
  /** What is at the metadata address; undefined: nothing answers. */
  let document: string | undefined;
  let asked = 0;
  let events: ConfigEvent[] = [];
  let first: SigningKey;
  let second: SigningKey;

  beforeEach(async () => {
    [first, second] = await Promise.all([make_signing_key('first', START), make_signing_key('second', START)]);
    now = START;
    events = [];
    asked = 0;
    document = metadata([first]);
    storage = await temporary_storage();
    const none = { down: false, asked: [], opened: [], closed: 0, published: {}, preflight: async () => [] };
    organizations = make_organizations({
      storage,
      now: () => now,
      record: async (_tx, _act, event) => void events.push(event),
      end_access: async () => undefined,
      issuer_url: 'https://login.vendor.example',
      connector_types: { ...fake_types(none), saml: make_saml() },
      egress: {
        async fetch() {
          asked++;
          if (document === undefined) throw new ConnectorError('unreachable', 'connection refused');
          return { status: 200, headers: {}, body: new TextEncoder().encode(document) };
        },
        resolve: () => Promise.reject(new Error('no network in this test')),
      },
      random_bytes: (length) => new Uint8Array(randomBytes(length)),
      log: () => undefined,
      resolve_txt: async () => [],
    });
    const { view } = await organizations.organizations.create({ slug: 'acme', name: 'Acme' }, owner);
    org_id = (await organizations.require_organization(view.id)).id;
  });
  afterEach(async () => {
    await organizations.close();
    await storage.close();
  });

  const metadata = (keys: readonly SigningKey[], more = ''): string =>
    idp_metadata(IDP, IDP, keys).replace('<md:EntityDescriptor ', `<md:EntityDescriptor ID="_m" ${more} `);
  const connections = () => organizations.connections(org_id);
  const create = async (settings: Record<string, unknown> = {}): Promise<string> =>
    (
      await connections().create(
        { protocol: 'saml', name: 'Acme', saml: { metadata_url: 'https://idp.example/metadata', ...settings } },
        owner,
      )
    ).view.id;
  const trust = async (id: string) => {
    const { view } = await connections().get(id);
    assert.ok(view.trust);
    return view.trust;
  };
  const subjects = async (id: string): Promise<string[]> => (await trust(id)).certificates.map(({ subject }) => subject);
  const of_type = (type: string): (Record<string, unknown> | undefined)[] =>
    events.filter((event) => event.type === type).map(({ after }) => after);
  const tend = (at: number): Promise<void> => {
    now = at;
    return organizations.tend(at);
  };
  const refreshed = () => tend(now + DAY_MS);

  it('follows the partner’s keys by itself, and records what was added and what went', async () => {
    const id = await create();
    const [{ sha256: old } = { sha256: '' }] = (await trust(id)).certificates;
    document = metadata([second]);
    await refreshed();
    assert.deepEqual(await subjects(id), ['CN=second']);
    const [{ sha256: fresh } = { sha256: '' }] = (await trust(id)).certificates;
    assert.deepEqual(of_type('connection.keys_changed'), [{ added: [fresh], removed: [old] }]);
    await refreshed();
    assert.equal(of_type('connection.keys_changed').length, 1, 'no news is no event');
  });

  it('lets new keys wait where they want approval: visible, unused, approved once', async () => {
    const id = await create({ key_changes: 'approve' });
    document = metadata([first, second]);
    await refreshed();
    await refreshed();
    assert.deepEqual(await subjects(id), ['CN=first']);
    const { waiting } = await trust(id);
    assert.deepEqual(
      waiting?.added.map(({ subject }) => subject),
      ['CN=second'],
    );
    assert.equal(of_type('connection.keys_waiting').length, 1, 'announced once');
    assert.equal(of_type('connection.keys_changed').length, 0);
    await assert.rejects(connections().approve_keys(id, { sha256: ['0'.repeat(64)] }, owner), { code: 'other_keys_waiting' });
    await connections().approve_keys(id, { sha256: waiting?.added.map(({ sha256 }) => sha256) }, owner);
    assert.deepEqual(await subjects(id), ['CN=first', 'CN=second']);
    assert.equal((await trust(id)).waiting, null);
    assert.equal(of_type('connection.keys_changed')[0]?.['approved'], true);
    await assert.rejects(connections().approve_keys(id, {}, owner), { code: 'no_keys_waiting' });
  });

  it('a change of another setting approves nothing; another partner is another matter', async () => {
    const id = await create({ key_changes: 'approve' });
    document = metadata([second]);
    await connections().update(id, { saml: { clock_skew_seconds: 30 } }, owner);
    assert.deepEqual(await subjects(id), ['CN=first']);
    assert.equal((await trust(id)).waiting?.added.length, 1);
    await connections().update(id, { enabled: false }, owner);
    await connections().update(id, { enabled: true }, owner);
    assert.deepEqual(await subjects(id), ['CN=first'], 'nor does switching it off and on');
    await connections().update(id, { saml: { metadata_url: 'https://other.example/metadata' } }, owner);
    assert.deepEqual(await subjects(id), ['CN=second']);
    assert.equal((await trust(id)).waiting, null);
  });

  it('keys that went back before anybody approved them no longer wait', async () => {
    const id = await create({ key_changes: 'approve' });
    document = metadata([second]);
    await refreshed();
    assert.notEqual((await trust(id)).waiting, null);
    document = metadata([first]);
    await refreshed();
    assert.equal((await trust(id)).waiting, null);
  });

  it('is asked again in time for cacheDuration and validUntil, and the last good answer outlives a failure until its validUntil', async () => {
    document = metadata([first], `cacheDuration="PT2H" validUntil="${new Date(START + 5 * HOUR_MS).toISOString()}"`);
    const id = await create();
    const before = asked;
    await tend(START + HOUR_MS);
    assert.equal(asked, before);
    document = undefined;
    await tend(START + 2 * HOUR_MS);
    assert.equal(asked, before + 1);
    const { last_error, certificates, valid_until } = await trust(id);
    assert.match(last_error?.message ?? '', /unreachable/);
    assert.equal(certificates.length, 1);
    assert.equal(valid_until, new Date(START + 5 * HOUR_MS).toISOString());
    const connector = (await organizations.connector(id)) as RedirectConnector; // SAML is nothing else
    const call = { signal: new AbortController().signal, check: () => undefined };
    await connector.begin({ handle: 'x'.repeat(24) }, call);
    now = START + 6 * HOUR_MS;
    await assert.rejects(connector.begin({ handle: 'x'.repeat(24) }, call), ConnectorError);
  });

  it('believes signed metadata only, where its signer is named', async () => {
    const signer = await make_signing_key('federation', START);
    const other = await make_signing_key('somebody else', START);
    const settings = { metadata_certificates: [signer.certificate_pem] };
    await assert.rejects(create(settings), { code: 'partner_unreadable' });
    document = sign_element(metadata([first]), 'EntityDescriptor', other);
    await assert.rejects(create(settings), { code: 'partner_unreadable' });
    document = sign_element(metadata([first]), 'EntityDescriptor', signer);
    const id = await create(settings);
    assert.deepEqual(await subjects(id), ['CN=first']);
    document = sign_element(metadata([first]), 'EntityDescriptor', signer).replace(
      'Location="https://idp.example/sso"',
      'Location="https://evil.example/sso"',
    );
    await refreshed();
    assert.match((await trust(id)).last_error?.message ?? '', /not signed as metadata_certificates wants/);
    document = metadata([second]);
    await refreshed();
    assert.deepEqual(await subjects(id), ['CN=first']);
  });

  describe('announces the end of certificates', () => {
    const ending = () => of_type('saml.certificate.expiring').map((after) => [after?.['of'], after?.['mark']]);

    it('at 60, 30, 14, 7 and 1 days, once each, however many look', async () => {
      const short = await make_signing_key('short', START, START + 100 * DAY_MS);
      document = metadata([short]);
      const id = await create();
      const end = START + 100 * DAY_MS;
      await tend(START);
      assert.deepEqual(ending(), []);
      assert.deepEqual(await organizations.ending_soon(now), []);
      const seen: unknown[] = [];
      for (const days of [61, 60, 59, 30, 29, 14, 7, 6, 1, 0.5]) {
        await tend(end - days * DAY_MS);
        await organizations.tend(now);
        seen.push(ending().length);
      }
      assert.deepEqual(seen, [0, 1, 1, 2, 2, 3, 4, 4, 5, 5]);
      assert.deepEqual(
        ending(),
        [60, 30, 14, 7, 1].map((mark) => ['partner', mark]),
      );
      const [watched] = await organizations.ending_soon(now);
      assert.deepEqual(watched, { id, ends_at: end });
      await tend(end + DAY_MS);
      await organizations.tend(now);
      assert.equal(ending().length, 5);
      assert.deepEqual(
        of_type('saml.certificate.expired').map((after) => [after?.['of'], after?.['next_until']]),
        [['partner', null]],
      );
    });

    it('of a certificate that is uploaded late at the mark that it has reached, and not again when something else changes', async () => {
      const late = await make_signing_key('late', START, START + 10 * DAY_MS);
      const id = await create({ metadata_url: undefined, entity_id: IDP, sso_url: `${IDP}/sso`, certificates: [late.certificate_pem] });
      await tend(START);
      await connections().update(id, { name: 'Another name' }, owner);
      await tend(START + 1000);
      assert.deepEqual(ending(), [['partner', 14]]);
    });

    it('of our own as well', async () => {
      const id = await create();
      const own = await make_signing_key('issued', START, START + 5 * DAY_MS);
      await connections().add_key(
        id,
        { use: 'signing', private_key_pem: own.private_key_pem, certificate_pem: own.certificate_pem, state: 'current' },
        owner,
      );
      await tend(START);
      assert.deepEqual(ending(), [['own', 7]]);
    });

    it('of none that nobody uses: a connection that is off', async () => {
      const late = await make_signing_key('late', START, START + 10 * DAY_MS);
      document = metadata([late]);
      const id = await create();
      await connections().update(id, { enabled: false }, owner);
      await tend(START);
      assert.deepEqual(ending(), []);
      assert.deepEqual(await organizations.ending_soon(now), []);
    });
  });
});
