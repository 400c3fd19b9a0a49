import type { Pool, PoolClient } from 'pg';

/** Anything a prepared statement takes. */
export type SqlValue = string | number | boolean | null;

/** Prepared statements with `?` placeholders, for the hot path: about a tenth of the cost of the mapper. Rows come as the driver reads them: numbers are numbers on both; a boolean is 0 or 1 on SQLite. */
export interface Sql {
  get<Row>(statement: string, values?: readonly SqlValue[]): Promise<Row | undefined>;
  all<Row>(statement: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Answers how many rows were changed. */
  run(statement: string, values?: readonly SqlValue[]): Promise<number>;
}

/** The part of better-sqlite3 that is used. */
export interface SqliteDatabase {
  prepare(statement: string): {
    get(...values: unknown[]): unknown;
    all(...values: unknown[]): unknown[];
    run(...values: unknown[]): { changes: number };
  };
  pragma(text: string): unknown;
}

/** Called once for each statement that is sent. */
export type CountStatement = () => void;

export function sqlite_sql(database: SqliteDatabase, count: CountStatement): Sql {
  const prepared = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  const statement_of = (text: string): ReturnType<SqliteDatabase['prepare']> => {
    count();
    let statement = prepared.get(text);
    if (statement === undefined) {
      statement = database.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  };
  const bind = (values: readonly SqlValue[]): (string | number | null)[] =>
    values.map((value) => (typeof value === 'boolean' ? Number(value) : value));
  return {
    // the driver's rows are whatever the statement selects: the caller names the shape
    get: async <Row>(text: string, values: readonly SqlValue[] = []) => statement_of(text).get(...bind(values)) as Row | undefined,
    all: async <Row>(text: string, values: readonly SqlValue[] = []) => statement_of(text).all(...bind(values)) as Row[], // as above
    run: async (text, values = []) => statement_of(text).run(...bind(values)).changes,
  };
}

export function postgres_sql(connection: Pool | PoolClient, count: CountStatement): Sql {
  const prepared = new Map<string, { name: string; text: string }>();
  const query_of = (statement: string): { name: string; text: string } => {
    count();
    let query = prepared.get(statement);
    if (query === undefined) {
      let index = 0;
      const text = statement.replace(/\?/g, () => `$${++index}`);
      query = { name: `p${hash(text)}`, text };
      prepared.set(statement, query);
    }
    return query;
  };
  const execute = (statement: string, values: readonly SqlValue[]) => connection.query({ ...query_of(statement), values: [...values] });
  return {
    get: async <Row>(statement: string, values: readonly SqlValue[] = []) => (await execute(statement, values)).rows[0] as Row | undefined, // the caller names the shape
    all: async <Row>(statement: string, values: readonly SqlValue[] = []) => (await execute(statement, values)).rows as Row[], // as above
    run: async (statement, values = []) => (await execute(statement, values)).rowCount ?? 0,
  };
}

/** Names a prepared statement alike in every pooled connection: FNV-1a, 53 bits. */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36) + text.length.toString(36);
}
