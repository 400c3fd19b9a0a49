import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open_storage, type Storage } from '../../src/storage/index.ts';

/** A migrated SQLite storage in a folder of its own; `close` removes it. */
export async function temporary_storage(): Promise<Storage & { readonly path: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-'));
  const path = join(folder, 'postern.db');
  const storage = await open_storage({ database: { kind: 'sqlite', path }, secrets: [randomBytes(32)] });
  await storage.migrate();
  return {
    ...storage,
    path,
    close: async () => {
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
