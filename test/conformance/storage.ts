import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { Conflict, Misconfigured, type OrgId } from '../../src/kernel/index.ts';
import { open_database } from '../../src/storage/database.ts';
import {
  type DatabaseAddress,
  first_use,
  open_storage,
  reseal,
  type SealedColumn,
  type Storage,
  sweep_expired,
} from '../../src/storage/index.ts';
import { any_row, full_organization, key_of, new_organization, org_tables, store_of } from './storage_rows.ts';

/** An empty database of one's own. */
export interface EmptyDatabase {
  readonly address: DatabaseAddress;
  dispose(): Promise<void>;
}

const fifty = Array.from({ length: 50 }, (_, index) => index);

/** What storage promises, on whichever database. */
export function storage_conformance(kind: Storage['kind'], make_empty: () => Promise<EmptyDatabase>): void {
  describe(`storage on ${kind}`, () => {
    let empty: EmptyDatabase;
    let storage: Storage;
    const secrets = [randomBytes(32)];
    const open = (): Promise<Storage> => open_storage({ database: empty.address, secrets });

    before(async () => {
      empty = await make_empty();
      storage = await open();
      await storage.migrate();
    });
    after(async () => {
      await storage.close();
      await empty.dispose();
    });

    describe('the schema', () => {
      it('is what the migrations made: on an empty database, once migrated, the schema builder finds nothing to do', async () => {
        const fresh = await make_empty();
        const database = await open_database(fresh.address);
        await database.writer.runMigrations({ transaction: 'all' });
        const { upQueries } = await database.writer.driver.createSchemaBuilder().log();
        assert.deepEqual(
          upQueries.map(({ query }) => query),
          [],
        );
        await database.close();
        await fresh.dispose();
      });

      it('can be taken back to nothing', async () => {
        const fresh = await make_empty();
        const database = await open_database(fresh.address);
        await database.writer.runMigrations({ transaction: 'all' });
        await database.writer.undoLastMigration({ transaction: 'all' });
        const runner = database.writer.createQueryRunner();
        assert.equal(await runner.hasTable('users'), false);
        await runner.release();
        await database.close();
        await fresh.dispose();
      });

      it('is known to be missing before it is migrated', async () => {
        const fresh = await make_empty();
        const unready = await open_storage({ database: fresh.address, secrets });
        assert.equal(await unready.pending_migrations(), true);
        await unready.close();
        await fresh.dispose();
      });

      it('is migrated once, however many processes start together', async () => {
        const fresh = await make_empty();
        const migrate_elsewhere = async (): Promise<string[]> => {
          const given = ['--import', 'tsx', join(import.meta.dirname, '../support/migrate_process.ts'), JSON.stringify(fresh.address)];
          const { stdout } = await promisify(execFile)(process.execPath, given, { cwd: join(import.meta.dirname, '../..') });
          return JSON.parse(stdout) as string[]; // what migrate_process.ts writes
        };
        const applied = (await Promise.all([migrate_elsewhere(), migrate_elsewhere(), migrate_elsewhere()])).flat();
        assert.ok(applied.length > 0);
        assert.equal(applied.length, new Set(applied).size, 'a migration ran twice');
        const late = await open_storage({ database: fresh.address, secrets });
        assert.equal(await late.pending_migrations(), false);
        assert.deepEqual(await late.migrate(), []);
        await late.close();
        await fresh.dispose();
      });
    });

    describe('isolation', () => {
      let a: OrgId;
      let b: OrgId;
      before(async () => {
        a = await full_organization(storage);
        b = await full_organization(storage);
      });

      for (const table of org_tables) {
        it(`of ${table}: one organization cannot read another's rows`, async () => {
          const store = store_of(storage, a, table);
          const [mine, theirs] = [key_of(table, any_row(table, a)), key_of(table, any_row(table, b))];
          assert.ok(await store.find_one(mine));
          assert.equal(await store.find_one(theirs), undefined);
          assert.equal(await store.find_one({ ...theirs, org_id: b }), undefined);
          const readings = [await store.find({}), await store.find({ org_id: b }), await store.query().getMany()];
          for (const rows of readings)
            assert.deepEqual(
              rows.map((row) => row['org_id']),
              [a],
            );
          assert.equal(await store.count(), 1);
          assert.equal(await store.count({ org_id: b }), 1, 'the scope wins over what is asked for');
          const columns = any_row(table, a);
          if ('id' in columns && 'created_at' in columns) {
            assert.deepEqual(
              (await store.page({ limit: 10 })).data.map((row) => row['org_id']),
              [a],
            );
          }
        });

        it(`of ${table}: one organization cannot change, move or remove another's rows`, async () => {
          const theirs = key_of(table, any_row(table, b));
          const before_it = await store_of(storage, b, table).find_one(theirs);
          assert.ok(before_it);
          await storage.transact(async (tx) => {
            const store = store_of(tx, a, table);
            assert.equal(await store.update(theirs, { ...theirs }), 0);
            assert.equal(await store.update({ ...theirs, org_id: b }, { ...theirs, org_id: a }), 0);
            assert.equal(await store.delete(theirs), 0);
            assert.equal(await store.delete({ ...theirs, org_id: b }), 0);
          });
          assert.deepEqual(await store_of(storage, b, table).find_one(theirs), before_it);
        });

        it(`of ${table}: a row is written under its organization whatever it says itself`, async () => {
          const c = await new_organization(storage);
          const d = await full_organization(storage);
          const row = any_row(table, d);
          const undo = new Error('undo');
          await assert.rejects(
            storage.transact(async (tx) => {
              await store_of(tx, d, table).delete(key_of(table, row));
              await store_of(tx, d, table).insert({ ...row, org_id: c });
              assert.equal(await store_of(tx, c, table).count(), 0);
              await store_of(tx, d, table).update(key_of(table, row), { org_id: c });
              assert.equal(await store_of(tx, c, table).count(), 0);
              assert.equal(await store_of(tx, d, table).count(), 1);
              throw undo;
            }),
            undo,
          );
        });
      }

      it('holds foreign keys within the organization: a row cannot point to another organization', async () => {
        const row = { ...any_row('identities', a), id: 'identities-crossing', user_id: `users-${b}`, subject: 'crossing' };
        await assert.rejects(storage.transact((tx) => store_of(tx, a, 'identities').insert(row)));
      });

      it('removes everything of an organization with it, and nothing else', async () => {
        const gone = await full_organization(storage);
        await storage.transact((tx) => tx.gateway.organizations.delete({ id: gone }));
        for (const table of org_tables) {
          assert.equal(await store_of(storage, gone, table).count(), 0, table);
          assert.equal(await store_of(storage, a, table).count(), 1, table);
        }
      });
    });

    describe('conditions', () => {
      for (const nothing of [undefined, null]) {
        it(`on ${nothing} throw instead of matching any row`, async () => {
          const org = await full_organization(storage);
          const match = { user_name: nothing };
          const users = store_of(storage, org, 'users');
          await assert.rejects(users.find_one(match));
          await assert.rejects(users.find(match));
          await assert.rejects(users.count(match));
          await assert.rejects(storage.transact((tx) => store_of(tx, org, 'users').update(match, { active: false })));
          await assert.rejects(storage.transact((tx) => store_of(tx, org, 'users').delete(match)));
          assert.equal((await users.find_one({ id: `users-${org}` }))?.['active'], true);
        });
      }

      it('that are absent altogether are refused where one row, a change or a removal is meant', async () => {
        const org = await full_organization(storage);
        await assert.rejects(store_of(storage, org, 'users').find_one({}));
        await assert.rejects(storage.transact((tx) => store_of(tx, org, 'users').update({}, { active: false })));
        await assert.rejects(storage.transact((tx) => store_of(tx, org, 'users').delete({})));
      });
    });

    describe('units of work', () => {
      const count_up = `UPDATE "versions" SET "version" = "version" + 1 WHERE "name" = ?`;
      const counter = async (name: string): Promise<number | undefined> => (await storage.gateway.versions.find_one({ name }))?.version;

      it('50 at once are all kept', async () => {
        const org = await full_organization(storage);
        await storage.transact((tx) => tx.gateway.versions.insert({ name: 'fifty', version: 0 }));
        await Promise.all(
          fifty.map((index) =>
            storage.transact(async (tx) => {
              await tx.sql.run(count_up, ['fifty']);
              const name = `role-${index}`;
              await tx.org(org).user_roles.insert({ user_id: `users-${org}`, role: name, client_id: '' });
            }),
          ),
        );
        assert.equal(await counter('fifty'), 50);
        assert.equal(await storage.org(org).user_roles.count(), 51);
      });

      it('one after the other, they let everything else in the process have its turn in between', async () => {
        await storage.transact((tx) => tx.gateway.versions.insert({ name: 'patient', version: 0 }));
        let [turns, going] = [0, true];
        const turn = (): void => {
          turns += 1;
          if (going) setImmediate(turn);
        };
        setImmediate(turn);
        for (const _ of fifty) await storage.transact((tx) => tx.sql.run(count_up, ['patient']));
        for (const _ of fifty) await storage.write_once(count_up, ['patient']);
        going = false;
        assert.ok(turns >= 99, String(turns));
      });

      it('a write beside a transaction that rolls back survives', async () => {
        await storage.transact((tx) => tx.gateway.versions.insert({ name: 'doomed', version: 0 }));
        let other: Promise<void> | undefined;
        const running = new Promise<void>((started) => {
          const doomed = storage.transact(async (tx) => {
            await tx.sql.run(count_up, ['doomed']);
            started();
            await new Promise((resolve) => setTimeout(resolve, 20));
            throw new Error('rolled back');
          });
          other = assert.rejects(doomed, /rolled back/);
        });
        await running;
        const beside = storage.write_once(`INSERT INTO "versions" ("name", "version") VALUES (?, ?)`, ['beside', 7]);
        await other;
        assert.equal(await beside, 1);
        assert.equal(await counter('doomed'), 0);
        assert.equal(await counter('beside'), 7);
      });

      it('a reader outside does not see what is not committed', async () => {
        await storage.transact(async (tx) => {
          await tx.gateway.versions.insert({ name: 'unseen', version: 1 });
          assert.equal(await counter('unseen'), undefined);
        });
        assert.equal(await counter('unseen'), 1);
      });

      it('one inside another throws instead of waiting for itself', async () => {
        await assert.rejects(
          storage.transact(() => storage.transact(async () => undefined)),
          /inside a unit of work/,
        );
      });

      it('read outside themselves without waiting for each other, however many run at once', async () => {
        await storage.transact((tx) => tx.gateway.versions.insert({ name: 'read', version: 5 }));
        const read = await Promise.all(fifty.map(() => storage.transact(() => counter('read'))));
        assert.deepEqual(new Set(read), new Set([5]));
      });

      it('that lock the same rows in opposite order are both kept', async () => {
        for (const name of ['one', 'other']) await storage.transact((tx) => tx.gateway.versions.insert({ name, version: 0 }));
        let waiting = 0;
        const both = async (first: string, second: string): Promise<void> => {
          await storage.transact(async (tx) => {
            await tx.sql.run(count_up, [first]);
            // on a database that lets both begin, each has its first row before either asks for its second
            waiting += 1;
            for (let turn = 0; turn < 20 && waiting < 2; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
            await tx.sql.run(count_up, [second]);
          });
        };
        await Promise.all([both('one', 'other'), both('other', 'one')]);
        assert.deepEqual([await counter('one'), await counter('other')], [2, 2]);
      });

      it('do not take a single statement for one of theirs', async () => {
        await assert.rejects(
          storage.transact(() => storage.write_once(count_up, ['one'])),
          /inside a unit of work/,
        );
      });

      it('go on after one has failed', async () => {
        await assert.rejects(storage.transact((tx) => tx.sql.run('this is not SQL')));
        await storage.transact((tx) => tx.gateway.versions.insert({ name: 'goes-on', version: 1 }));
        assert.equal(await counter('goes-on'), 1);
      });

      it('tell a taken unique value as a Conflict', async () => {
        const row = { name: 'taken', version: 1 };
        await storage.transact((tx) => tx.gateway.versions.insert(row));
        await assert.rejects(
          storage.transact((tx) => tx.gateway.versions.insert(row)),
          (error: unknown) => error instanceof Conflict && error.code === 'already_exists',
        );
      });

      it('run what waits for the commit only when there is one', async () => {
        const done: string[] = [];
        await storage.transact(async (tx) => tx.after_commit(() => done.push('committed')));
        await assert.rejects(
          storage.transact(async (tx) => {
            tx.after_commit(() => done.push('rolled back'));
            throw new Error('no');
          }),
        );
        assert.deepEqual(done, ['committed']);
      });

      it('that change the configuration are noticed by other processes', async () => {
        const elsewhere = await open();
        await elsewhere.poll_config_version();
        let heard = 0;
        elsewhere.on_config_change(() => (heard += 1));
        await elsewhere.poll_config_version();
        assert.equal(heard, 0);
        await storage.transact((tx) => tx.config_changed());
        await elsewhere.poll_config_version();
        assert.equal(heard, 1);
        await elsewhere.close();
      });
    });

    describe('single use', () => {
      it('exactly one of 50 that consume a row at once wins', async () => {
        await storage.transact((tx) => tx.gateway.first_uses.insert({ scope: 'code', key_hash: 'once', expires_at: 1 }));
        const update = `UPDATE "first_uses" SET "expires_at" = 2 WHERE "scope" = 'code' AND "key_hash" = 'once' AND "expires_at" = 1`;
        const counts = await Promise.all(fifty.map(() => storage.write_once(update, [])));
        assert.equal(counts.filter((count) => count === 1).length, 1);
      });

      it('exactly one of 50 units of work that remove a row at once wins', async () => {
        await storage.transact((tx) => tx.gateway.versions.insert({ name: 'ticket', version: 1 }));
        const counts = await Promise.all(fifty.map(() => storage.transact((tx) => tx.gateway.versions.delete({ name: 'ticket' }))));
        assert.deepEqual(
          counts.filter((count) => count > 0),
          [1],
        );
      });

      it('exactly one of 50 sees a thing for the first time, also from two processes', async () => {
        const elsewhere = await open();
        const uses = await Promise.all(
          fifty.map((index) => first_use(index % 2 === 0 ? storage : elsewhere, 'assertion', 'the-same', 1_000)),
        );
        assert.equal(uses.filter(Boolean).length, 1);
        assert.equal(await first_use(storage, 'another scope', 'the-same', 1_000), true);
        await elsewhere.close();
      });

      it('is forgotten once expired, not before', async () => {
        await first_use(storage, 'sweep', 'old', 10_000);
        await first_use(storage, 'sweep', 'young', 30_000);
        await sweep_expired(storage, 20_000);
        assert.equal(await first_use(storage, 'sweep', 'old', 40_000), true);
        assert.equal(await first_use(storage, 'sweep', 'young', 40_000), false);
      });
    });

    describe('pages', () => {
      it('show each row once, in order, also where many were made in the same moment', async () => {
        const org = await full_organization(storage);
        await storage.transact(async (tx) => {
          for (const index of fifty.slice(0, 25)) {
            const id = `page-${String(index).padStart(2, '0')}`;
            await store_of(tx, org, 'groups').insert({
              ...any_row('groups', org),
              id,
              display_name_key: id,
              created_at: 1000 + Math.floor(index / 10),
            });
          }
        });
        for (const descending of [false, true]) {
          const seen: string[] = [];
          let next: string | null | undefined;
          do {
            const page = await storage.org(org).groups.page({ limit: 7, after: next ?? undefined, descending });
            assert.ok(page.data.length <= 7);
            seen.push(...page.data.map(({ id }) => id).filter((id) => id.startsWith('page-')));
            next = page.next;
          } while (next !== null);
          const expected = fifty.slice(0, 25).map((index) => `page-${String(index).padStart(2, '0')}`);
          assert.deepEqual(seen, descending ? expected.toReversed() : expected);
        }
      });

      it('refuse a cursor that they did not give out', async () => {
        const org = await new_organization(storage);
        for (const after_it of ['', 'x', Buffer.from('{}').toString('base64url'), Buffer.from('[null,1]').toString('base64url')]) {
          await assert.rejects(storage.org(org).groups.page({ after: after_it }), /cursor/);
        }
      });
    });

    it('gives back what was put in: times as numbers, booleans, json, any text', async () => {
      const org = await full_organization(storage);
      const text = 'Zoë O’Hara 山田 \u{1F469}‍\u{1F4BB} \'; DROP TABLE "users"; --';
      const row = {
        ...any_row('users', org),
        id: 'usr-back',
        user_name: text,
        user_name_key: text,
        attributes: { a: [1, 'x', null, { b: true }] },
        active: false,
        last_login_at: 253_402_300_799_999,
      };
      await storage.transact((tx) => store_of(tx, org, 'users').insert(row));
      assert.deepEqual({ ...(await store_of(storage, org, 'users').find_one({ id: 'usr-back' })) }, { ...row, org_id: org });
      const read = await storage.sql.get<{ id: string }>(`SELECT "id" FROM "users" WHERE "org_id" = ? AND "user_name" = ?`, [org, text]);
      assert.equal(read?.id, 'usr-back');
      const plain = await storage.sql.get(
        `SELECT "last_login_at" AS "at", COUNT(*) AS "many" FROM "users" WHERE "id" = 'usr-back' GROUP BY "last_login_at"`,
      );
      assert.deepEqual({ ...(plain as object) }, { at: 253_402_300_799_999, many: 1 }); // read as an object whatever the driver's prototype
    });

    it('a secret that was rotated opens what the old one sealed, and says that it is stale', async () => {
      const fresh = randomBytes(32);
      const sealed = storage.seal.seal('bind password', 'org/con/bind_password');
      const rotated = await open_storage({ database: empty.address, secrets: [fresh, ...secrets] });
      assert.equal(rotated.seal.open(sealed, 'org/con/bind_password'), 'bind password');
      assert.equal(rotated.seal.is_stale(sealed), true);
      const again = rotated.seal.seal('bind password', 'org/con/bind_password');
      assert.equal(rotated.seal.is_stale(again), false);
      await rotated.close();
      const after_it = await open_storage({ database: empty.address, secrets: [fresh] });
      assert.equal(after_it.seal.open(again, 'org/con/bind_password'), 'bind password');
      assert.throws(() => after_it.seal.open(sealed, 'org/con/bind_password'), Misconfigured);
      await after_it.close();
    });

    it('what an old secret sealed is sealed anew, so that the old one can be dropped', async () => {
      const column: SealedColumn = {
        table: 'outbox',
        column: 'sealed_payload',
        key: ['id'],
        context: ({ id = '' }) => `outbox/${id}`,
      };
      const row = {
        org_id: null,
        kind: 'k',
        order_key: 'o',
        receiver: 'o',
        attempts: 0,
        available_at: 1,
        leased_until: null,
        done_at: null,
        dead_at: null,
        last_error: null,
        tries: null,
        put_off: null,
        created_at: 1,
      };
      // more than one batch
      const ids = Array.from({ length: 230 }, (_, index) => `out-${index}`);
      await storage.transact(async (tx) => {
        for (const id of ids)
          await tx.gateway.outbox.insert({ ...row, id, sealed_payload: storage.seal.seal(`payload of ${id}`, `outbox/${id}`) });
      });
      const fresh = randomBytes(32);
      const rotated = await open_storage({ database: empty.address, secrets: [fresh, ...secrets] });
      assert.equal(await reseal(rotated, [column]), ids.length);
      assert.equal(await reseal(rotated, [column]), 0);
      await rotated.close();
      const only_new = await open_storage({ database: empty.address, secrets: [fresh] });
      for (const id of ids) {
        const { sealed_payload = '' } = (await only_new.gateway.outbox.find_one({ id })) ?? {};
        assert.equal(only_new.seal.open(sealed_payload, `outbox/${id}`), `payload of ${id}`);
      }
      await only_new.close();
    });
  });
}
