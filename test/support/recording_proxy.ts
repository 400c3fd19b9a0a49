import { connect, createServer, type Socket } from 'node:net';

/** A TCP relay on a free loopback port that keeps what the client sent. */
export interface RecordingProxy {
  readonly port: number;
  /** Everything that clients sent since the start. */
  sent(): Buffer;
  /** How many connections were made since the start. */
  connections(): number;
  /** Cuts what is open now; new connections are taken again. */
  cut(): void;
  close(): Promise<void>;
}

export interface RelayOptions {
  /** Where the server is; default 127.0.0.1. */
  readonly address?: string;
  /** Changes what comes back from the server to the client's connection of this number; undefined is held back. */
  readonly answer?: (chunk: Buffer, connection: number) => Buffer | 'cut' | undefined;
}

/** Relays to a port on loopback; `undefined` takes connections and never says a word. */
export async function start_recording_proxy(target: number | undefined, options: RelayOptions = {}): Promise<RecordingProxy> {
  const chunks: Buffer[] = [];
  const open = new Set<Socket>();
  let connections = 0;
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => open.delete(socket));
  };
  const server = createServer((client) => {
    const number = ++connections;
    keep(client);
    if (target === undefined) {
      client.on('data', (chunk: Buffer) => chunks.push(chunk));
      return;
    }
    const upstream = connect(target, options.address ?? '127.0.0.1');
    keep(upstream);
    client.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      const answer = options.answer === undefined ? chunk : options.answer(chunk, number);
      if (answer === 'cut') client.destroy();
      else if (answer !== undefined) client.write(answer);
    });
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('There is no port.');
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: address.port,
    sent: () => Buffer.concat(chunks),
    connections: () => connections,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
