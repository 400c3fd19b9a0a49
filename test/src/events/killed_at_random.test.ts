import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { it } from 'node:test';
import { outbox_depth } from '../../../src/events/index.ts';
import { open_storage } from '../../../src/storage/index.ts';
import { temporary_database } from '../../support/temporary_database.ts';
import { webhook_receiver } from '../../support/webhook_receiver.ts';
import { hook_world } from './hook_world.ts';

/** A long run: `POSTERN_TEST_KILLS=200`. */
const KILLS = Number(process.env['POSTERN_TEST_KILLS'] ?? 12);
const AT_ONCE = 2;
const LEASE_OVER_MS = 61_000;

it(`kill -9 at random ${KILLS} times: every event that was committed is heard, no other is, and those of one person in their order`, async (t) => {
  const { address, dispose } = await temporary_database();
  const secret = randomBytes(32);
  const storage = await open_storage({ database: address, secrets: [secret] });
  const endpoint = await webhook_receiver();
  const alive = new Set<ChildProcess>();
  t.after(async () => {
    for (const child of alive) child.kill('SIGKILL');
    await endpoint.close();
    await storage.close();
    await dispose();
  });
  await storage.migrate();
  // sometimes the endpoint has heard, and the answer never arrives
  endpoint.behave = () => (randomInt(20) === 0 ? 500 : 204);

  let generation = 0;
  const one_life = async (): Promise<void> => {
    generation += 1;
    const orders = {
      address,
      secret: secret.toString('base64'),
      url: endpoint.url,
      name: String(generation),
      ahead: generation * LEASE_OVER_MS,
    };
    const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'busy_process.ts'), JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    alive.add(child);
    const exited = once(child, 'exit');
    await once(createInterface({ input: child.stdout }), 'line');
    await new Promise((resolve) => setTimeout(resolve, randomInt(5, 250)));
    child.kill('SIGKILL');
    await exited;
    alive.delete(child);
  };
  let left = KILLS;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await one_life();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));

  endpoint.behave = () => 204;
  // what failed and what was leased by the dead is due again after hours
  for (let turn = 1; (await outbox_depth(storage)).waiting > 0; turn++) {
    assert.ok(turn < 20, 'the outbox empties');
    const later = (generation + 1) * LEASE_OVER_MS + turn * 3 * 3_600_000;
    await hook_world(storage, endpoint.url, () => Date.now() + later).worker.run_once();
  }
  assert.deepEqual(await outbox_depth(storage), { waiting: 0, dead: 0 });

  const committed = await storage.sql.all<{ id: string; target_id: string; after: string }>(
    `SELECT "id", "target_id", "after" FROM "audit_events"`,
  );
  assert.ok(committed.length >= KILLS, `${committed.length} were recorded`);
  const heard = new Map<string, { person: string; count: number }>();
  for (const got of endpoint.received) {
    const { target, after } = got.data as { target: { id: string }; after: { count: number } };
    if (!heard.has(got.id)) heard.set(got.id, { person: target.id, count: after.count });
  }
  assert.deepEqual([...heard.keys()].toSorted(), committed.map(({ id }) => id).toSorted());
  const last = new Map<string, number>();
  for (const { person, count } of heard.values()) {
    assert.ok(count > (last.get(person) ?? -1), `${person}: ${count} after ${last.get(person) ?? ''}`);
    last.set(person, count);
  }
  t.diagnostic(`${committed.length} events, ${endpoint.received.length} deliveries`);
});
