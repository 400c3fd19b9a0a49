import { randomBytes } from 'node:crypto';
import type { Cli } from '../../../src/cli/cli.ts';
import { Misuse } from '../../../src/cli/cli.ts';
import { run } from '../../../src/cli/program.ts';
import { settings_of } from '../../../src/cli/world.ts';
import { make_world } from '../../../src/main.ts';
import { open_postern } from '../../../src/wiring.ts';
import { temporary_database } from '../../support/temporary_database.ts';

export interface Answer {
  readonly out: string;
  readonly err: string;
  readonly status: number;
}

/** The command on a temporary database, in this process. */
export interface Command {
  /** Runs it with these words. */
  run(...argv: string[]): Promise<Answer>;
  /** The same with `--json`; its answer read. @throws Error when the status is not 0 */
  json<Value = Record<string, unknown>>(...argv: string[]): Promise<Value>;
  /** What `-f NAME` reads. */
  readonly files: Map<string, string>;
  /** Settings over those of the test. */
  readonly env: Record<string, string>;
  /** Tells a command that waits to end. */
  end(): void;
  close(): Promise<void>;
}

export async function make_command(): Promise<Command> {
  const { address, dispose } = await temporary_database();
  const files = new Map<string, string>();
  const env: Record<string, string> = {
    POSTERN_ISSUER: 'http://127.0.0.1:9',
    POSTERN_SECRET: randomBytes(32).toString('base64'),
    POSTERN_DATABASE_URL: address.kind === 'sqlite' ? `sqlite:${address.path}` : address.url,
    POSTERN_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
  };
  const ended = Promise.withResolvers<void>();
  const command: Command = {
    files,
    env,
    end: () => ended.resolve(),
    async run(...argv) {
      const out: string[] = [];
      const err: string[] = [];
      let status = 0;
      const cli: Cli = {
        env,
        now: Date.now,
        out: (text) => void out.push(text),
        err: (text) => void err.push(text),
        read(path) {
          const text = files.get(path);
          if (text === undefined) throw new Misuse(`There is no file ${path}.`);
          return text;
        },
        open: () => open_postern(make_world({ ...settings_of(env), log_level: 'silent' })),
        told_to_end: () => ended.promise,
        fail: () => void (status = 1),
      };
      await run(cli, argv);
      return { out: out.join('\n'), err: err.join('\n'), status };
    },
    async json<Value>(...argv: string[]): Promise<Value> {
      const { out, err, status } = await command.run(...argv, '--json');
      if (status !== 0) throw new Error(`postern ${argv.join(' ')}: ${err}`);
      return JSON.parse(out) as Value; // the caller names the shape
    },
    close: dispose,
  };
  return command;
}
