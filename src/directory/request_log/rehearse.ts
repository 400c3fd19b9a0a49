import type { Storage } from '../../storage/index.ts';

/** Carries what came of it out of a unit of work that is not to be kept. */
class Rehearsed extends Error {}

/** Does everything that `work` does with the storage it is given, lets it see its own changes, and keeps none of them. */
export async function rehearse<Result>(storage: Storage, work: (storage: Storage) => Promise<Result>): Promise<Result> {
  const came: Result[] = [];
  try {
    await storage.transact(async (tx) => {
      came.length = 0;
      const within: Storage = {
        ...storage,
        org: (id) => tx.org(id),
        gateway: tx.gateway,
        sql: tx.sql,
        write_once: (statement, values) => tx.sql.run(statement, values),
        async transact(inner) {
          await tx.sql.run('SAVEPOINT rehearsal');
          try {
            const after: (() => void)[] = [];
            const result = await inner({ ...tx, after_commit: (action) => void after.push(action) });
            await tx.sql.run('RELEASE SAVEPOINT rehearsal');
            for (const action of after) action();
            return result;
          } catch (error) {
            await tx.sql.run('ROLLBACK TO SAVEPOINT rehearsal');
            await tx.sql.run('RELEASE SAVEPOINT rehearsal');
            throw error;
          }
        },
      };
      came.push(await work(within));
      throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
  }
  return came[0] as Result; // it was pushed before it was thrown away
}
