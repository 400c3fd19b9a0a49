import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FetchRequest } from '../../../connectors/connector.ts';
import { back_channel_logout, type Delivery } from '../../../src/events/index.ts';

const delivery: Delivery = {
  ...{ id: 'out_1', org_id: 'org_1', attempt: 1, created_at: 0, signal: AbortSignal.timeout(60_000), note: () => {} },
  payload: { client_id: 'app', sub: 'usr_1', sid: 'ses_1' },
};
const answering = (status: number) => {
  const sent: { url: string; request: FetchRequest | undefined }[] = [];
  return {
    sent,
    deliverer: back_channel_logout({
      fetch: (url, request) => {
        sent.push({ url, request });
        return Promise.resolve({ status, headers: {}, body: new TextEncoder().encode('canary') });
      },
      logout_token: (told) =>
        Promise.resolve(
          told.client_id === 'app' ? { url: 'https://app.example/logout', token: `token for ${told.sub} ${told.sid}` } : undefined,
        ),
    }),
  };
};

describe('OpenID Connect Back-Channel Logout', () => {
  it('posts the logout token as a form (2.5), and is done with 200 or 204 (2.8)', async () => {
    for (const status of [200, 204]) {
      const { sent, deliverer } = answering(status);
      await deliverer.deliver(delivery);
      assert.equal(sent[0]?.url, 'https://app.example/logout');
      assert.equal(sent[0].request?.method, 'POST');
      assert.equal(sent[0].request.headers?.['content-type'], 'application/x-www-form-urlencoded');
      assert.equal(sent[0].request.body, 'logout_token=token+for+usr_1+ses_1');
      assert.equal(sent[0].request.signal, delivery.signal);
    }
  });

  it('any other answer, a redirect too, is tried again, and what the app said is not repeated', async () => {
    for (const status of [302, 400, 404, 500, 503])
      await assert.rejects(answering(status).deliverer.deliver(delivery), (error: Error) => error.message === `the app answered ${status}`);
  });

  it('an app that is gone is not told', async () => {
    const { sent, deliverer } = answering(500);
    await deliverer.deliver({ ...delivery, payload: { client_id: 'gone', sub: 'usr_1', sid: 'ses_1' } });
    assert.deepEqual(sent, []);
  });

  it('reaches an app that is healthy again within five seconds of a first failure, and tries for a day', () => {
    const { schedule } = answering(200).deliverer;
    // half of it again at most
    assert.ok((schedule[0] ?? 0) * 1.5 <= 5000);
    const hours = schedule.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
    assert.ok(hours >= 20 && hours <= 30, String(hours));
  });
});
