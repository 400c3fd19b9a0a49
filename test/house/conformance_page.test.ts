import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { it } from 'node:test';

const page = readFileSync(new URL('../../docs/reference/conformance.md', import.meta.url), 'utf8');

it('docs/reference/conformance.md names test files that exist', () => {
  const files = new Set([...page.matchAll(/`([a-z0-9_]+\.(?:test|partners)\.ts)`/g)].map(([, file]) => file ?? ''));
  assert.ok(files.size > 10);
  for (const file of files) assert.ok(existsSync(new URL(`../flows/${file}`, import.meta.url)), file);
});
