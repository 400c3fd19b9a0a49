import { randomBytes } from 'node:crypto';
import { parse_settings } from '../../src/config/index.ts';
import { make_world, type Serving, start } from '../../src/main.ts';
import type { World } from '../../src/wiring.ts';
import { free_port } from './free_port.ts';
import { temporary_database } from './temporary_database.ts';

export interface TestBroker {
  readonly issuer: string;
  readonly admin_key: string;
  readonly world: World;
  /** A request to the admin API. @throws Error with the problem when the status is not 2xx */
  api<Answer = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** The same, whatever the answer. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
  stop(): Promise<void>;
}

/** A whole broker in this process, on a database of its own, that may reach this machine. */
export async function start_broker(
  env: Readonly<Record<string, string>> = {},
  more: Partial<Pick<World, 'signers' | 'now' | 'resolve_txt'>> = {},
): Promise<TestBroker> {
  const database = await temporary_database();
  const port = await free_port();
  const issuer = `http://127.0.0.1:${port}`;
  const admin_key = `test_${randomBytes(24).toString('hex')}`;
  const result = parse_settings(
    {
      POSTERN_ISSUER: issuer,
      POSTERN_PORT: String(port),
      POSTERN_SECRET: randomBytes(32).toString('base64'),
      POSTERN_ADMIN_KEY: admin_key,
      POSTERN_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128',
      POSTERN_LOG_LEVEL: process.env['POSTERN_TEST_LOG'] ?? 'silent',
      POSTERN_WORKERS: '1',
      ...env,
    },
    () => undefined,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const world = { ...make_world({ ...result.settings, database: database.address }), ...more };
  const serving: Serving = await start(world);
  const call: TestBroker['call'] = (method, path, body, headers = {}) =>
    fetch(`${issuer}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `Bearer ${admin_key}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    issuer,
    admin_key,
    world,
    call,
    async api<Answer>(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
      const answer = await call(method, path, body, headers);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as Answer; // the caller names the shape
    },
    async stop() {
      await serving.stop(500);
      await database.dispose();
    },
  };
}
