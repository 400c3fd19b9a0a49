import { connect } from 'node:net';
import type { Middleware } from 'koa';
import { listen, make_app } from '../../../src/http/index.ts';

export interface TestApp {
  readonly port: number;
  readonly url: string;
  /** What was told to the log. */
  readonly logged: { readonly error: unknown; readonly reference: string | undefined }[];
  /** Methods and statuses that were observed. */
  readonly observed: string[];
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Bytes as they are; the whole answer as text. */
  raw(request: string): Promise<string>;
  close(): Promise<void>;
}

/** The application with these rooms, on a port of its own. */
export async function start_app(
  rooms: readonly Middleware[],
  options: { issuer?: string; trust_proxy?: readonly string[] } = {},
): Promise<TestApp> {
  const logged: TestApp['logged'] = [];
  const observed: string[] = [];
  const app = make_app({
    issuer: options.issuer ?? 'https://login.example.com',
    trust_proxy: options.trust_proxy ?? [],
    now: () => 1_800_000_000_000,
    new_reference: () => 'REFE-RENC-E000',
    observe: (ctx) => observed.push(`${ctx.method} ${ctx.status}`),
    log_error: (_ctx, error, reference) => logged.push({ error, reference }),
    rooms,
  });
  const answer = app.callback();
  const { port, drain } = await listen((request, response) => void answer(request, response), { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${port}`;
  return {
    ...{ port, url, logged, observed },
    fetch: (path, init) => fetch(url + path, { redirect: 'manual', ...init }),
    raw: (request) => exchange(port, request),
    close: () => drain(0),
  };
}

export function exchange(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const parts: Buffer[] = [];
    socket.on('data', (part) => parts.push(part));
    socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')));
    socket.on('error', reject);
    socket.write(request);
  });
}
