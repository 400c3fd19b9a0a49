import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectorError, type FaultReason } from '../../../../connectors/connector.ts';

/** A partner's server on an address of this machine; counts connections and requests. */
export interface Stub {
  readonly port: number;
  readonly connections: number;
  readonly requests: readonly IncomingMessage[];
  close(): Promise<void>;
}

export async function start_stub(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  address: { host?: string; port?: number } = {},
): Promise<Stub> {
  let connections = 0;
  const requests: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port ?? 0, address.host ?? '127.0.0.1', () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers each question with the next list of addresses, the last one again and again; counts the questions. */
export function dns_stub(...answers: readonly (readonly string[])[]): {
  lookup: (host: string) => Promise<{ address: string; family: 4 | 6 }[]>;
  asked: string[];
} {
  const asked: string[] = [];
  return {
    asked,
    lookup: async (host) => {
      const list = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(host);
      return list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
  };
}

/** For `assert.rejects`: a fault of this kind that says this, and carries nothing of what the other side sent. */
export const fault =
  (reason: FaultReason, says?: RegExp) =>
  (error: unknown): boolean => {
    if (!(error instanceof ConnectorError)) throw error;
    if (error.reason !== reason || (says !== undefined && !says.test(error.message)))
      throw new Error(`${error.reason}: ${error.message}`, { cause: error });
    const told = [error.message, error.fix, error.stack, JSON.stringify(error), String(error.cause)].join('\n');
    if (told.includes('canary')) throw new Error('the fault repeats what was sent');
    return true;
  };
