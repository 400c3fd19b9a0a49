import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { connectors, floors, packages, rooms } from '../../scripts/floors.ts';
import { import_rules } from '../../scripts/import_rules.ts';

const root = join(import.meta.dirname, '../..');

/** One file for each rule, that breaks this rule. */
const planted: Record<string, { readonly file: string; readonly text: string }> = {};
const plant = (rule: string, file: string, imported: string): void => {
  planted[rule] = { file, text: `import type { x } from '${imported}';\nexport type Y = typeof x;\n` };
};

for (const [floor, here] of floors.entries()) {
  const [first = '', second] = here;
  const above = floors[floor + 1]?.[0];
  if (above !== undefined) plant(`floor-${floor}-does-not-look-up`, `src/${first}/up.ts`, `../${above}/index.ts`);
  if (second !== undefined) plant(`floor-${floor}-are-strangers`, `src/${first}/beside.ts`, `../${second}/index.ts`);
}
plant('rooms-are-entered-through-index', 'src/http/window.ts', '../kernel/inner.ts');
plant('rooms-do-not-know-the-wiring', 'src/login/wired.ts', '../wiring.ts');
plant('mock-partners-stay-apart', 'src/mock/cheat.ts', '../kernel/index.ts');
plant('only-the-command-starts-mock-partners', 'src/login/mocked.ts', '../mock/index.ts');
plant('console-is-browser-code', 'src/console/server.ts', '../kernel/index.ts');
plant('server-does-not-import-the-console', 'src/admin/browser.ts', '../console/index.ts');
plant('the-seam-imports-nothing', 'connectors/connector.ts', './shared/index.ts');
plant('connectors-never-import-src', 'connectors/saml/org.ts', '../../src/kernel/index.ts');
plant('connectors-are-strangers', 'connectors/saml/neighbour.ts', '../ldap/ldap.ts');
plant('shared-knows-no-connector', 'connectors/shared/knows.ts', '../saml/saml.ts');
plant('src-sees-only-the-seam', 'src/login/shortcut.ts', '../../connectors/saml/saml.ts');
plant('packages-are-listed', 'src/http/unlisted.ts', 'some-unlisted-package');
plant('no-cycles', 'src/http/round_again.ts', './round.ts');
plant('imports-resolve', 'src/http/nowhere.ts', './there_is_no_such_file.ts');
plant('sources-do-not-import-tests', 'src/http/tested.ts', '../../test/support/fixture.ts');
plant('examples-are-copied-whole', 'examples/app/app.ts', '../../src/kernel/index.ts');
const place_rules = Object.keys(packages).map((name) => ({
  name,
  rule: `${name.replaceAll(/[^a-z0-9]+/g, '-').replace(/^-/, '')}-has-its-place`,
}));
for (const { name, rule } of place_rules) plant(rule, `src/kernel/takes_${rule.replaceAll('-', '_')}.ts`, name);

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** A house of empty rooms with every violation planted, looked at by the real rules. */
async function violations(folder: string): Promise<readonly Violation[]> {
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const empty = 'export const x = 1;\n';
  for (const room of [...rooms, 'mock', 'console']) write(`src/${room}/index.ts`, empty);
  for (const name of connectors) write(`connectors/${name}/${name}.ts`, empty);
  for (const file of ['src/wiring.ts', 'src/kernel/inner.ts', 'connectors/shared/index.ts', 'test/support/fixture.ts']) write(file, empty);
  write('src/http/round.ts', `export { Y as x } from './round_again.ts';\n`);
  for (const name of [...Object.keys(packages), 'some-unlisted-package']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'exports.x = 1;\n');
  }
  for (const { file, text } of Object.values(planted)) write(file, text);
  write(
    'package.json',
    JSON.stringify({ name: 'planted', type: 'module', dependencies: Object.fromEntries(Object.keys(packages).map((name) => [name, '1'])) }),
  );
  cpSync(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const given = [program, '--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'src', 'connectors', 'examples'];
  const report = await promisify(execFile)(process.execPath, given, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).then(
    ({ stdout }) => stdout,
    (failure: unknown) => {
      const error = failure as { stdout: string; stderr: string }; // execFile rejects with both
      // a non-zero status is what is expected: it comes with the report
      if (!error.stdout.startsWith('{')) throw new Error(error.stderr);
      return error.stdout;
    },
  );
  return (JSON.parse(report) as { summary: { violations: Violation[] } }).summary.violations; // dependency-cruiser's own report
}

describe('the import rules', () => {
  let folder = '';
  let found: readonly Violation[] = [];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'postern-house-'));
    found = await violations(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { name } of import_rules) {
    it(`${name} refuses a violation`, () => {
      const plantation = planted[name];
      assert.ok(plantation !== undefined, 'no violation is planted for this rule');
      assert.ok(
        found.some((violation) => violation.rule.name === name && violation.from === plantation.file),
        `${plantation.file} was not refused`,
      );
    });
  }

  it('have nothing against a house where all is in its place', () => {
    const guilty = new Set(Object.values(planted).map(({ file }) => file));
    const innocent = found.filter(({ from, rule }) => !guilty.has(from) && rule.name !== 'no-cycles');
    assert.deepEqual(innocent, []);
  });
});
