import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Controlled, control_handler } from './control.ts';

/** The control page of a partner that speaks no HTTP itself, on a port of its own. */
export async function start_control_server(
  partner: Controlled,
  address: { host: string; port: number },
): Promise<{ url: string; close(): Promise<void> }> {
  const handle = control_handler(partner);
  const server = createServer((request, response) => {
    handle(request, response).then(
      (handled) => {
        if (!handled) response.writeHead(404, { 'content-type': 'text/plain' }).end('There is nothing here.\n');
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => resolve());
  });
  const { port } = server.address() as AddressInfo; // a TCP server's address
  const host = address.host === '0.0.0.0' || address.host === '::' ? '127.0.0.1' : address.host;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
