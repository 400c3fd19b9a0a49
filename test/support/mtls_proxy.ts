import { request as http_request } from 'node:http';
import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { Agent, fetch as undici_fetch } from 'undici';
import type { CustomFetch } from 'openid-client';
import { make_authority } from '../src/http/egress/certificates.ts';
import type { AppCertificate } from './client_certificates.ts';

/** The proxies' own network in these tests; whoever comes from 127.0.0.1 is anybody. */
export const PROXY_ADDRESS = '127.0.0.2';

export interface MtlsProxy {
  readonly origin: string;
  /** What a client asks with that has this certificate, or none. */
  fetch_as(certificate: AppCertificate | undefined): CustomFetch;
  close(): Promise<void>;
}

/** TLS ends here: asks for a certificate, hands it on in the header, removes what the client wrote there. */
export async function mtls_proxy(port: number, broker_port: () => number, header = 'client-cert'): Promise<MtlsProxy> {
  const authority = await make_authority();
  const own = await authority.sign(['127.0.0.1']);
  // any certificate: who it is of is the broker's question
  const server = createServer({ ...own, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const shown = (request.socket as TLSSocket).getPeerX509Certificate(); // an https server's sockets
    const headers = { ...request.headers };
    Reflect.deleteProperty(headers, header);
    if (shown !== undefined) headers[header] = `:${shown.raw.toString('base64')}:`;
    const onward = http_request(
      { host: '127.0.0.1', port: broker_port(), localAddress: PROXY_ADDRESS, path: request.url, method: request.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const agents: Agent[] = [];
  return {
    origin: `https://127.0.0.1:${port}`,
    fetch_as(certificate) {
      const agent = new Agent({
        connect: { ca: authority.ca, ...(certificate !== undefined && { cert: certificate.cert, key: certificate.key }) },
      });
      agents.push(agent);
      return (url, options) => undici_fetch(url, { ...(options as object), dispatcher: agent }) as unknown as ReturnType<CustomFetch>; // one fetch, typed by two packages
    },
    async close() {
      await Promise.all(agents.map((agent) => agent.close()));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
