import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { EVENT_TYPES, is_event_filter } from '../../src/audit/index.ts';

const root = join(import.meta.dirname, '../..');
/** Recorded, but nobody else's concern. */
const INTERNAL = ['connection.tested', 'connection.test_started', 'secrets.resealed'];

/** Types as the rooms write them down where they record; those that are put together say `KIND.${what}`. */
function written(): { whole: Set<string>; kinds: Set<string> } {
  const whole = new Set<string>();
  const kinds = new Set<string>();
  for (const file of globSync('src/**/*.ts', { cwd: root }).filter(
    (name) => !/^src.(mock|console|setup.guides|audit.event_types)/.test(name),
  )) {
    const text = readFileSync(join(root, file), 'utf8');
    // what may be done is written alike
    for (const [, type = ''] of text.matchAll(/(?:\btype|\?|:)[:\s]\s*'([a-z_]+\.[a-z_]+)'/g))
      if (!text.includes(`permission: '${type}'`)) whole.add(type);
    for (const [, kind = ''] of text.matchAll(/type: `([a-z_]+)\.\$\{/g)) kinds.add(kind);
    if (text.includes('make_versioned<')) for (const [, kind = ''] of text.matchAll(/^ {4}name: '([a-z_]+)',$/gm)) kinds.add(kind);
  }
  return { whole, kinds };
}

describe('the table of event types', () => {
  const { whole, kinds } = written();
  const public_types = Object.keys(EVENT_TYPES);

  it('has every type that a room records, or it is said here that nobody hears of it', () => {
    const subjects = new Set(public_types.map((type) => type.split('.')[0]));
    // what is written like a type and is about one of our things
    const recorded = [...whole].filter((type) => subjects.has(type.split('.')[0] ?? ''));
    assert.ok(recorded.length > 15, recorded.join(' '));
    assert.deepEqual(
      recorded.filter((type) => !public_types.includes(type) && !INTERNAL.includes(type)),
      [],
    );
  });

  it('has the life of everything that is created, changed and removed', () => {
    assert.ok(kinds.size >= 4, [...kinds].join(' '));
    // a question is no event
    kinds.delete('inline');
    for (const kind of kinds)
      for (const what of ['created', 'deleted']) assert.ok(public_types.includes(`${kind}.${what}`), `${kind}.${what}`);
  });

  it('is in order, and each type is a filter, as is each thing', () => {
    assert.deepEqual(public_types, public_types.toSorted());
    for (const type of public_types) for (const filter of [type, `${type.split('.')[0]}.*`]) assert.ok(is_event_filter(filter), filter);
    for (const filter of ['*', '.*', 'user', 'user.', 'us.*', 'toString', 'user.*.*']) assert.ok(!is_event_filter(filter), filter);
  });
});
