import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it, type TestContext } from 'node:test';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { make_egress } from '../../../../src/http/egress/index.ts';
import { type Certificate, make_authority } from './certificates.ts';
import { dns_stub, fault } from './stub.ts';

describe('TLS of the way out', () => {
  const trusted = getCACertificates('default');
  let authority: Awaited<ReturnType<typeof make_authority>>;
  before(async () => {
    authority = await make_authority();
    setDefaultCACertificates([...trusted, authority.ca]);
  });
  after(() => setDefaultCACertificates(trusted));

  async function partner(t: TestContext, certificate: Certificate, name = 'partner.example') {
    const handshakes: (string | false | null)[] = [];
    const hosts: (string | undefined)[] = [];
    const server = createServer({ ...certificate }, (request, response) => {
      hosts.push(request.headers.host);
      response.end('answer');
    });
    server.on('secureConnection', (socket: TLSSocket) => handshakes.push(socket.servername));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    const egress = make_egress({ allow_private_networks: ['127.0.0.1/32'], lookup: dns_stub(['127.0.0.1']).lookup });
    t.after(async () => {
      await egress.close();
      server.closeAllConnections();
      server.close();
    });
    return { address: `https://${name}:${port}/`, egress, handshakes, hosts, port };
  }

  it('is verified for the name that was asked for, which is also what the server is told', async (t) => {
    const { address, egress, handshakes, hosts, port } = await partner(t, await authority.sign(['partner.example']));
    assert.equal((await egress.fetch(address)).status, 200);
    assert.deepEqual(handshakes, ['partner.example']);
    assert.deepEqual(hosts, [`partner.example:${port}`]);
  });

  it('sign-ins one after the other need one handshake', async (t) => {
    const { address, egress, handshakes } = await partner(t, await authority.sign(['partner.example']));
    for (let count = 0; count < 5; count++) await egress.fetch(address, count % 2 === 0 ? {} : { method: 'POST', body: 'x' });
    assert.equal(handshakes.length, 1);
  });

  it('two names at one address have a connection each', async (t) => {
    const { egress, handshakes, port } = await partner(t, await authority.sign(['one.example', 'two.example']));
    await egress.fetch(`https://one.example:${port}/`);
    await egress.fetch(`https://two.example:${port}/`);
    assert.deepEqual(handshakes, ['one.example', 'two.example']);
  });

  it('of an address is verified for that address', async (t) => {
    const { egress, port } = await partner(t, await authority.sign(['127.0.0.1']));
    assert.equal((await egress.fetch(`https://127.0.0.1:${port}/`)).status, 200);
    const other = await partner(t, await authority.sign(['partner.example']));
    await assert.rejects(other.egress.fetch(`https://127.0.0.1:${other.port}/`), fault('unreachable', /TLS/));
  });

  it("a machine in the middle: another name's, an expired and an unknown authority's certificate are refused, also where the environment says not to look", async (t) => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    t.after(() => {
      if (before === undefined) Reflect.deleteProperty(process.env, 'NODE_TLS_REJECT_UNAUTHORIZED');
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    });
    const stranger = await make_authority();
    for (const certificate of [
      await authority.sign(['other.example']),
      await authority.sign(['partner.example'], -1),
      await stranger.sign(['partner.example']),
    ]) {
      const { address, egress, hosts } = await partner(t, certificate);
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
      await assert.rejects(egress.fetch(address), fault('unreachable', /the TLS connection was refused/));
      assert.deepEqual(hosts, []);
    }
  });
});
