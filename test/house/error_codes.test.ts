import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { thrown_codes } from '../../scripts/error_codes.ts';
import { errors_reference_markdown } from '../../scripts/error_reference.ts';
import { error_codes } from '../../src/pages/index.ts';

const root = join(import.meta.dirname, '../../src');
const thrown = thrown_codes(root);

describe('public error codes', () => {
  it('are found where errors are made', () => {
    assert.ok(thrown.length > 20, String(thrown.length));
    assert.ok(thrown.some(({ code, status }) => code === 'already_exists' && status === 409));
  });

  it('are each listed in the reference', () => {
    const reference = errors_reference_markdown(root);
    for (const { code, place } of thrown) assert.ok(reference.includes(`| \`${code}\` |`), `${code} of ${place}`);
  });

  it('that a person meets at a sign-in have words of their own', () => {
    const without = thrown.filter(
      ({ family, code }) => (family === 'LoginRefused' || family === 'UpstreamFault') && !error_codes.includes(code),
    );
    assert.deepEqual(
      without.map(({ code, place }) => `${code} ${place}`),
      [],
    );
  });

  it('that have words are written somewhere else in the sources too', () => {
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('pages/messages') && file !== 'pages/error_texts.ts')
      .map((file) => join(root, file))
      // a connector's refusal keeps its reason as its code
      .concat(join(root, '../connectors/connector.ts'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    assert.deepEqual(
      error_codes.filter((code) => !sources.includes(`'${code}'`)),
      [],
    );
  });
});
