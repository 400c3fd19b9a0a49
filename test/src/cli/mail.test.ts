import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { free_port } from '../../support/free_port.ts';
import { mail_server, type MailServer } from '../../support/mail_server.ts';
import { type Command, make_command } from './command.ts';

describe('postern mail test', () => {
  let command: Command;
  let server: MailServer;
  beforeEach(async () => {
    command = await make_command();
    server = await mail_server();
    command.env['POSTERN_SMTP_URL'] = `smtp://127.0.0.1:${server.port}`;
    command.env['POSTERN_MAIL_FROM'] = 'Sign-in <signin@vendor.example>';
    await command.run('migrate');
  });
  afterEach(async () => {
    await server.close();
    await command.close();
  });

  it('sends one mail now', async () => {
    const { out, status } = await command.run('mail', 'test', '--to', 'ann@vendor.example');
    assert.equal(status, 0, out);
    assert.deepEqual(
      server.received.map(({ to }) => to),
      [['ann@vendor.example']],
    );
    assert.match(server.received[0]?.raw ?? '', /^Subject: A test of mail from 127\.0\.0\.1:9\r$/m);
  });

  it('says what the mail server said', async () => {
    server.refusals.set('ann@vendor.example', 550);
    const { err, status } = await command.run('mail', 'test', '--to', 'ann@vendor.example');
    assert.equal(status, 1);
    assert.match(err, /answered 550.*no, said the server/);
  });

  it('says what is missing', async () => {
    assert.match((await command.run('mail', 'test', '--to', 'nobody')).err, /no e-mail address|not an e-mail address/);
    delete command.env['POSTERN_SMTP_URL'];
    assert.match((await command.run('mail', 'test', '--to', 'ann@vendor.example')).err, /set POSTERN_SMTP_URL/);
  });

  it('is what doctor looks at: a server that answers, none, and no setting', async () => {
    const doctor = async () => (await command.run('doctor', '--no-partners')).out;
    assert.match(await doctor(), /ok {7}mail: The mail server answers/);
    assert.match(await doctor(), /warning {2}operators: /);
    command.env['POSTERN_OPERATORS_EMAIL'] = 'oncall@vendor.example';
    command.env['POSTERN_SMTP_URL'] = `smtp://127.0.0.1:${await free_port()}`;
    const broken = await doctor();
    assert.match(broken, /PROBLEM {2}mail: No mail can leave: the mail server/);
    assert.doesNotMatch(broken, /operators: /);
    delete command.env['POSTERN_SMTP_URL'];
    assert.match(await doctor(), /warning {2}mail: No mail is sent/);
  });
});
