import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Storage } from '../../../src/storage/index.ts';
import { make_audit } from '../../../src/audit/index.ts';
import { make_poll } from '../../../src/signals/poll.ts';
import { make_transmitter } from '../../../src/signals/transmitter.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';

const DAY_MS = 86_400_000;

describe('a poll for security events that waits (RFC 8936 section 2.4)', () => {
  let storage: Storage;
  let clock = Date.parse('2026-07-01T00:00:00Z');
  const now = (): number => clock;
  const sleep = async (ms: number): Promise<void> => void (clock += ms);
  const deps = () => ({
    ...{ storage, now, sleep, issuer_url: 'https://broker.example', signers: async () => [] },
    directory: { registered_client: async () => undefined },
  });
  before(async () => {
    storage = await temporary_storage();
    await storage.transact(async (tx) => {
      const times = { created_at: clock, updated_at: clock, version: 1 };
      const app = { id: 'app', metadata: {}, sealed_secret: null, organizations: null, enabled: true, registration_hash: null };
      await tx.gateway.clients.insert({ ...app, ...times });
      await tx.gateway.signal_streams.insert({
        ...{ id: 'str_1', client_id: 'app', method: 'poll', endpoint_url: null, sealed_authorization: null, events_requested: null },
        ...{ description: null, status: 'enabled', status_reason: null, verified_at: null, ...times },
      });
    });
  });
  after(() => storage.close());

  it('is answered after twenty seconds with nothing, and at once when the app is gone', async () => {
    const poll = make_poll(deps());
    const began = clock;
    assert.deepEqual(await poll('app', 'str_1', {}, new AbortController().signal), { sets: {} });
    assert.equal(clock - began, 20_000);
    assert.deepEqual(await poll('app', 'str_1', {}, AbortSignal.abort()), { sets: {} });
    assert.equal(clock - began, 20_000);
  });

  it('is one for each stream: a second is answered at once', async () => {
    let go = (): void => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const gone = new AbortController();
    const poll = make_poll({ ...deps(), sleep: () => held });
    const first = poll('app', 'str_1', {}, gone.signal);
    assert.deepEqual(await poll('app', 'str_1', {}, new AbortController().signal), { sets: {} });
    gone.abort();
    go();
    await first;
  });

  it('what nobody fetches for a week is given up; what was for an app that is gone is forgotten', async () => {
    const { append_outbox, record } = make_audit({ storage, now, trace_days: 1, subscribers: async () => [] });
    const entry = { org_id: null, kind: 'ssf_poll', order_key: 'str_1/x', payload: {} };
    const id = await storage.transact((tx) => append_outbox(tx, entry));
    const orphan = await storage.transact((tx) => append_outbox(tx, { ...entry, order_key: 'str_gone/x' }));
    const transmitter = make_transmitter({ ...deps(), append_outbox, record });
    clock += 6 * DAY_MS;
    await transmitter.tend();
    assert.equal(await storage.gateway.outbox.find_one({ id: orphan }), undefined);
    assert.equal((await storage.gateway.outbox.find_one({ id }))?.dead_at, null);
    clock += 2 * DAY_MS;
    await transmitter.tend();
    const row = await storage.gateway.outbox.find_one({ id });
    assert.deepEqual([row?.dead_at, row?.last_error], [clock, 'the app did not fetch it within a week']);
  });
});
