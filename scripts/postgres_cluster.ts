import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensure_packages } from './debian_packages.ts';

export interface PostgresCluster {
  /** With the right to make databases. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a private cluster from Debian's `postgresql` on a free loopback port, in a folder that goes away with it. */
export async function start_postgres(): Promise<PostgresCluster> {
  const bin = programs();
  const folder = mkdtempSync(join(tmpdir(), 'postern-postgres-'));
  const data = join(folder, 'data');
  const password = randomBytes(16).toString('hex');
  const password_file = join(folder, 'password');
  writeFileSync(password_file, password, { mode: 0o600 });
  const owner = server_user();
  if (owner !== undefined) for (const path of [folder, password_file]) chownSync(path, owner.uid, owner.gid);
  const run_as = { ...owner, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } };
  const init = ['-D', data, '-U', 'postern', '-A', 'scram-sha-256', `--pwfile=${password_file}`, '-E', 'UTF8', '--no-sync'];
  execFileSync(join(bin, 'initdb'), init, { ...run_as, stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await free_port();
  // nothing here outlives the tests: speed instead of durability
  const options = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'synchronous_commit=off',
    'max_connections=200',
  ];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...options.flatMap((option) => ['-c', option])], {
    ...run_as,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-20_000);
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
  });
  return {
    url: `postgres://postern:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      server.kill('SIGINT'); // fast shutdown
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder of the newest installed server. */
function programs(): string {
  const all = '/usr/lib/postgresql';
  const newest = (): string | undefined =>
    (existsSync(all) ? readdirSync(all) : [])
      .filter((version) => existsSync(join(all, version, 'bin/initdb')))
      .sort((a, b) => Number(b) - Number(a))[0];
  if (newest() === undefined) ensure_packages({ postgresql: '/nowhere' });
  const version = newest();
  if (version === undefined) throw new Error(`No PostgreSQL server under ${all}.`);
  return join(all, version, 'bin');
}

/** PostgreSQL refuses to run as root. */
function server_user(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function free_port(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
