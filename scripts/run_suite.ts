/** Runs a suite that needs an installed server or a browser: `tsx scripts/run_suite.ts postgres|partners|browser [more options of node --test]`. The suite `test` needs neither. */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensure_packages } from './debian_packages.ts';
import { start_postgres } from './postgres_cluster.ts';
import { tests_on_storage } from './tests_on_storage.ts';

interface Prepared {
  readonly env?: Readonly<Record<string, string>>;
  readonly stop?: () => Promise<void>;
}

/** What each suite needs before it starts; the partners' servers are installed and started by the tests themselves. */
const suites: Readonly<Record<string, () => Promise<Prepared>>> = {
  async test() {
    return {};
  },
  async postgres() {
    const cluster = await start_postgres();
    return { env: { POSTERN_TEST_POSTGRES_URL: cluster.url }, stop: () => cluster.stop() };
  },
  async partners() {
    // some partners are walked through in a browser
    ensure_packages({ chromium: '/usr/bin/chromium' });
    return {};
  },
  async browser() {
    ensure_packages({ chromium: '/usr/bin/chromium' });
    return {};
  },
};

const [name = '', ...more] = process.argv.slice(2);
const prepare = Object.hasOwn(suites, name) ? suites[name] : undefined;
if (prepare === undefined) throw new Error(`Name one of: ${Object.keys(suites).join(', ')}.`);

const root = join(import.meta.dirname, '..');
const reporters = more.some((option) => option.startsWith('--test-reporter')) ? [] : ['--test-reporter=spec'];
// other servers and browsers want the machine for themselves; the rest waits much of its time
const at_once = name === 'partners' || name === 'browser' ? 1 : Math.max(2, availableParallelism() - 1);
const own = globSync([`test/**/*.${name}.ts`, `test/**/*.${name}.tsx`], { cwd: root }).sort();
// what works on SQLite works on PostgreSQL
const files = name === 'postgres' ? [...own, ...tests_on_storage(root)] : own;
if (files.length === 0) console.log(`There is no test in the suite ${name} yet.`);
else {
  const { env = {}, stop } = await prepare();
  const child = spawn(process.execPath, ['--import', 'tsx', '--test', `--test-concurrency=${at_once}`, ...reporters, ...more, ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  await stop?.();
}
