import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmptyDatabase } from '../conformance/storage.ts';
import { empty_postgres } from './empty_postgres.ts';

/** An empty database that goes away with `dispose`: a SQLite file in a folder of its own, or PostgreSQL where POSTERN_TEST_POSTGRES_URL names a server (`npm run test:postgres`). */
export async function temporary_database(): Promise<EmptyDatabase> {
  return process.env['POSTERN_TEST_POSTGRES_URL'] === undefined ? empty_sqlite() : empty_postgres();
}

export async function empty_sqlite(): Promise<EmptyDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-'));
  return {
    address: { kind: 'sqlite', path: join(folder, 'deeper', 'postern.db') },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
