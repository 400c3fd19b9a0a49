import { has_tables } from '../doctor/index.ts';
import type { Postern } from '../wiring.ts';

/** The world of one command: what it prints to, reads from and works on. */
export interface Cli {
  readonly env: Readonly<Record<string, string | undefined>>;
  now(): number;
  /** One text to standard output, a line break after it. */
  out(text: string): void;
  /** The same to standard error: notes and mistakes. */
  err(text: string): void;
  /** The text of a file; `-` is standard input. @throws Misuse when it cannot be read */
  read(path: string): string;
  /** Everything that works on data, from the settings. @throws Misuse | PosternError */
  open(): Promise<Postern>;
  /** Resolves when the process is told to end. */
  told_to_end(): Promise<void>;
  /** The exit status so far said by a command that went through but found something wrong. */
  fail(): void;
}

/** The command was used wrongly; `lines` say more, one mistake each. */
export class Misuse extends Error {
  readonly lines: readonly string[];
  constructor(message: string, lines: readonly string[] = []) {
    super(message);
    this.name = 'Misuse';
    this.lines = lines;
  }
}

/** Opens, works, closes, whatever happens. */
export async function with_opened<Result>(cli: Cli, work: (postern: Postern) => Promise<Result>): Promise<Result> {
  const postern = await cli.open();
  try {
    return await work(postern);
  } finally {
    await postern.close();
  }
}

/** The same on a database that is ready: a new one is made so, one that others may be using is migrated by whoever decides to. */
export function with_postern<Result>(cli: Cli, work: (postern: Postern) => Promise<Result>): Promise<Result> {
  return with_opened(cli, async (postern) => {
    await ensure_migrated(postern.storage);
    return work(postern);
  });
}

async function ensure_migrated(storage: Postern['storage']): Promise<void> {
  if (!(await storage.pending_migrations())) return;
  if (await has_tables(storage)) {
    throw new Misuse('The database is of another version of Postern: run postern migrate, or start the broker, which does it.');
  }
  await storage.migrate();
}
