import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Controlled, control_handler } from './control.ts';
import { shown_host } from './shown_host.ts';

/** The control page of a partner that speaks no HTTP itself, on a port of its own. */
export async function start_control_server(
  partner: Controlled,
  address: { host: string; port: number; public_host?: string | undefined },
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
  return {
    url: `http://${shown_host(address.host, address.public_host)}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
