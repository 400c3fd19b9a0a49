import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { EmptyDatabase } from '../conformance/storage.ts';

/** A database of its own on the server that POSTERN_TEST_POSTGRES_URL names (`npm run test:postgres` starts one). */
export async function empty_postgres(): Promise<EmptyDatabase & { readonly address: { readonly kind: 'postgres'; readonly url: string } }> {
  const server = process.env['POSTERN_TEST_POSTGRES_URL'];
  if (server === undefined) throw new Error('POSTERN_TEST_POSTGRES_URL is not set: run npm run test:postgres');
  const name = `postern_${randomBytes(6).toString('hex')}`;
  const as_admin = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await as_admin(`CREATE DATABASE "${name}"`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { address: { kind: 'postgres', url: url.href }, dispose: () => as_admin(`DROP DATABASE "${name}" WITH (FORCE)`) };
}
