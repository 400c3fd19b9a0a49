import type { OrgId } from '../kernel/index.ts';
import { type Database, type DatabaseAddress, open_database } from './database.ts';
import { type GatewayReads, type GatewayStore, open_gateway_store } from './gateway_store.ts';
import { open_org_store, type OrgReads, type OrgStore } from './org_store.ts';
import { make_seal, type Seal } from './seal.ts';
import type { Sql, SqlValue } from './sql.ts';
import { make_unit_of_work, type Work } from './unit_of_work.ts';

/** One unit of work. */
export interface Tx {
  readonly kind: 'sqlite' | 'postgres';
  org(id: OrgId): OrgStore;
  readonly gateway: GatewayStore;
  readonly sql: Sql;
  /** Says that connections, clients, organizations, keys or resources changed: every process drops its cache within a second. */
  config_changed(): Promise<void>;
  /** Runs once the work is committed; never when it rolls back. */
  after_commit(action: () => void): void;
}

export interface Storage {
  readonly kind: 'sqlite' | 'postgres';
  readonly seal: Seal;
  /** The only door to an organization's tables. */
  org(id: OrgId): OrgReads;
  readonly gateway: GatewayReads;
  /** Prepared reads, outside any unit of work. */
  readonly sql: Pick<Sql, 'get' | 'all'>;
  /** Everything that `work` writes commits together or not at all. No I/O but the database's inside: on SQLite all writers wait, on PostgreSQL it may run again after a deadlock. */
  transact<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** One prepared statement that stands for itself; answers how many rows changed. */
  write_once(statement: string, values: readonly SqlValue[]): Promise<number>;
  /** Calls back, in this process, whenever the configuration has changed anywhere. */
  on_config_change(listener: () => void): void;
  /** Looks now whether another process changed the configuration; called by a timer of `main`. */
  poll_config_version(): Promise<void>;
  /** Applies outstanding migrations, all or none, also when several processes start at once; answers their names. */
  migrate(): Promise<string[]>;
  pending_migrations(): Promise<boolean>;
  ping(): Promise<void>;
  /** Where rate limits are counted together, in the form that their library takes: opaque to everyone else. Undefined on SQLite: each process counts for itself. */
  readonly rate_limit_pool: object | undefined;
  /** How many statements this process has sent: for metrics and benchmarks. */
  statements(): number;
  close(): Promise<void>;
}

export interface StorageOptions {
  readonly database: DatabaseAddress;
  /** Newest first, 32+ bytes each. */
  readonly secrets: readonly Uint8Array[];
}

/** Opens the database. Does not migrate. */
export async function open_storage(options: StorageOptions): Promise<Storage> {
  const seal = make_seal(options.secrets);
  const database = await open_database(options.database);
  const { transact, write_once } = make_unit_of_work(database);
  const listeners = new Set<() => void>();
  let seen_version = 0;
  const announce = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    kind: database.kind,
    seal,
    org: (id) => open_org_store(database.reader.manager, id),
    gateway: open_gateway_store(database.reader.manager),
    sql: database.read_sql,
    write_once,
    async transact(work) {
      let after: (() => void)[] = [];
      const result = await transact((inner: Work) => {
        after = [];
        return work(tx_of(database.kind, inner, after, announce));
      });
      for (const action of after) action();
      return result;
    },
    on_config_change: (listener) => void listeners.add(listener),
    async poll_config_version() {
      const row = await database.read_sql.get<{ version: number }>(`SELECT "version" FROM "versions" WHERE "name" = 'config'`);
      const version = row?.version ?? 0;
      if (version !== seen_version) {
        seen_version = version;
        announce();
      }
    },
    migrate: () => migrate(database),
    pending_migrations: () => database.writer.showMigrations(),
    ping: async () => {
      await database.read_sql.get('SELECT 1 AS one');
    },
    rate_limit_pool: database.shared_pool,
    statements: () => database.statements(),
    close: () => database.close(),
  };
}

function tx_of(kind: Tx['kind'], { manager, sql }: Work, after: (() => void)[], announce: () => void): Tx {
  let announced = false;
  return {
    kind,
    org: (id) => open_org_store(manager, id),
    gateway: open_gateway_store(manager),
    sql,
    async config_changed() {
      if (announced) return;
      announced = true;
      await sql.run(
        `INSERT INTO "versions" ("name", "version") VALUES ('config', 1) ON CONFLICT ("name") DO UPDATE SET "version" = "versions"."version" + 1`,
      );
      after.push(announce);
    },
    after_commit: (action) => void after.push(action),
  };
}

async function migrate(database: Database): Promise<string[]> {
  if (database.kind === 'sqlite') {
    // the lock first: two that both read before they write would both fail
    await database.write_sql.run('BEGIN IMMEDIATE');
    try {
      const applied = await database.writer.runMigrations({ transaction: 'none' });
      await database.write_sql.run('COMMIT');
      return applied.map((migration) => migration.name);
    } catch (error) {
      await database.write_sql.run('ROLLBACK');
      throw error;
    }
  }
  // several processes may start at once: one migrates, the others wait
  const runner = database.writer.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock(727374)');
    return (await database.writer.runMigrations({ transaction: 'all' })).map((migration) => migration.name);
  } finally {
    await runner.query('SELECT pg_advisory_unlock(727374)');
    await runner.release();
  }
}
