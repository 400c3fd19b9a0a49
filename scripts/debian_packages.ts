import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

/** Installs what is missing of Debian's packages: each is named with a file that shows that it is there. */
export function ensure_packages(wanted: Readonly<Record<string, string>>): void {
  const missing = Object.keys(wanted).filter((name) => !existsSync(wanted[name] ?? ''));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new Error(`Install as root first: apt-get install ${missing.join(' ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...given: string[]): void => {
    const options = ['-qq', '-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=600'];
    execFileSync('apt-get', [...options, ...given], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  apt('update');
  // the packages' own services stay off: the suites start private ones
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    apt('install', '-y', '--no-install-recommends', ...missing);
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}
