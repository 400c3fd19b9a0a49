import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import pg from 'pg';
import { open_storage } from '../../../src/storage/index.ts';
import { storage_conformance } from '../../conformance/storage.ts';
import { empty_postgres } from '../../support/empty_postgres.ts';

storage_conformance('postgres', empty_postgres);

describe('storage on a PostgreSQL that ends its connections', () => {
  it('goes on with new ones, and keeps nothing of the unit of work that was cut', async () => {
    const { address, dispose } = await empty_postgres();
    const storage = await open_storage({ database: address, secrets: [randomBytes(32)] });
    await storage.migrate();
    const cut_all = async (): Promise<void> => {
      const client = new pg.Client({ connectionString: address.url });
      await client.connect();
      await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      await client.end();
    };
    await cut_all();
    await storage.ping();
    await assert.rejects(
      storage.transact(async (tx) => {
        await tx.gateway.versions.insert({ name: 'cut', version: 1 });
        await cut_all();
        await tx.gateway.versions.insert({ name: 'cut too', version: 1 });
      }),
    );
    assert.equal(await storage.gateway.versions.count(), 0);
    await storage.transact((tx) => tx.gateway.versions.insert({ name: 'after', version: 1 }));
    assert.equal(await storage.gateway.versions.count(), 1);
    await storage.close();
    await dispose();
  });
});
