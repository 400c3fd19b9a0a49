import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FetchRequest } from '../../../connectors/connector.ts';
import { Hopeless, PutOff } from '../../../src/events/worker.ts';
import { signal_push, type SignedSet } from '../../../src/events/signal_push.ts';

const SET: SignedSet = { url: 'https://app.example/events', authorization: 'Bearer x', token: 'a.b.c' };

async function pushed(
  answer: { status: number; body?: string; headers?: Record<string, string> },
  set: SignedSet | 'gone' | 'waits' = SET,
): Promise<{ error: unknown; sent: FetchRequest | undefined }> {
  let sent: FetchRequest | undefined;
  const { deliver } = signal_push({
    async fetch(_url, request) {
      sent = request;
      return { status: answer.status, headers: answer.headers ?? {}, body: Buffer.from(answer.body ?? '') };
    },
    signed: async () => set,
  });
  const { signal } = new AbortController();
  const delivery = { id: 'out_1', org_id: null, payload: {}, attempt: 1, created_at: 0, signal, note: () => undefined };
  const error = await deliver(delivery).catch((reason: unknown) => reason);
  return { error, sent };
}

describe('the push of a security event (RFC 8935)', () => {
  it('is a SET with its media type and the header that the app wants (section 2.1)', async () => {
    const { error, sent } = await pushed({ status: 202 });
    assert.equal(error, undefined);
    assert.deepEqual(sent?.headers, {
      'content-type': 'application/secevent+jwt',
      accept: 'application/json',
      authorization: 'Bearer x',
    });
    assert.equal(sent?.body, 'a.b.c');
    assert.ok(!('authorization' in ((await pushed({ status: 202 }, { ...SET, authorization: undefined })).sent?.headers ?? {})));
  });

  it('is heard with 202, and with 200 or 204 of a less exact app; a redirect is not followed and not heard', async () => {
    for (const status of [200, 202, 204]) assert.equal((await pushed({ status })).error, undefined);
    for (const status of [201, 302, 404, 500]) assert.match(String((await pushed({ status })).error), new RegExp(`answered ${status}$`));
  });

  it('is given up when the app has read it and refuses what no later try can change (section 2.4)', async () => {
    for (const err of ['invalid_request', 'invalid_issuer', 'invalid_audience'])
      assert.ok((await pushed({ status: 400, body: JSON.stringify({ err }) })).error instanceof Hopeless, err);
  });

  it('is tried again when its key or its credentials were refused, or what the app says cannot be read', async () => {
    for (const body of ['{"err":"invalid_key"}', '{"err":"authentication_failed"}', '{"err":"access_denied"}', '', 'null', '{"err":{}}']) {
      const { error } = await pushed({ status: 400, body });
      assert.ok(error instanceof Error && !(error instanceof Hopeless), body);
    }
  });

  it('waits as long as the app asks, within ten minutes', async () => {
    for (const [retry_after, wait] of [
      ['30', 30_000],
      ['86400', 600_000],
    ] as const) {
      const { error } = await pushed({ status: 429, headers: { 'retry-after': retry_after } });
      assert.ok(error instanceof PutOff);
      assert.equal(error.wait_ms, wait);
    }
    assert.ok(!((await pushed({ status: 503 })).error instanceof PutOff));
  });

  it('is not sent where the stream is gone or takes no pushes', async () => {
    const gone = await pushed({ status: 202 }, 'gone');
    const waits = await pushed({ status: 202 }, 'waits');
    assert.ok(gone.error === undefined && waits.error instanceof PutOff);
    assert.deepEqual([gone.sent, waits.sent], [undefined, undefined]);
  });
});
