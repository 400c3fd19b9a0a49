import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { make_stats } from '../../../src/admin/stats.ts';

describe('how many there are of everything', () => {
  const counted = (rows: number) => {
    let asked = 0;
    const sql = {
      all<Row>(statement: string): Promise<Row[]> {
        if (!statement.includes('"organizations"')) return Promise.resolve([]);
        asked += 1;
        return Promise.resolve([{ name: 'active', count: rows + asked }] as Row[]); // what the statement answers
      },
    };
    return { stats: make_stats({ storage: { sql } }), asked: () => asked };
  };

  it('of a large table is counted once a minute, however many look', async () => {
    const { stats, asked } = counted(1000);
    for (const at of [0, 1, 59_999]) assert.equal((await stats(at)).organizations.active, 1001);
    assert.equal(asked(), 1);
    assert.equal((await stats(60_000)).organizations.active, 1002);
  });

  it('of a small one is as it is now', async () => {
    const { stats } = counted(1);
    assert.deepEqual([(await stats(0)).organizations.active, (await stats(1)).organizations.active], [2, 3]);
  });
});
