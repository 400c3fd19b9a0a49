import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestBroker } from '../support/broker.ts';
import { free_port } from '../support/free_port.ts';
import { temporary_database } from '../support/temporary_database.ts';

export interface BrokerProcess extends Pick<TestBroker, 'issuer' | 'api'> {
  /** Milliseconds of CPU so far, user and system, of this process alone. */
  cpu_ms(): number;
  /** Megabytes resident at most. */
  peak_mb(): number;
  /** Statements sent to the database so far. */
  statements(): Promise<number>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');

/** A fresh broker in a process of its own, as it is built, on a database of its own. */
export async function start_broker_process(settings: Readonly<Record<string, string>> = {}): Promise<BrokerProcess> {
  const database = await temporary_database();
  const port = await free_port();
  const issuer = `http://127.0.0.1:${port}`;
  const admin_key = randomBytes(24).toString('hex');
  const child = spawn(process.execPath, [join(root, 'bin/postern.mjs'), 'serve'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      POSTERN_ISSUER: issuer,
      POSTERN_PORT: String(port),
      POSTERN_DATABASE_URL: database.address.kind === 'sqlite' ? `sqlite:${database.address.path}` : database.address.url,
      POSTERN_SECRET: randomBytes(32).toString('base64'),
      POSTERN_ADMIN_KEY: admin_key,
      POSTERN_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
      POSTERN_RATE_LIMITS: 'off',
      POSTERN_LOG_LEVEL: 'warn',
      POSTERN_WORKERS: '1',
      ...settings,
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await until_ready(issuer, () => child.exitCode !== null);
  const proc = (file: string): string => readFileSync(`/proc/${child.pid ?? 0}/${file}`, 'utf8');
  const ticks_per_second = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return {
    issuer,
    async api<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
      const answer = await fetch(`${issuer}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${admin_key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as Answer; // the caller names the shape
    },
    cpu_ms() {
      // after the name, which may hold anything: state is field 3, utime 14, stime 15
      const fields = proc('stat')
        .replace(/^.*\) /s, '')
        .split(' ');
      return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks_per_second;
    },
    peak_mb: () => Number(/VmHWM:\s+(\d+)/.exec(proc('status'))?.[1] ?? 0) / 1024,
    async statements() {
      const text = await (await fetch(`${issuer}/metrics`)).text();
      return Number(/^postern_database_statements_total (\d+)/m.exec(text)?.[1] ?? 0);
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await database.dispose();
    },
  };
}

async function until_ready(issuer: string, dead: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (dead()) throw new Error('the broker did not start');
    const ready = await fetch(`${issuer}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the broker is not ready after 30 seconds');
}
