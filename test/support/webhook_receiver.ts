import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { until } from './until.ts';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An endpoint of a vendor's app. */
export interface WebhookReceiver {
  readonly url: string;
  readonly received: Received[];
  /** What it answers next: a status, a whole answer, or nothing ever. */
  behave: (got: Received) => number | { readonly status: number; readonly body: unknown } | 'hang';
  /** Waits until something like this has arrived. */
  until(wanted: (got: Received) => boolean): Promise<Received>;
  close(): Promise<void>;
}

export async function webhook_receiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const got = {
        ...{ path: request.url ?? '', headers: request.headers, body, id: String(request.headers['webhook-id']) },
        ...(JSON.parse(body) as Pick<Received, 'type' | 'timestamp' | 'data'>), // what Postern sends
      };
      received.push(got);
      const answer = receiver.behave(got);
      if (answer === 'hang') return;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    behave: () => 204,
    until: (wanted) =>
      until(() => received.find(wanted)).catch((cause: unknown) => {
        throw new Error(`never arrived; ${received.map((got) => got.type).join(', ')} did`, { cause });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** @throws WebhookVerificationError, as a receiver's own library does */
export const verify_webhook = ({ headers, body }: Received, secret: string): unknown =>
  new Webhook(secret).verify(body, {
    'webhook-id': String(headers['webhook-id']),
    'webhook-timestamp': String(headers['webhook-timestamp']),
    'webhook-signature': String(headers['webhook-signature']),
  });
