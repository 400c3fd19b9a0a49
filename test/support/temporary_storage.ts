import { randomBytes } from 'node:crypto';
import { type DatabaseAddress, open_storage, type Storage } from '../../src/storage/index.ts';
import { temporary_database } from './temporary_database.ts';

/** A migrated storage of its own; `close` removes it. */
export async function temporary_storage(): Promise<Storage & { readonly address: DatabaseAddress; readonly path: string }> {
  const { address, dispose } = await temporary_database();
  const storage = await open_storage({ database: address, secrets: [randomBytes(32)] });
  await storage.migrate();
  return {
    ...storage,
    address,
    path: address.kind === 'sqlite' ? address.path : '',
    close: async () => {
      await storage.close();
      await dispose();
    },
  };
}
