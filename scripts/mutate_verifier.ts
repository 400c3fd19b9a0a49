/**
 * Takes one check after the other out of the SAML verifier and runs its tests: whatever nobody notices is a test that is missing.
 * `node --import tsx scripts/mutate_verifier.ts [words of the checks to try]`. Works on a copy: the sources here are not touched.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type VerifierCheck, verifier_checks } from './verifier_checks.ts';

const root = join(import.meta.dirname, '..');
const test_file = (name: string): string => `test/connectors/saml/verify/${name}.test.ts`;
const QUICK = ['documents', 'signature', 'encryption', 'profile', 'values', 'wrapping', 'accepted'].map(test_file);
const ALL = [...QUICK, ...['bounded', 'golden', 'mutations'].map(test_file), 'test/connectors/saml/xml/canonicalize.test.ts'];

/** The tests that are likely to notice: tried first, since most do. */
const NEAREST: readonly (readonly [file: RegExp, tests: readonly string[]])[] = [
  [/bounded|weigh|worker|turns|even_out|canonicalize/, ['bounded']],
  [/^xml|base64|message|peek|redirect/, ['documents']],
  [/select|statements/, ['values', 'profile']],
  [/structure/, ['wrapping', 'documents']],
  [/signature|algorithms/, ['signature']],
  [/decrypt|oaep/, ['encryption']],
  [/./, ['profile']],
];
const nearest_to = (file: string): string[] => (NEAREST.find(([pattern]) => pattern.test(file))?.[1] ?? []).map(test_file);

/** The first test that fails, innermost; undefined when none does. */
function first_failure(folder: string, files: readonly string[]): string | undefined {
  const args = ['--import', 'tsx', '--test', '--test-isolation=none', '--test-reporter=tap', ...files];
  const { stdout, status } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1e8,
    timeout: 180_000,
    env: { ...process.env, POSTERN_PROPERTY_RUNS: '300' },
  });
  if (status === 0) return undefined;
  const failures = [...stdout.matchAll(/^( *)not ok \d+ - (.*)$/gm)].map(([, indent = '', name = '']) => ({ depth: indent.length, name }));
  const deepest = Math.max(...failures.map(({ depth }) => depth));
  return failures.find(({ depth }) => depth === deepest)?.name ?? 'the tests do not end';
}

/** What noticed that this check is gone. */
function caught_by(folder: string, { file, from, to }: VerifierCheck): string | undefined {
  const path = join(folder, 'connectors/saml', file);
  const source = readFileSync(path, 'utf8');
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold this exactly once: ${from}`);
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  try {
    return first_failure(folder, nearest_to(file)) ?? first_failure(folder, QUICK) ?? first_failure(folder, ALL);
  } finally {
    writeFileSync(path, source);
  }
}

const words = process.argv.slice(2).join(' ');
const folder = mkdtempSync(join(tmpdir(), 'postern-mutations-'));
try {
  for (const name of ['connectors', 'src', 'test', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const failing = first_failure(folder, ALL);
  if (failing !== undefined) throw new Error(`The tests fail as it is: ${failing}`);
  const missed: VerifierCheck[] = [];
  const tried = verifier_checks.filter(({ holds }) => holds.includes(words));
  for (const one of tried) {
    const name = caught_by(folder, one);
    if (name === undefined && one.also === undefined) missed.push(one);
    const noticed = name ?? (one.also === undefined ? '**nothing**' : `nobody: held as well by ${one.also}`);
    console.log(`| ${one.holds} | \`${one.file}\` | ${noticed} |`);
  }
  console.log(`\n${tried.length} checks taken out, ${missed.length} missed.`);
  if (missed.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
