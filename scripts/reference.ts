/** Writes the reference pages that are made from code; with `--check` tells which of them are out of date instead, and fails. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settings_reference_markdown } from '../src/config/index.ts';
import { cli_reference_markdown } from '../src/cli/index.ts';
import { console_types } from './console_types.ts';
import { errors_reference_markdown } from './error_reference.ts';
import { events_reference_markdown } from './event_reference.ts';
import { guide_pages } from './guide_reference.ts';

const root = join(import.meta.dirname, '..');

/** Add a page here, and nowhere else. */
const references: readonly { readonly file: string; readonly make: () => string | Promise<string> }[] = [
  { file: 'docs/reference/settings.md', make: settings_reference_markdown },
  { file: 'docs/reference/cli.md', make: cli_reference_markdown },
  { file: 'docs/reference/errors.md', make: () => errors_reference_markdown(join(root, 'src')) },
  { file: 'docs/reference/events.md', make: events_reference_markdown },
  ...guide_pages(),
  { file: 'src/console/api/schema.d.ts', make: console_types },
];

const check = process.argv.includes('--check');
let stale = 0;
for (const { file, make } of references) {
  const path = join(root, file);
  const text = await make();
  const current = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (text === current) continue;
  stale += 1;
  if (check) console.error(`${file} is not what the code says.`);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${file}`);
  }
}
if (check && stale > 0) {
  console.error('Run: npm run docs');
  process.exitCode = 1;
}
