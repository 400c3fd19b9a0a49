import type { Middleware } from 'koa';
import { listen, make_app } from '../../src/http/index.ts';

export interface Served {
  readonly url: string;
  /** What went wrong inside, as the log would have it. */
  readonly errors: unknown[];
  stop(): Promise<void>;
}

/** A room as the application serves it, on a free port. */
export async function serve_room(room: Middleware, now: () => number): Promise<Served> {
  const errors: unknown[] = [];
  const app = make_app({
    issuer: 'http://localhost:4400',
    trust_proxy: [],
    now,
    new_reference: () => 'TEST-REFERENCE',
    observe: () => {},
    log_error: (_ctx, error) => void errors.push(error),
    rooms: [room],
  });
  const handler = app.callback();
  const listening = await listen((request, response) => void handler(request, response), { host: '127.0.0.1', port: 0 });
  return { url: `http://127.0.0.1:${listening.port}`, errors, stop: () => listening.drain(100) };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when it is no JSON. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

/** One request with a key; `body` is sent as JSON unless it is a text. */
export async function ask(
  url: string,
  method: string,
  options: { key?: string; body?: unknown; headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const { key, body, headers } = options;
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let json: Answer['json'];
  try {
    json = JSON.parse(text) as Record<string, unknown>;
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}
