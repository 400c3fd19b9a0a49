import { availableParallelism } from 'node:os';
import { parse_settings, type Settings } from '../config/index.ts';
import type { Postern } from '../wiring.ts';
import { type Cli, has_tables } from './cli.ts';
import { look_at_configuration } from './doctor/configuration.ts';
import { look_at_database } from './doctor/database.ts';
import { type Finding, looked, problem } from './doctor/finding.ts';
import { look_at_issuer, look_at_signing_keys } from './doctor/issuer.ts';
import { look_at_mail } from './doctor/mail.ts';
import { look_at_settings } from './doctor/settings.ts';
import { words_of } from './print.ts';
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
  const findings = look_at_settings(settings, result.warnings, availableParallelism());
  findings.push(...(await looked('issuer', () => look_at_issuer(settings.issuer, cli.now, fetch))));
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
    findings.push(...(await looked('mail', () => look_at_mail(settings, postern.mailer))));
    findings.push(...(await look_inside(cli, postern, settings, partners)));
  } finally {
    await postern.close();
  }
  return findings;
}

async function look_inside(cli: Cli, postern: Postern, settings: Settings, partners: boolean): Promise<Finding[]> {
  const { findings, usable } = await look_at_database(postern.storage, cli.now, has_tables);
  if (!usable) return findings;
  return [
    ...findings,
    ...(await looked('signing keys', () => look_at_signing_keys(postern.keys, cli.now(), settings.signing_key_days))),
    ...(await looked('configuration', () => look_at_configuration(postern, cli.now(), partners))),
  ];
}
