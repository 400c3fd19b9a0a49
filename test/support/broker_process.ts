import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseAddress } from '../../src/storage/index.ts';
import type { TestBroker } from './broker.ts';
import { free_port } from './free_port.ts';
import { until } from './until.ts';

export interface BrokerProcess extends Pick<TestBroker, 'issuer' | 'admin_key' | 'api' | 'call'> {
  readonly child: ChildProcess;
  /** Where this process listens; the issuer, unless the processes share one. */
  readonly address: string;
  /** Everything that it has written so far. */
  output(): string;
  /** Its exit status once it has ended; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<number | null>;
}

const root = join(import.meta.dirname, '../..');

export const database_url = (address: DatabaseAddress): string => (address.kind === 'sqlite' ? `sqlite:${address.path}` : address.url);

/** Runs the command in a process of its own, from its sources. */
export function run_process(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Pick<BrokerProcess, 'child' | 'output' | 'ended'> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'test/support/serve_process.ts'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (part: string) => {
      written += part;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, output: () => written, ended };
}

/** Settings of a broker on this machine, which several processes may share. */
export function broker_settings(database: DatabaseAddress, issuer: string): Record<string, string> {
  return {
    POSTERN_ISSUER: issuer,
    POSTERN_DATABASE_URL: database_url(database),
    POSTERN_SECRET: randomBytes(32).toString('base64'),
    POSTERN_ADMIN_KEY: `test_${randomBytes(24).toString('hex')}`,
    POSTERN_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128',
    POSTERN_LOG_LEVEL: 'info',
    POSTERN_RATE_LIMITS: 'off',
    POSTERN_WORKERS: '1',
  };
}

/** A broker in a process of its own, ready to serve. */
export async function start_broker_process(
  settings: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
): Promise<BrokerProcess> {
  const port = more['POSTERN_PORT'] ?? String(await free_port());
  const address = `http://127.0.0.1:${port}`;
  const env: Record<string, string> = { ...settings, POSTERN_PORT: port, ...more };
  const issuer = env['POSTERN_ISSUER'] ?? address;
  const admin_key = env['POSTERN_ADMIN_KEY'] ?? '';
  const { child, output, ended } = run_process(['serve'], { ...env, POSTERN_ISSUER: issuer });
  await until_ready(address, () => child.exitCode !== null || child.signalCode !== null, output);
  const call: BrokerProcess['call'] = (method, path, body, headers = {}) =>
    fetch(`${address}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `Bearer ${admin_key}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    ...{ child, output, ended, address, issuer, admin_key, call },
    async api<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
      const answer = await call(method, path, body);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as Answer; // the caller names the shape
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

const until_ready = (address: string, dead: () => boolean, output: () => string): Promise<true> =>
  until(() => {
    if (dead()) throw new Error(`the broker did not start: ${output()}`);
    return fetch(`${address}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  }).catch((cause: unknown) => {
    throw new Error(`the broker is not ready: ${output()}`, { cause });
  });
