import { createServer, request } from 'node:http';

/** A proxy in front of several processes that sends each request to the next of them. */
export interface RoundRobin {
  close(): Promise<void>;
}

export async function start_round_robin(port: number, upstreams: readonly string[]): Promise<RoundRobin> {
  let count = 0;
  const server = createServer((incoming, outgoing) => {
    const upstream = new URL(upstreams[count++ % upstreams.length] ?? '');
    const { hostname, port: to } = upstream;
    const sent = request({ hostname, port: to, path: incoming.url, method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    sent.once('error', () => outgoing.writeHead(502).end());
    incoming.pipe(sent);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
