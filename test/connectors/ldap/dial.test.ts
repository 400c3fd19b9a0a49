import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { dial } from '../../../connectors/ldap/dial.ts';
import { is_private } from '../../../connectors/shared/private_address.ts';
import { ldap_tools } from '../../support/ldap_connector.ts';

/** A server that answers the first request with these bytes. */
async function with_server(answer: Buffer, work: (port: number) => Promise<void>): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.write(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await work(typeof address === 'object' && address !== null ? address.port : 0);
  } finally {
    server.close();
  }
}

const AGREES = Buffer.from('300c02010178070a010004000400', 'hex');

describe('a connection to a directory', () => {
  for (const [what, more] of [
    ['half a message', '300c0201'],
    ['a whole message', '300c02010261070a010004000400'],
  ] as const) {
    it(`StartTLS injection: ${what} that comes before encryption ends it`, async () => {
      await with_server(Buffer.concat([AGREES, Buffer.from(more, 'hex')]), async (port) => {
        const server = { url: 'ldap://x', host: 'localhost', port };
        const wait = { signal: new AbortController().signal, timeout_ms: 60_000 };
        await assert.rejects(dial(server, { tls: 'starttls', ca_pem: undefined }, ldap_tools(), wait), { reason: 'malformed' });
      });
    });
  }

  it('has one deadline for everything, the lookup of the name too', async () => {
    const wait = { signal: new AbortController().signal, timeout_ms: 50 };
    const tools = ldap_tools({ resolve: () => new Promise(() => undefined) });
    await assert.rejects(dial({ url: 'ldaps://x', host: 'x', port: 1 }, { tls: 'ldaps', ca_pem: undefined }, tools, wait), {
      reason: 'timed_out',
    });
  });

  it('in clear goes to private addresses only', () => {
    for (const address of ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '::1', 'fd00::1', 'fe80::1', '::ffff:10.1.2.3'])
      assert.ok(is_private(address), address);
    for (const address of ['8.8.8.8', '172.32.0.1', '2001:db8::1', '::ffff:8.8.8.8', '100.64.0.1', '0.0.0.0'])
      assert.ok(!is_private(address), address);
  });
});
