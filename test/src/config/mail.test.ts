import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addresses, mailbox, smtp_address } from '../../../src/config/mail.ts';
import { parse_settings } from '../../../src/config/index.ts';

describe('the address of the mail server', () => {
  it('demands STARTTLS, except on this machine; smtps is TLS from the first byte', () => {
    assert.deepEqual(smtp_address('smtp://mail.example'), { host: 'mail.example', port: 587, tls: 'starttls', login: undefined });
    assert.deepEqual(smtp_address('smtps://mail.example'), { host: 'mail.example', port: 465, tls: 'tls', login: undefined });
    for (const here of ['localhost', '127.0.0.1', '[::1]']) assert.equal(smtp_address(`smtp://${here}:25`).tls, 'either');
    assert.equal(smtp_address('smtp://127.evil.example').tls, 'starttls');
    assert.equal(smtp_address('smtp://relay.internal:25?tls=none').tls, 'none');
  });

  it('has user and password percent-encoded', () => {
    assert.deepEqual(smtp_address('smtp://a%40b:p%3A%2F%25@mail.example:2525').login, { user: 'a@b', password: 'p:/%' });
  });

  for (const wrong of [
    'mail.example',
    'https://mail.example',
    'smtp://',
    'smtp://mail.example/path',
    'smtp://user@mail.example',
    'smtp://:secret@mail.example',
    'smtp://u:%zz@mail.example',
    'smtp://mail.example?tls=maybe',
    'smtp://mail.example?logger=true',
    'smtps://mail.example?tls=none',
  ]) {
    it(`is refused as ${wrong}`, () => assert.throws(() => smtp_address(wrong)));
  }

  it('never sends a password in clear', () => {
    assert.throws(() => smtp_address('smtp://u:p@relay.internal?tls=none'), /clear/);
  });
});

describe('who mail comes from', () => {
  it('is an address, with a name or without', () => {
    assert.deepEqual(mailbox('signin@vendor.example'), { name: undefined, address: 'signin@vendor.example' });
    for (const text of ['Sign-in <signin@vendor.example>', '"Sign-in" <signin@vendor.example>'])
      assert.deepEqual(mailbox(text), { name: 'Sign-in', address: 'signin@vendor.example' });
  });

  for (const wrong of ['', 'Sign-in', 'a@b', 'a@vendor.example, b@vendor.example', 'x\r\nBcc: y@evil.example <a@vendor.example>'])
    it(`is refused as ${JSON.stringify(wrong)}`, () => assert.throws(() => mailbox(wrong)));

  it('must be said where there is a mail server', () => {
    const read = parse_settings({ POSTERN_SMTP_URL: 'smtp://mail.example' }, () => undefined);
    assert.deepEqual(!read.ok && read.problems.map(({ path }) => path), ['POSTERN_MAIL_FROM']);
  });

  it('and the password of the server may stand in a file', () => {
    const read = parse_settings({ POSTERN_SMTP_URL_FILE: '/run/smtp', POSTERN_MAIL_FROM: 'a@vendor.example' }, (path) =>
      path === '/run/smtp' ? 'smtp://u:p@mail.example\n' : undefined,
    );
    assert.equal(read.ok && read.settings.smtp_url?.login?.password, 'p');
  });
});

describe('addresses of operators', () => {
  it('are a list, each an address', () => {
    assert.deepEqual(addresses('a@vendor.example, b@vendor.example'), ['a@vendor.example', 'b@vendor.example']);
    assert.deepEqual(addresses(''), []);
    assert.throws(() => addresses('a@vendor.example, nobody'));
  });
});
