import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  readonly port: number;
  /** Takes no more connections, lets requests in hand finish for at most `grace_ms`, then ends the rest. */
  drain(grace_ms: number): Promise<void>;
}

/** Listens with limits that no slow client outlasts. */
export async function listen(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  address: { host: string; port: number },
): Promise<Listening> {
  const in_hand = new Set<ServerResponse>();
  let draining = false;
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000, connectionsCheckingInterval: 5_000 },
    (request, response) => {
      in_hand.add(response);
      response.once('close', () => in_hand.delete(response));
      if (draining) response.shouldKeepAlive = false;
      handler(request, response);
    },
  );
  server.maxRequestsPerSocket = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => resolve());
  });
  const { port } = server.address() as AddressInfo; // a TCP server's address
  return {
    port,
    async drain(grace_ms) {
      draining = true;
      // `Connection: close` tells a proxy to send the next request elsewhere
      for (const response of in_hand) response.shouldKeepAlive = false;
      await close(server, grace_ms);
    },
  };
}

async function close(server: Server, grace_ms: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const patience = setTimeout(() => server.closeAllConnections(), grace_ms);
  // a keep-alive connection becomes idle when its last request is answered
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  await closed;
  clearTimeout(patience);
  clearInterval(sweep);
}
