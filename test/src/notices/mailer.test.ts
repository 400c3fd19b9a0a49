import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { SmtpAddress } from '../../../src/config/index.ts';
import { MailRefused, make_mailer } from '../../../src/notices/index.ts';
import { type AppCertificate, self_signed } from '../../support/client_certificates.ts';
import { free_port } from '../../support/free_port.ts';
import { mail_server, type MailServer } from '../../support/mail_server.ts';

const LOGIN = { user: 'postern', password: 'canary-password' };
const FROM = { name: 'Example Sign-in', address: 'signin@vendor.example' };
const MAIL = {
  to: { name: 'Ann Ångström', address: 'ann@acme.example' },
  id: 'out_1',
  subject: 'Grüße',
  text: 'plain text',
  html: '<p>marked up</p>',
};

const never = new AbortController().signal;
const address = (port: number, changes: Partial<SmtpAddress> = {}): SmtpAddress => ({
  host: '127.0.0.1',
  port,
  tls: 'either',
  login: undefined,
  ...changes,
});
const mailer = (port: number, changes: Partial<SmtpAddress> = {}) => make_mailer(address(port, changes), FROM, 'login.vendor.example');

async function refusal(sent: Promise<unknown>): Promise<MailRefused> {
  try {
    await sent;
  } catch (error) {
    assert.ok(error instanceof MailRefused, String(error));
    // what is logged names nobody, and nothing that the server said
    assert.doesNotMatch(error.message, /acme|canary|signin@/);
    return error;
  }
  throw new Error('was not refused');
}

describe('mail', () => {
  let certificate: AppCertificate;
  let server: MailServer;
  before(async () => {
    certificate = await self_signed({ names: [{ type: 'dns', value: 'mail.example' }] });
    server = await mail_server({ certificate, login: LOGIN });
  });
  after(() => server.close());
  const sender = (changes: Partial<SmtpAddress> = {}) => mailer(server.port, { login: LOGIN, ...changes });

  it('leaves encrypted by STARTTLS, logged in, as plain text and HTML, from and to one mailbox each', async () => {
    await sender().send(MAIL, never);
    const [mail] = server.received.splice(0);
    assert.equal(mail?.secure, true);
    assert.equal(mail.user, 'postern');
    assert.deepEqual([mail.from, mail.to], ['signin@vendor.example', ['ann@acme.example']]);
    assert.match(mail.raw, /^From: "Example Sign-in" <signin@vendor\.example>\r$/m);
    assert.match(mail.raw, /^To: =\?UTF-8\?Q\?Ann_=C3=85ngstr=C3=B6m\?= <ann@acme\.example>\r$/m);
    assert.match(mail.raw, /^Message-ID: <out_1@login\.vendor\.example>\r$/im);
    assert.match(mail.raw, /^Auto-Submitted: auto-generated\r$/m);
    assert.match(mail.raw, /^Content-Type: multipart\/alternative;/m);
    assert.match(mail.raw, /plain text/);
    assert.match(mail.raw, /<p>marked up<\/p>/);
    assert.doesNotMatch(mail.raw, /canary-password/);
  });

  it('is verified without sending any', async () => {
    await sender().verify();
    assert.equal(server.received.length, 0);
  });

  it('with a password that is not accepted is refused for now: an operator can mend that', async () => {
    const error = await refusal(sender({ login: { user: 'postern', password: 'canary-wrong' } }).send(MAIL, never));
    assert.match(error.message, /answered 535/);
    assert.equal(error.for_good, false);
  });

  for (const [status, for_good] of [
    [450, false],
    [550, true],
  ] as const) {
    it(`to a recipient that is answered ${status} is refused ${for_good ? 'for good' : 'for now'}`, async () => {
      server.refusals.set('ann@acme.example', status);
      const error = await refusal(sender().send(MAIL, never));
      server.refusals.clear();
      assert.match(error.message, new RegExp(`answered ${status}`));
      assert.equal(error.for_good, for_good);
    });
  }

  for (const [status, for_good] of [
    [452, false],
    [554, true],
  ] as const) {
    it(`whose content is answered ${status} is refused ${for_good ? 'for good' : 'for now'}`, async () => {
      server.content = status;
      const error = await refusal(sender().send(MAIL, never));
      server.content = undefined;
      assert.equal(error.for_good, for_good);
    });
  }

  it('never goes to a server that is not on this machine without encryption', async () => {
    const clear = await mail_server();
    const error = await refusal(mailer(clear.port, { tls: 'starttls' }).send(MAIL, never));
    assert.match(error.message, /encryption|answered/);
    assert.equal(error.for_good, false);
    assert.deepEqual([clear.received, clear.attempts], [[], 0]);
    await clear.close();
  });

  it('never goes to a server whose certificate nobody vouches for', async () => {
    const seen = server.attempts;
    await refusal(sender({ tls: 'starttls' }).send(MAIL, never));
    assert.equal(server.attempts, seen);
  });

  it('header injection: a line break in a name, an address, a subject or an id is refused before anything is sent', async () => {
    const seen = server.attempts;
    const injected = 'Ann\r\nBcc: mallory@evil.example';
    for (const mail of [
      { ...MAIL, to: { ...MAIL.to, name: injected } },
      { ...MAIL, to: { ...MAIL.to, address: `ann@acme.example\r\nRCPT TO:<mallory@evil.example>` } },
      { ...MAIL, subject: injected },
      { ...MAIL, id: 'out\n1' },
    ]) {
      const error = await refusal(sender().send(mail, never));
      assert.equal(error.for_good, true);
    }
    assert.equal(server.attempts, seen);
  });

  it('a name that looks like several addresses is one name of one recipient', async () => {
    await sender().send({ ...MAIL, to: { name: 'Ann, <mallory@evil.example>, "Bob"', address: 'ann@acme.example' } }, never);
    const [mail] = server.received.splice(0);
    assert.deepEqual(mail?.to, ['ann@acme.example']);
  });

  it('to a server that says nothing ends when its time is over', async () => {
    const sockets = new Set<{ destroy(): void }>();
    const silent = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const bound = silent.address();
    const error = await refusal(mailer(typeof bound === 'object' && bound !== null ? bound.port : 0).send(MAIL, AbortSignal.timeout(100)));
    assert.match(error.message, /did not answer in time/);
    assert.equal(error.for_good, false);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  it('to a server that is not there is refused for now', async () => {
    const error = await refusal(mailer(await free_port()).send(MAIL, never));
    assert.equal(error.for_good, false);
    assert.match(error.message, /mail server/);
  });
});
