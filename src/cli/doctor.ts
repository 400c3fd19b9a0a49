import { availableParallelism } from 'node:os';
import { parse_settings } from '../config/index.ts';
import { type Finding, look_inside, look_outside, problem } from '../doctor/index.ts';
import { words_of } from '../kernel/index.ts';
import type { Postern } from '../wiring.ts';
import { command_act } from './act.ts';
import type { Cli } from './cli.ts';
import { read_file } from './world.ts';

export interface DoctorOptions {
  readonly json?: true;
  /** False: `--no-partners`. */
  readonly partners: boolean;
}

/** `postern doctor`: what is wrong with this installation, and how to mend it. Ends with status 1 when there is a problem. */
export async function doctor_command(cli: Cli, options: DoctorOptions): Promise<void> {
  const findings = await examine(cli, options.partners);
  const problems = findings.filter(({ level }) => level === 'problem').length;
  const warnings = findings.filter(({ level }) => level === 'warning').length;
  if (options.json === true) cli.out(JSON.stringify({ problems, warnings, findings }, null, 2));
  else {
    for (const { level, name, detail, fix } of findings)
      cli.out(`${marks[level]} ${name}: ${detail}${fix === undefined ? '' : `\n         ${fix}`}`);
    cli.out(`\n${problems === 1 ? '1 problem' : `${problems} problems`}, ${warnings === 1 ? '1 warning' : `${warnings} warnings`}`);
  }
  if (problems > 0) cli.fail();
}

const marks = { ok: 'ok      ', warning: 'warning ', problem: 'PROBLEM ' };

async function examine(cli: Cli, partners: boolean): Promise<Finding[]> {
  const result = parse_settings(cli.env, read_file);
  if (!result.ok) return result.problems.map(({ path, problem: said, fix }) => problem(path, said, fix));
  const { settings } = result;
  const now = (): number => cli.now();
  const findings = await look_outside({ settings, now, fetch, cores: availableParallelism() });
  let postern: Postern;
  try {
    postern = await cli.open();
  } catch (error) {
    findings.push(
      problem(
        'database',
        `It cannot be opened: ${words_of(error)}`,
        'Check POSTERN_DATABASE_URL, POSTERN_SECRET, and that the server runs and lets this machine in.',
      ),
    );
    return findings;
  }
  try {
    const { storage, keys, mailer, organizations } = postern;
    // whoever runs the command waits
    const until = new AbortController().signal;
    findings.push(...(await look_inside({ settings, now, storage, keys, mailer, organizations, partners, until, act: command_act() })));
  } finally {
    await postern.close();
  }
  return findings;
}
