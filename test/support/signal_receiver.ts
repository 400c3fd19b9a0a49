import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as jose from 'jose';
import { until } from './until.ts';

export interface ReceivedSet {
  readonly headers: IncomingHttpHeaders;
  readonly token: string;
  readonly claims: jose.JWTPayload & { readonly events: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
}

/** An app's receiver of security events (RFC 8935). */
export interface SignalReceiver {
  readonly url: string;
  readonly received: ReceivedSet[];
  /** What it answers next: a status, or a status with an error (section 2.3). */
  behave: (got: ReceivedSet) => number | { readonly status: number; readonly err: string };
  /** Waits until something like this has arrived. */
  until(wanted: (got: ReceivedSet) => boolean): Promise<ReceivedSet>;
  close(): Promise<void>;
}

export async function signal_receiver(): Promise<SignalReceiver> {
  const received: ReceivedSet[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const token = Buffer.concat(parts).toString();
      const got = { headers: request.headers, token, claims: jose.decodeJwt(token) as ReceivedSet['claims'] }; // what Postern sends
      received.push(got);
      const answer = receiver.behave(got);
      if (typeof answer === 'number') response.writeHead(answer).end();
      else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify({ err: answer.err }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address
  const receiver: SignalReceiver = {
    url: `http://127.0.0.1:${port}/events`,
    received,
    behave: () => 202,
    until: (wanted) =>
      until(() => received.find(wanted)).catch((cause: unknown) => {
        throw new Error(`never arrived; ${received.map(({ claims }) => Object.keys(claims.events).join()).join(', ')} did`, { cause });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
