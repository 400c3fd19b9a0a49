import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/reference/answers.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| complaint'));

describe('docs/reference/answers.md', () => {
  it('has an answer and at least one test for every complaint', () => {
    assert.ok(rows.length >= 15, String(rows.length));
    for (const row of rows) {
      const [, complaint = '', answer = '', held = ''] = row.split(' | ').length === 3 ? ['', ...row.split(' | ')] : [];
      assert.ok(complaint.length > 20 && answer.length > 20, row.slice(0, 80));
      assert.match(held, /`test\/[^`]+` "[^"]+"/, row.slice(0, 80));
    }
  });

  for (const [, file = '', name = ''] of page.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)) {
    it(`${file}: ${name}`, () => {
      assert.ok(existsSync(join(root, file)), `${file} is not there`);
      const code = readFileSync(join(root, file), 'utf8');
      assert.ok(
        [`it('${name}'`, `it(\`${name}\``, `it("${name}"`].some((call) => code.includes(call)),
        `no test of that name in ${file}`,
      );
    });
  }
});
