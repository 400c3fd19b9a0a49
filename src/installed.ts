import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is known of the package that runs, from sources or built. */
export interface Installed {
  readonly version: string;
  /** Where the built console is, or will be. */
  readonly console_folder: string;
}

export function read_installed(from = fileURLToPath(import.meta.url)): Installed {
  let folder = dirname(from);
  // sources are one level below the package, what is built two
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }; // our own package
  return { version, console_folder: join(folder, 'dist', 'console') };
}
