import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import pg, { type Pool } from 'pg';
import { DataSource, type EntitySchema, type Logger, type MixedList } from 'typeorm';
import { gateway_schemas } from './gateway_store.ts';
import { migrations } from './migrations/index.ts';
import { org_schemas } from './org_store.ts';
import { type CountStatement, postgres_sql, type Sql, type SqliteDatabase, sqlite_sql } from './sql.ts';

export type DatabaseAddress = { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

/** Open data sources: writes and reads have a connection each on SQLite, a pool each on PostgreSQL. */
export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  readonly writer: DataSource;
  readonly reader: DataSource;
  /** Outside any unit of work. */
  readonly read_sql: Sql;
  readonly write_sql: Sql;
  /** How many statements were sent since it was opened: a figure for whoever measures. */
  statements(): number;
  readonly count: CountStatement;
  /** The driver's pool for single statements of a library; SQLite has none. */
  readonly shared_pool: object | undefined;
  close(): Promise<void>;
}

const common = {
  entities: [...Object.values(gateway_schemas), ...Object.values(org_schemas)] as MixedList<EntitySchema>, // each is a schema of its own row type
  migrations,
  migrationsTableName: 'migrations',
  synchronize: false,
  // without this, findOneBy({x: undefined}) answers the first row
  invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' } as const,
};

export async function open_database(address: DatabaseAddress): Promise<Database> {
  return address.kind === 'sqlite' ? open_sqlite(address.path) : open_postgres(address.url);
}

/** What the mapper sends is counted by its own logger, which writes nothing. */
function counting(): { statements: () => number; count: CountStatement; options: { logging: ['query']; logger: Logger } } {
  let sent = 0;
  const count = (): void => {
    sent += 1;
  };
  const quiet = (): void => {};
  const logger = { logQuery: count, logQueryError: quiet, logQuerySlow: quiet, logSchemaBuild: quiet, logMigration: quiet, log: quiet };
  return { statements: () => sent, count, options: { logging: ['query'], logger } };
}

async function open_sqlite(path: string): Promise<Database> {
  const { statements, count, options } = counting();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const open = async (): Promise<DataSource> =>
    new DataSource({
      ...common,
      ...options,
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
    read_sql: sqlite_sql(sqlite_handle(reader), count),
    write_sql: sqlite_sql(sqlite_handle(writer), count),
    statements,
    count,
    shared_pool: undefined,
    close: async () => {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

// TypeORM keeps the driver's own handle there and types it as any
const sqlite_handle = (source: DataSource): SqliteDatabase =>
  (source.driver as unknown as { databaseConnection: SqliteDatabase }).databaseConnection;

/** A pool for units of work and one for reads: a unit of work that reads outside itself never waits for the connections of others like it. */
async function open_postgres(url: string): Promise<Database> {
  const { statements, count, options } = counting();
  const open = async (): Promise<DataSource> =>
    new DataSource({
      ...common,
      ...options,
      type: 'postgres',
      url,
      applicationName: 'postern',
      // also for one of the pool that is free: in a burst of writes to one group those that wait their turn must not fail
      connectTimeoutMS: 10_000,
      extra: { max: 10, idle_in_transaction_session_timeout: 30_000, statement_timeout: 30_000, types: { getTypeParser: parser_of } },
    }).initialize();
  const writer = await open();
  const reader = await open();
  const pool_of = (source: DataSource): Pool => (source.driver as unknown as { master: Pool }).master; // as above
  return {
    kind: 'postgres',
    writer,
    reader,
    read_sql: postgres_sql(pool_of(reader), count),
    write_sql: postgres_sql(pool_of(writer), count),
    statements,
    count,
    shared_pool: pool_of(reader),
    close: async () => {
      await reader.destroy();
      await writer.destroy();
    },
  };
}

const INT8 = 20;

/** bigint and count(*) come as numbers, as they do on SQLite: times and counts are far below 2^53. */
function parser_of(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  // the driver types what it parses as any, and its ids as an enumeration
  const usual = pg.types.getTypeParser as (oid: number, format?: string) => (text: string) => unknown;
  return oid === INT8 ? Number : usual(oid, format);
}
