import { readFileSync } from 'node:fs';
import { parse_settings, report_problems, type Settings } from '../config/index.ts';
import { system_clock } from '../kernel/index.ts';
import type { Postern } from '../wiring.ts';
import { type Cli, Misuse } from './cli.ts';

/** The real world of the command. */
export function process_cli(env: Cli['env'], set_status: (status: number) => void): Cli {
  const cli: Cli = {
    env,
    now: system_clock.now,
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    read: read_text,
    open: () => open_from_settings(settings_of(env)),
    told_to_end: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      }),
    fail: () => set_status(1),
  };
  return cli;
}

/** A file's text, for settings; undefined when it cannot be read. */
export const read_file = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

function read_text(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new Misuse(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read${code === '' ? '' : ` (${code})`}.`);
  }
}

/** @throws Misuse with every wrong setting */
export function settings_of(env: Cli['env']): Settings {
  const result = parse_settings(env, read_file);
  if (!result.ok) throw new Misuse(report_problems(result.problems).trimEnd());
  return result.settings;
}

async function open_from_settings(settings: Settings): Promise<Postern> {
  const [{ make_world }, { open_postern }] = await Promise.all([import('../main.ts'), import('../wiring.ts')]);
  // what the command says is its answer: nothing else may stand between
  return open_postern(make_world({ ...settings, log_level: 'silent' }));
}
