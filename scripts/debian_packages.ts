import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Installs what is missing of Debian's packages: each is named with a file that shows that it is there. */
export function ensure_packages(wanted: Readonly<Record<string, string>>): void {
  const missing = Object.keys(wanted).filter((name) => !existsSync(wanted[name] ?? ''));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new Error(`Install as root first: apt-get install ${missing.join(' ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...given: string[]): void => {
    execFileSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...given], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...missing);
}
