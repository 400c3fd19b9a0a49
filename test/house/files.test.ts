import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { connectors, rooms } from '../../scripts/floors.ts';

const root = join(import.meta.dirname, '../..');
const sources = globSync(['src/**/*.{ts,tsx}', 'connectors/**/*.ts'], { cwd: root, exclude: ['src/console/**'] });
const text_of = (file: string): string => readFileSync(join(root, file), 'utf8');
const none = (offenders: readonly string[]): void => assert.deepEqual(offenders, []);

describe('the files of the house', () => {
  it('have snake_case names of the domain', () => {
    none(sources.filter((file) => !/^[a-z0-9]+(_[a-z0-9]+)*\.tsx?$/.test(basename(file))));
    none(sources.filter((file) => /^(utils?|helpers?|types?|common|misc)\.tsx?$/.test(basename(file))));
  });

  it('are split before they reach 300 lines', () => {
    // what is made by a script, and lists of texts, are as long as they are
    const lists = /^src\/(storage\/migrations|pages\/messages)\/|^src\/pages\/style\.ts$/;
    none(sources.filter((file) => !lists.test(file) && text_of(file).split('\n').length > 301));
  });

  it('open each room with what it owns', () => {
    const rooms_there = rooms.filter((room) => globSync(`src/${room}/*`, { cwd: root }).length > 0);
    none(
      rooms_there.filter((room) => !existsSync(join(root, `src/${room}/index.ts`)) || !text_of(`src/${room}/index.ts`).startsWith('/**')),
    );
  });

  it('have for each connector the same skeleton', () => {
    const there = connectors.filter((name) => globSync(`connectors/${name}/*`, { cwd: root }).length > 0);
    for (const name of there)
      none(
        [`${name}.ts`, 'settings.ts', 'README.md']
          .filter((file) => !existsSync(join(root, 'connectors', name, file)))
          .map((file) => `connectors/${name}/${file}`),
      );
  });
});

describe('the documents', () => {
  const documents = globSync(['*.md', 'docs/**/*.md', 'certs/*.md', 'connectors/*/*.md', 'examples/**/*.md'], {
    cwd: root,
    exclude: ['**/node_modules/**'],
  });

  it('link only to what is there', () => {
    const broken = documents.flatMap((file) =>
      [...text_of(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(root, file, '..', target)))
        .map((target) => `${file}: ${target}`),
    );
    none(broken);
  });
});
