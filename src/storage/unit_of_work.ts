import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { type EntityManager, QueryFailedError } from 'typeorm';
import type { Database } from './database.ts';
import { postgres_sql, type Sql } from './sql.ts';

/** What one unit of work has in hand: everything in it commits together or not at all. */
export interface Work {
  readonly manager: EntityManager;
  readonly sql: Sql;
}

/** `work` may be called again when the database asks for it: it changes nothing but the database. */
export type UnitOfWork = <Result>(work: (work: Work) => Promise<Result>) => Promise<Result>;

/**
 * Every write goes through here. On SQLite they are serialized on the one writer: a plain write that fell inside
 * another request's transaction would be lost when that one rolls back.
 */
export function make_unit_of_work(database: Database): {
  transact: UnitOfWork;
  write_once: (statement: string, values: readonly (string | number | boolean | null)[]) => Promise<number>;
} {
  const inside = new AsyncLocalStorage<true>();
  const guard = (): void => {
    if (inside.getStore() === true) throw new TypeError('a unit of work inside a unit of work would wait for itself');
  };
  if (database.kind === 'postgres') {
    const attempt: UnitOfWork = async (work) => {
      const runner = database.writer.createQueryRunner();
      try {
        const client = (await runner.connect()) as PoolClient; // the pg driver's runner connects to a pool client
        await runner.startTransaction();
        const result = await inside.run(true, () => work({ manager: runner.manager, sql: postgres_sql(client, database.count) }));
        await runner.commitTransaction();
        return result;
      } catch (error) {
        if (runner.isTransactionActive) await runner.rollbackTransaction();
        throw error;
      } finally {
        await runner.release();
      }
    };
    const transact: UnitOfWork = async (work) => {
      guard();
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(work);
        } catch (error) {
          // PostgreSQL ended one of those that waited for each other: nothing of it was kept, so it can begin anew
          if (tries === 3 || !is_deadlock(error)) throw error;
        }
      }
    };
    return {
      transact,
      write_once: async (statement, values) => {
        guard();
        return database.write_sql.run(statement, values);
      },
    };
  }
  const runner = database.writer.createQueryRunner();
  const sql = database.write_sql;
  let tail: Promise<unknown> = Promise.resolve();
  // SQLite answers at once, so that one unit of work after the other would never let this process come to anything else: requests, timers
  let others: Promise<unknown> = Promise.resolve();
  const in_turn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = async (): Promise<Result> => {
      await others;
      others = setImmediate();
      return work();
    };
    const turn = tail.then(next, next);
    tail = turn.catch(() => undefined);
    return turn;
  };
  const transact: UnitOfWork = (work) => {
    guard();
    return in_turn(async () => {
      // IMMEDIATE: the lock is taken now, with busy_timeout, not at the first write, where a stale snapshot fails at once
      await sql.run('BEGIN IMMEDIATE');
      try {
        const result = await inside.run(true, () => work({ manager: runner.manager, sql }));
        await sql.run('COMMIT');
        return result;
      } catch (error) {
        await sql.run('ROLLBACK');
        throw error;
      }
    });
  };
  return {
    transact,
    write_once: (statement, values) => {
      guard();
      return in_turn(() => sql.run(statement, values));
    },
  };
}

function is_deadlock(error: unknown): boolean {
  const cause = error instanceof QueryFailedError ? (error.driverError as unknown) : error; // typed any
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '40P01';
}
