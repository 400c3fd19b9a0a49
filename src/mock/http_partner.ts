import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { shown_host } from './shown_host.ts';
import type { Switches } from './switches.ts';

export interface HttpPartnerOptions {
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** How others name it, where that is not where it listens. */
  readonly public_host?: string | undefined;
  /** 0 and absent: any that is free. */
  readonly port?: number | undefined;
  /** Of every HTTP partner: `dead`, `slow`, `error_500`. */
  readonly switches: Switches;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A mock partner's server, before it answers anything. */
export interface HttpPartner {
  readonly url: string;
  /** `control` answers what it can, whatever the switches say; the rest is the partner's. */
  answer(control: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>, partner: Handler): void;
  close(): Promise<void>;
}

const SLOW_MS = 30_000;
const MOST_BYTES = 1024 * 1024;

/** Listens; the address is known before the first request is answered. */
export async function open_http_partner({ host = '127.0.0.1', public_host, port = 0, switches }: HttpPartnerOptions): Promise<HttpPartner> {
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  const address = server.address();
  const actual = typeof address === 'object' && address !== null ? address.port : port;
  const patience = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, SLOW_MS);
      timers.add(timer);
    });
  return {
    url: `http://${shown_host(host, public_host)}:${actual}`,
    answer(control, partner) {
      const handle: Handler = async (request, response) => {
        if (await control(request, response)) return;
        if (switches.is_on('dead')) return void request.socket.destroy();
        if (switches.is_on('slow')) await patience();
        if (switches.is_on('error_500')) return void response.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error');
        await partner(request, response);
      };
      server.on('request', (request, response) => {
        handle(request, response).catch((error: unknown) => {
          if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
          response.end(String(error));
        });
      });
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What came in the query, or in the form. */
export async function fields_of(request: IncomingMessage): Promise<URLSearchParams> {
  if (request.method !== 'POST') return new URL(request.url ?? '/', 'http://mock').searchParams;
  let body = '';
  // no encoding is set: chunks are bytes
  for await (const chunk of request as AsyncIterable<Buffer>) {
    body += chunk.toString('latin1');
    if (body.length > MOST_BYTES) throw new Error('the form is too large');
  }
  return new URLSearchParams(body);
}
