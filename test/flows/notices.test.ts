import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type TestBroker, start_broker } from '../support/broker.ts';
import { self_signed } from '../support/client_certificates.ts';
import { mail_server, type MailServer } from '../support/mail_server.ts';
import { add_organization, type Tenant } from '../support/tenant.ts';
import { type WebhookReceiver, webhook_receiver } from '../support/webhook_receiver.ts';

describe('a broker with a mail server', () => {
  let server: MailServer;
  let endpoint: WebhookReceiver;
  let broker: TestBroker;
  let acme: Tenant;
  before(async () => {
    const certificate = await self_signed({ names: [{ type: 'dns', value: 'mail.example' }] });
    server = await mail_server({ certificate, login: { user: 'postern', password: 'a password' } });
    endpoint = await webhook_receiver();
    broker = await start_broker({
      POSTERN_SMTP_URL: `smtp://postern:a%20password@127.0.0.1:${server.port}`,
      POSTERN_MAIL_FROM: 'Sign-in <signin@vendor.example>',
      POSTERN_OPERATORS_EMAIL: 'oncall@vendor.example',
    });
    acme = await add_organization(broker, 'acme', 'Acme');
  });
  after(async () => {
    await broker.stop();
    await endpoint.close();
    await server.close();
  });

  it('writes to the operators when an event hook is switched off because its endpoint is gone', async () => {
    endpoint.behave = () => 410;
    await broker.api('POST', '/event-hooks', { url: endpoint.url, events: ['user.*'] });
    await broker.api('POST', `/organizations/${acme.org_id}/users`, { user_name: 'ann' });
    while (server.received.length === 0) await pause(20);
    const [mail] = server.received;
    assert.deepEqual([mail?.to, mail?.secure, mail?.user], [['oncall@vendor.example'], true, 'postern']);
    assert.match(mail?.raw ?? '', /^Subject: An event hook was switched off\r$/m);
  });

  it('takes contacts, and refuses one whose name or address would write a header', async () => {
    const path = `/organizations/${acme.org_id}/contacts`;
    const made = await broker.call('POST', path, { email: 'it@acme.example', name: 'Acme IT', notices: ['certificate'], language: 'de' });
    assert.equal(made.status, 201);
    for (const body of [
      { email: 'it@acme.example\r\nBcc: mallory@evil.example' },
      { email: 'it@acme.example, mallory@evil.example' },
      { email: 'x@acme.example', name: 'IT\r\nBcc: mallory@evil.example' },
      { email: 'x@acme.example', notices: ['everything'] },
      { email: 'x@acme.example', language: 'tlh' },
    ])
      assert.equal((await broker.call('POST', path, body)).status, 422, JSON.stringify(body));
  });

  it('an organization has 50 contacts at most', async () => {
    const { org_id } = await add_organization(broker, 'many');
    const add = (n: number) => broker.call('POST', `/organizations/${org_id}/contacts`, { email: `it-${n}@many.example` });
    for (let n = 0; n < 50; n++) assert.equal((await add(n)).status, 201);
    const answer = await add(50);
    assert.equal(answer.status, 409);
    assert.match(await answer.text(), /too_many_contacts/);
  });
});
