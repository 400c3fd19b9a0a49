import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Misconfigured, new_org_id, type OrgId } from '../../../src/kernel/index.ts';
import { open_storage, reseal, type SealedColumn, type Storage } from '../../../src/storage/index.ts';
import { any_row, new_organization, store_of } from '../../conformance/storage_rows.ts';
import type { EmptyDatabase } from '../../conformance/storage.ts';
import { temporary_database } from '../../support/temporary_database.ts';

const old_secret = randomBytes(32);
const new_secret = randomBytes(32);
const column: SealedColumn = {
  table: 'connections',
  column: 'sealed_secrets',
  key: ['org_id', 'id'],
  context: ({ org_id = '', id = '' }) => `connection/${org_id}/${id}`,
};

let database: EmptyDatabase;
let before: Storage;
let opened: Storage[];

beforeEach(async () => {
  database = await temporary_database();
  opened = [];
  before = await open_with(old_secret);
  await before.migrate();
});
afterEach(async () => {
  for (const storage of opened) await storage.close();
  await database.dispose();
});

async function open_with(...secrets: Uint8Array[]): Promise<Storage> {
  const storage = await open_storage({ database: database.address, secrets });
  opened.push(storage);
  return storage;
}

/** A connection of an organization of its own, with this secret or none. */
async function add_connection(sealed: (context: string) => string | null): Promise<OrgId> {
  const org = await new_organization(before);
  const row = any_row('connections', org);
  await before.transact((tx) =>
    store_of(tx, org, 'connections').insert({ ...row, sealed_secrets: sealed(column.context({ org_id: org, id: String(row['id']) })) }),
  );
  return org;
}

async function sealed_of(org: OrgId): Promise<string | null> {
  const [row] = await before.org(org).connections.find({ id: `connections-${org}` });
  assert.ok(row !== undefined);
  return row.sealed_secrets;
}

describe('sealing anew', () => {
  it('moves every value of every organization under the new secret, each still tied to its own row; what holds none stays empty', async () => {
    const orgs = [
      await add_connection((context) => before.seal.seal('one', context)),
      await add_connection((context) => before.seal.seal('two', context)),
    ];
    const without = await add_connection(() => null);
    const both = await open_with(new_secret, old_secret);
    assert.equal(await reseal(both, [column]), 2);
    const after = await open_with(new_secret);
    const plain = await Promise.all(
      orgs.map(async (org) => after.seal.open((await sealed_of(org)) ?? '', column.context({ org_id: org, id: `connections-${org}` }))),
    );
    assert.deepEqual(plain, ['one', 'two']);
    assert.equal(await sealed_of(without), null);
  });

  it('leaves alone what is sealed under the new secret already', async () => {
    const both = await open_with(new_secret, old_secret);
    const org = await add_connection((context) => both.seal.seal('fresh', context));
    const as_it_was = await sealed_of(org);
    assert.equal(await reseal(both, [column]), 0);
    assert.equal(await sealed_of(org), as_it_was);
  });

  it('stops at a value whose secret is gone, says so, and changes nothing of it', async () => {
    const org = await add_connection((context) => before.seal.seal('lost', context));
    const as_it_was = await sealed_of(org);
    await assert.rejects(
      reseal(await open_with(new_secret), [column]),
      (error: unknown) => error instanceof Misconfigured && error.code === 'secret_unknown',
    );
    assert.equal(await sealed_of(org), as_it_was);
  });

  it('stops at a value that was moved there from another row: it would otherwise be given a seal of its own', async () => {
    const stranger = new_org_id();
    await add_connection(() => before.seal.seal('stolen', column.context({ org_id: stranger, id: `connections-${stranger}` })));
    await assert.rejects(
      reseal(await open_with(new_secret, old_secret), [column]),
      (error: unknown) => error instanceof Misconfigured && error.code === 'sealed_value_damaged',
    );
  });

  it('by two processes at once does it once', async () => {
    for (let n = 0; n < 12; n++) await add_connection((context) => before.seal.seal(`value ${n}`, context));
    const [one, two] = [await open_with(new_secret, old_secret), await open_with(new_secret, old_secret)];
    const done = await Promise.all([reseal(one, [column]), reseal(two, [column])]);
    assert.equal(done[0] + done[1], 12);
    assert.equal(await reseal(one, [column]), 0);
  });

  it('does not overwrite what another process changes meanwhile', async () => {
    const org = await add_connection((context) => before.seal.seal('old password', context));
    const both = await open_with(new_secret, old_secret);
    const context = column.context({ org_id: org, id: `connections-${org}` });
    // between the read and the write of the one that seals anew
    const meddled: Storage = {
      ...both,
      async write_once(statement, values) {
        await before.transact((tx) =>
          tx.org(org).connections.update({ id: `connections-${org}` }, { sealed_secrets: both.seal.seal('new password', context) }),
        );
        return both.write_once(statement, values);
      },
    };
    assert.equal(await reseal(meddled, [column]), 0);
    assert.equal(both.seal.open((await sealed_of(org)) ?? '', context), 'new password');
  });
});
