import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Pool } from 'pg';
import { DataSource, type EntitySchema, type MixedList } from 'typeorm';
import { gateway_schemas } from './gateway_store.ts';
import { migrations } from './migrations/index.ts';
import { org_schemas } from './org_store.ts';
import { postgres_sql, type Sql, type SqliteDatabase, sqlite_sql } from './sql.ts';

export type DatabaseAddress = { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

/** Open data sources. On SQLite writes and reads have a connection each; on PostgreSQL both are the pool. */
export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  readonly writer: DataSource;
  readonly reader: DataSource;
  /** Outside any unit of work. */
  readonly read_sql: Sql;
  readonly write_sql: Sql;
  close(): Promise<void>;
}

const common = {
  entities: [...Object.values(gateway_schemas), ...Object.values(org_schemas)] as MixedList<EntitySchema>, // each is a schema of its own row type
  migrations,
  migrationsTableName: 'migrations',
  synchronize: false,
  logging: false as const,
  // without this, findOneBy({x: undefined}) answers the first row
  invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' } as const,
};

export async function open_database(address: DatabaseAddress): Promise<Database> {
  return address.kind === 'sqlite' ? open_sqlite(address.path) : open_postgres(address.url);
}

async function open_sqlite(path: string): Promise<Database> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const open = async (): Promise<DataSource> =>
    new DataSource({
      ...common,
      type: 'better-sqlite3',
      database: path,
      prepareDatabase: (database: SqliteDatabase) => {
        for (const pragma of ['journal_mode=WAL', 'synchronous=NORMAL', 'foreign_keys=ON', 'busy_timeout=5000']) database.pragma(pragma);
      },
    }).initialize();
  const writer = await open();
  const reader = await open();
  return {
    kind: 'sqlite',
    writer,
    reader,
    read_sql: sqlite_sql(sqlite_handle(reader)),
    write_sql: sqlite_sql(sqlite_handle(writer)),
    close: async () => {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

// TypeORM keeps the driver's own handle there and types it as any
const sqlite_handle = (source: DataSource): SqliteDatabase =>
  (source.driver as unknown as { databaseConnection: SqliteDatabase }).databaseConnection;

async function open_postgres(url: string): Promise<Database> {
  const source = await new DataSource({
    ...common,
    type: 'postgres',
    url,
    applicationName: 'postern',
    connectTimeoutMS: 5000,
    extra: { max: 10, idle_in_transaction_session_timeout: 30_000, statement_timeout: 30_000 },
  }).initialize();
  const pool = (source.driver as unknown as { master: Pool }).master; // as above
  const sql = postgres_sql(pool);
  return { kind: 'postgres', writer: source, reader: source, read_sql: sql, write_sql: sql, close: () => source.destroy() };
}
