import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storage_conformance } from '../../conformance/storage.ts';

storage_conformance('sqlite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-'));
  return {
    address: { kind: 'sqlite', path: join(folder, 'deeper', 'postern.db') },
    dispose: async () => rmSync(folder, { recursive: true, force: true }),
  };
});
