import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { make_cache } from '../../../src/organizations/cache.ts';

/** Reads that wait until the test lets them answer. */
function held() {
  const waiting: { key: string; answer: (value: string | undefined) => void; fail: (error: Error) => void }[] = [];
  const load = (key: string): Promise<string | undefined> =>
    new Promise((answer, fail) => {
      waiting.push({ key, answer, fail });
    });
  return { waiting, load };
}

describe('the cache of configuration', () => {
  it('reads once, however many ask at the same time and afterwards', async () => {
    const { waiting, load } = held();
    const cache = make_cache(10, load);
    const asked = [cache.get('a'), cache.get('a'), cache.get('a')];
    waiting[0]?.answer('one');
    assert.deepEqual(await Promise.all(asked), ['one', 'one', 'one']);
    assert.equal(await cache.get('a'), 'one');
    assert.equal(waiting.length, 1);
  });

  it('remembers that there is none', async () => {
    const { waiting, load } = held();
    const cache = make_cache(10, load);
    const first = cache.get('a');
    waiting[0]?.answer(undefined);
    assert.equal(await first, undefined);
    assert.equal(await cache.get('a'), undefined);
    assert.equal(waiting.length, 1);
  });

  it('keeps nothing that was read before a change was announced', async () => {
    const { waiting, load } = held();
    const cache = make_cache(10, load);
    const before = cache.get('a');
    cache.drop();
    waiting[0]?.answer('old');
    assert.equal(await before, 'old', 'who asked before the change is answered');
    const after = cache.get('a');
    waiting[1]?.answer('new');
    assert.equal(await after, 'new');
    assert.equal(await cache.get('a'), 'new');
  });

  it('lets nobody who asks after a change wait for a read that began before it', async () => {
    const { waiting, load } = held();
    const cache = make_cache(10, load);
    const before = cache.get('a');
    cache.drop();
    const after = cache.get('a');
    waiting[1]?.answer('new');
    assert.equal(await after, 'new');
    // the slow one comes last, and is not kept
    waiting[0]?.answer('old');
    assert.equal(await before, 'old');
    assert.equal(await cache.get('a'), 'new');
    assert.equal(waiting.length, 2);
  });

  it('remembers no failure', async () => {
    const { waiting, load } = held();
    const cache = make_cache(10, load);
    const failed = cache.get('a');
    waiting[0]?.fail(new Error('database gone'));
    await assert.rejects(failed, /gone/);
    const again = cache.get('a');
    waiting[1]?.answer('back');
    assert.equal(await again, 'back');
  });

  it('holds at most so many, those used last', async () => {
    const reads: string[] = [];
    const cache = make_cache(3, async (key) => {
      reads.push(key);
      return key;
    });
    for (const key of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) await cache.get(key);
    assert.deepEqual(reads, ['a', 'b', 'c', 'd', 'b']);
  });
});
