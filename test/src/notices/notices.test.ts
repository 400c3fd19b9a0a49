import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { type AuditEvent, make_audit, system_act } from '../../../src/audit/index.ts';
import { make_worker, type Worker } from '../../../src/events/index.ts';
import { new_id, new_org_id, type OrgId } from '../../../src/kernel/index.ts';
import { mail_deliverer, make_mailer, make_notices, watch_silence } from '../../../src/notices/index.ts';
import type { ContactRow, Storage } from '../../../src/storage/index.ts';
import { mail_server, type MailServer } from '../../support/mail_server.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 10);
const ISSUER = 'https://login.vendor.example';
const OPERATOR = 'oncall@vendor.example';

describe('notices', () => {
  let storage: Storage;
  let server: MailServer;
  let acme: OrgId;
  let now: number;
  let logged: string[];
  let worker: Worker;
  beforeEach(async () => {
    storage = await temporary_storage();
    server = await mail_server();
    now = START;
    logged = [];
    worker = new_worker();
    acme = await organization('acme', 'Acme');
  });
  afterEach(async () => {
    await worker.stop();
    await server.close();
    await storage.close();
  });

  const new_audit = (enabled = true) => {
    const notices = make_notices({
      append_outbox: (tx, entry) => audit.append_outbox(tx, entry),
      ...{ issuer_url: ISSUER, operators: [OPERATOR], enabled },
    });
    const audit = make_audit({ storage, now: () => now, trace_days: 30, heard: (tx, event) => notices.hear(tx, event) });
    return audit;
  };
  const new_worker = (): Worker =>
    make_worker({
      ...{ storage, now: () => now, random: () => 0 },
      log: (level, message, fields) => void logged.push(`${level} ${message} ${JSON.stringify(fields)}`),
      deliverers: {
        mail: mail_deliverer({
          mailer: make_mailer(
            { host: '127.0.0.1', port: server.port, tls: 'either', login: undefined },
            { name: undefined, address: 'signin@vendor.example' },
            'login.vendor.example',
          ),
          ...{ storage, vendor_name: new URL(ISSUER).host },
        }),
      },
    });
  async function organization(slug: string, name: string, branding: Record<string, string> = {}): Promise<OrgId> {
    const id = new_org_id();
    await storage.transact((tx) =>
      tx.gateway.organizations.insert({
        ...{ id, slug, name, external_id: null, metadata: {}, status: 'active', branding, people_policy: null },
        ...{ created_at: START, updated_at: START, version: 1 },
      }),
    );
    return id;
  }
  async function contact(email: string, changes: Partial<ContactRow> = {}): Promise<string> {
    const id = new_id('ctc');
    await storage.transact((tx) =>
      tx.org(acme).contacts.insert({
        id,
        email,
        name: null,
        notices: null,
        language: null,
        created_at: START,
        updated_at: START,
        version: 1,
        ...changes,
      }),
    );
    return id;
  }
  const tell = (event: AuditEvent, audit = new_audit()) => storage.transact((tx) => audit.record(tx, system_act, event));
  const certificate = (changes: Record<string, unknown> = {}): AuditEvent => ({
    type: 'saml.certificate.expiring',
    org_id: acme,
    target: { kind: 'connection', id: 'con_1', name: 'Acme Okta' },
    after: {
      ...{ of: 'partner', use: 'signing', sha256: 'ab12', subject: 'CN=idp', not_after: '2026-02-09T00:00:00.000Z' },
      ...{ days_left: 30, mark: 30, next_until: null, ...changes },
    },
  });
  /** Who has been written to, in order. */
  async function mailed(): Promise<string[]> {
    await worker.run_once();
    return server.received.flatMap(({ to }) => to).sort();
  }
  const raw = (to: string): string => server.received.find((mail) => mail.to.includes(to))?.raw ?? '';
  const outbox = () =>
    storage.sql.all<{ dead_at: number | null; done_at: number | null; sealed_payload: string }>('SELECT * FROM "outbox"');

  it('of a certificate go to the contacts of the organization and to the operators, each once', async () => {
    await contact('it@acme.example', { name: 'Acme IT' });
    await contact('other@acme.example', { notices: ['scim_silent'] });
    await tell(certificate());
    await tell(certificate());
    assert.deepEqual(await mailed(), ['it@acme.example', OPERATOR]);
    assert.match(raw('it@acme.example'), /^Subject: The certificate of Acme Okta ends in 30 days\r$/m);
    assert.match(raw('it@acme.example'), /February 9, 2026/);
    assert.match(raw('it@acme.example'), /contact of Acme/);
    assert.match(raw(OPERATOR), /you operate login\.vendor\.example/);
  });

  it('of a certificate come at 30, 14, 7 and 1 days and at its end; at 60 days only the record tells', async () => {
    for (const mark of [60, 30, 14, 7, 1]) await tell(certificate({ mark, days_left: mark }));
    await tell({ ...certificate({ days_left: -1 }), type: 'saml.certificate.expired' });
    await mailed();
    const subjects = server.received.map((mail) => /^Subject: (.*)\r$/m.exec(mail.raw)?.[1]);
    assert.deepEqual(subjects.sort(), [
      'The certificate of Acme Okta ends in 1 day',
      'The certificate of Acme Okta ends in 14 days',
      'The certificate of Acme Okta ends in 30 days',
      'The certificate of Acme Okta ends in 7 days',
      'The certificate of Acme Okta has ended',
    ]);
  });

  it('of a certificate say so when another one is known', async () => {
    await tell(certificate({ next_until: '2027-06-01T00:00:00.000Z' }));
    await mailed();
    assert.match(raw(OPERATOR).replaceAll('=\r\n', ''), /Another certificate is known that is valid until June 1, 2027/);
  });

  it('two processes never send twice', async () => {
    for (let n = 0; n < 12; n++) await contact(`it-${n}@acme.example`);
    await tell(certificate());
    const others = [new_worker(), new_worker()];
    await Promise.all([worker, ...others].map((one) => one.run_once()));
    assert.equal(server.received.length, 13);
    assert.equal(new Set(server.received.map(({ to }) => to[0])).size, 13);
    for (const other of others) await other.stop();
  });

  it('two processes that hear of the same threshold write one', async () => {
    await Promise.all([tell(certificate(), new_audit()), tell(certificate(), new_audit())]);
    assert.deepEqual(await mailed(), [OPERATOR]);
  });

  it('of what was undone are not sent', async () => {
    const audit = new_audit();
    await assert.rejects(
      storage.transact(async (tx) => {
        await audit.record(tx, system_act, certificate());
        throw new Error('undone');
      }),
    );
    assert.deepEqual(await mailed(), []);
    await tell(certificate());
    assert.deepEqual(await mailed(), [OPERATOR]);
  });

  it('write to one address once, also when a contact is an operator', async () => {
    await contact('OnCall@vendor.example');
    await tell(certificate());
    assert.deepEqual(await mailed(), ['OnCall@vendor.example']);
  });

  it('do not go to another organization’s contacts', async () => {
    const globex = await organization('globex', 'Globex');
    await contact('it@acme.example');
    await tell({ ...certificate(), org_id: globex });
    assert.deepEqual(await mailed(), [OPERATOR]);
  });

  it('are not sent for an organization that is suspended', async () => {
    await storage.write_once(`UPDATE "organizations" SET "status" = 'suspended' WHERE "id" = ?`, [acme]);
    await tell(certificate());
    assert.deepEqual(await mailed(), []);
  });

  it('wait in the outbox sealed, and for nobody where there is no mail server', async () => {
    await contact('canary@acme.example');
    await tell(certificate(), new_audit(false));
    assert.deepEqual(await outbox(), []);
    await tell(certificate());
    assert.equal((await outbox()).length, 2);
    assert.doesNotMatch(JSON.stringify(await outbox()), /canary|Acme Okta/);
  });

  it('do not reach somebody who was removed while they waited', async () => {
    const id = await contact('gone@acme.example');
    await tell(certificate());
    await storage.transact((tx) => tx.org(acme).contacts.delete({ id }));
    assert.deepEqual(await mailed(), [OPERATOR]);
  });

  it('that are refused for now are tried again later; refused for good they are given up at once, loudly, naming nobody', async () => {
    await contact('full@acme.example');
    await contact('nobody@acme.example');
    server.refusals.set('full@acme.example', 452).set('nobody@acme.example', 550);
    await tell(certificate());
    assert.deepEqual(await mailed(), [OPERATOR]);
    const dead = (await outbox()).filter(({ dead_at }) => dead_at !== null);
    assert.equal(dead.length, 1);
    assert.ok(logged.some((line) => line.startsWith('error a delivery was given up') && line.includes('550')));
    assert.doesNotMatch(logged.join('\n'), /@acme|canary/);
    server.refusals.clear();
    assert.equal((await mailed()).length, 1, 'not before its time');
    now += 61_000;
    assert.deepEqual(await mailed(), ['full@acme.example', OPERATOR]);
  });

  it('that nobody ever takes are given up after the last try', async () => {
    server.refusals.set(OPERATOR, 450);
    await tell(certificate());
    for (let n = 0; n < 12; n++) {
      await worker.run_once();
      now += 2 * DAY_MS;
    }
    assert.equal(server.attempts, 9);
    assert.deepEqual(
      (await outbox()).map(({ dead_at, done_at }) => [dead_at !== null, done_at]),
      [[true, null]],
    );
  });

  it('speak the language of the contact; what is not spoken is English', async () => {
    await contact('de@acme.example', { language: 'de' });
    await contact('ar@acme.example', { language: 'ar' });
    await contact('xx@acme.example', { language: 'xx' });
    await tell(certificate());
    await mailed();
    assert.match(raw('de@acme.example'), /^Subject: Das Zertifikat von Acme Okta endet in 30 Tagen\r$/m);
    assert.match(raw('ar@acme.example').replaceAll('=\r\n', ''), /dir=3D"rtl"/);
    assert.match(raw('xx@acme.example'), /^Subject: The certificate/m);
  });

  it('speak the language of the organization where the contact names none, and English to operators', async () => {
    await storage.write_once(`UPDATE "organizations" SET "branding" = ? WHERE "id" = ?`, [JSON.stringify({ locale: 'fr' }), acme]);
    await contact('fr@acme.example');
    await contact('de@acme.example', { language: 'de' });
    await tell(certificate());
    await mailed();
    assert.match(raw('fr@acme.example'), /^Subject: Le certificat/m);
    assert.match(raw('de@acme.example'), /^Subject: Das Zertifikat/m);
    assert.match(raw(OPERATOR), /^Subject: The certificate/m);
  });

  it('of our own key say from when on it is used, for the key that signs alone', async () => {
    const key = { connection_id: 'con_1', certificate_pem: '', sealed_private_key: '', created_at: START };
    await storage.transact(async (tx) => {
      await tx.org(acme).connections.insert({
        ...{ id: 'con_1', protocol: 'saml', name: 'Acme Okta', enabled: true, settings: {}, sealed_secrets: null, resolved: {} },
        ...{ resolved_at: null, refresh_at: null, upkeep: {}, announce_at: null, certificates_end_at: null, attribute_mapping: null },
        ...{
          provisioning: { jit: true, update_on_login: true, link_by: 'none' as const },
          created_at: START,
          updated_at: START,
          version: 1,
        },
      });
      await tx
        .org(acme)
        .connection_keys.insert({ ...key, id: 'key_1', use: 'signing', state: 'current', expires_at: Date.UTC(2026, 3, 15) });
    });
    const published = { type: 'connection.key_published', org_id: acme, target: { kind: 'connection', id: 'con_1', name: 'Acme Okta' } };
    await tell({ ...published, after: { use: 'encryption', kid: 'key_3' } });
    await tell({ ...published, after: { use: 'signing', kid: 'key_2' } });
    assert.deepEqual(await mailed(), [OPERATOR]);
    const text = raw(OPERATOR).replaceAll('=\r\n', '');
    assert.match(text, /April 1, 2026/);
    assert.match(text, /https:\/\/login\.vendor\.example\/saml\/con_1\/metadata/);
  });

  it('of a sync that was stopped come once a day at most', async () => {
    const stopped = { type: 'sync.stopped_by_brake', org_id: acme, target: { kind: 'connection', id: 'con_1', name: 'Acme AD' } };
    await tell(stopped);
    now += 3_600_000;
    await tell(stopped);
    assert.equal((await mailed()).length, 1);
    now += DAY_MS;
    await tell(stopped);
    assert.equal((await mailed()).length, 2);
  });

  it('of a finished set-up and of a hook that was switched off are for operators alone', async () => {
    await contact('it@acme.example');
    await tell({ type: 'setup_link.finished', org_id: acme, target: { kind: 'setup_link', id: 'stl_1' } });
    await tell({
      type: 'event_hook.disabled',
      target: { kind: 'event_hook', id: 'ehk_1', name: 'https://app.vendor.example/hook' },
      after: { disabled_reason: 'the endpoint answered 410 Gone' },
    });
    assert.deepEqual(await mailed(), [OPERATOR, OPERATOR]);
    assert.match(server.received.map((mail) => mail.raw).join(''), /answered 410 Gone/);
  });

  it('with a hostile name in them stay one line and no markup', async () => {
    const evil = await organization('evil', '<img src=x onerror=alert(1)>');
    await tell({
      ...certificate(),
      org_id: evil,
      target: { kind: 'connection', id: 'con_9', name: 'a\r\nBcc: mallory@evil.example\r\n<b>' },
    });
    assert.deepEqual(await mailed(), [OPERATOR]);
    const [headers = '', body = ''] = raw(OPERATOR).split('\r\n\r\n', 2).map(String);
    assert.doesNotMatch(headers, /^Bcc/m);
    const html = raw(OPERATOR).slice(raw(OPERATOR).indexOf('text/html')).replaceAll('=\r\n', '').replaceAll('=3D', '=');
    assert.doesNotMatch(html, /<img|<b>/);
    assert.match(html, /&lt;img src=x/);
    assert.ok(body !== undefined);
  });

  describe('of a silent directory', () => {
    const token = (changes: Record<string, unknown> = {}) =>
      storage.transact((tx) =>
        tx.org(acme).scim_tokens.insert({
          ...{ id: 'scm_1', token_hash: 'x', name: 'Entra', connection_id: null, dialect: 'auto', detected_dialect: null, ip_ranges: null },
          ...{ expires_at: null, last_used_at: START - 8 * DAY_MS, silence_told_at: null, created_at: START - 90 * DAY_MS, ...changes },
        }),
      );
    const watch = () => watch_silence({ storage, record: new_audit().record, days: 7 }, now);

    it('come once for each silence, however many processes look', async () => {
      await contact('it@acme.example');
      await token();
      const told = await Promise.all([watch(), watch(), watch()]);
      assert.equal(
        told.reduce((sum, one) => sum + one),
        1,
      );
      assert.deepEqual(await mailed(), ['it@acme.example', OPERATOR]);
      assert.match(raw(OPERATOR), /^Subject: Acme has sent no changes of people for 8 days\r$/m);
      now += 30 * DAY_MS;
      assert.equal(await watch(), 0);
    });

    it('come again when it was used and fell silent anew', async () => {
      await token();
      await watch();
      await storage.write_once(`UPDATE "scim_tokens" SET "last_used_at" = ? WHERE "id" = 'scm_1'`, [now + DAY_MS]);
      assert.equal(await watch(), 0);
      now += 9 * DAY_MS;
      assert.equal(await watch(), 1);
    });

    it('do not come of a token that was never used, has ended, spoke yesterday, or whose organization is suspended', async () => {
      await token({ last_used_at: null });
      assert.equal(await watch(), 0);
      for (const [set, value] of [
        ['last_used_at', START - DAY_MS],
        ['expires_at', START - 1],
      ] as const) {
        await storage.write_once(`UPDATE "scim_tokens" SET "last_used_at" = ?, "expires_at" = NULL WHERE "id" = 'scm_1'`, [
          START - 8 * DAY_MS,
        ]);
        await storage.write_once(`UPDATE "scim_tokens" SET "${set}" = ? WHERE "id" = 'scm_1'`, [value]);
        assert.equal(await watch(), 0, set);
      }
      await storage.write_once(`UPDATE "scim_tokens" SET "last_used_at" = ?, "expires_at" = NULL WHERE "id" = 'scm_1'`, [
        START - 8 * DAY_MS,
      ]);
      await storage.write_once(`UPDATE "organizations" SET "status" = 'suspended' WHERE "id" = ?`, [acme]);
      assert.equal(await watch(), 0);
    });
  });
});
