import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { Agent, fetch as undici_fetch } from 'undici';
import { ensure_packages } from '../../scripts/debian_packages.ts';
import { make_authority } from '../src/http/egress/certificates.ts';
import { type AppCertificate, client_authority } from '../support/client_certificates.ts';
import { free_port } from '../support/free_port.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { relying_party } from '../support/relying_party.ts';
import { add_client } from '../support/tenant.ts';
import { until } from '../support/until.ts';

/** As docs/how-to/apps-with-certificates.md has it. */
const configuration = (port: number, issuer: string, folder: string): string => `
daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
events {}
http {
  access_log off; client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c; uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${folder}/own.pem; ssl_certificate_key ${folder}/own.key;
    ssl_verify_client optional_no_ca;
    location / {
      proxy_pass ${issuer};
      proxy_bind 127.0.0.2;
      proxy_set_header Client-Cert $ssl_client_escaped_cert;
    }
  }
}`;

describe('mutual TLS that ends at nginx', () => {
  let it_is: Installation;
  let nginx: ChildProcess;
  let own: AppCertificate;
  let ca: string;
  let origin: string;
  const folder = mkdtempSync(join(tmpdir(), 'postern-nginx-'));
  before(async () => {
    ensure_packages({ 'nginx-light': '/usr/sbin/nginx' });
    const [authority, server] = [await client_authority(), await make_authority()];
    own = await authority.issue();
    ca = server.ca;
    const { cert, key } = await server.sign(['127.0.0.1']);
    writeFileSync(join(folder, 'own.pem'), cert);
    writeFileSync(join(folder, 'own.key'), key);
    const port = await free_port();
    origin = `https://127.0.0.1:${port}`;
    it_is = await start_installation({
      env: {
        POSTERN_TRUST_PROXY: '127.0.0.2',
        POSTERN_CLIENT_CERTIFICATE_HEADER: 'Client-Cert',
        POSTERN_CLIENT_CERTIFICATE_CA: authority.ca,
        POSTERN_MTLS_ORIGIN: origin,
      },
    });
    writeFileSync(join(folder, 'nginx.conf'), configuration(port, it_is.broker.issuer, folder));
    nginx = spawn('/usr/sbin/nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], { stdio: 'ignore' });
    const agent = new Agent({ connect: { ca } });
    await until(async () => (await undici_fetch(`${origin}/healthz`, { dispatcher: agent }).catch(() => undefined))?.status === 200);
    await agent.close();
  });
  after(async () => {
    if (nginx?.kill()) await once(nginx, 'exit');
    await it_is?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function token_with(certificate: AppCertificate | undefined, headers: Readonly<Record<string, string>> = {}) {
    const { client_id } = await add_client(it_is.broker, {
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_subject_dn: 'CN=app,O=Example,C=DE',
      tls_client_certificate_bound_access_tokens: true,
    });
    const app = await relying_party({
      ...{ issuer: it_is.broker.issuer, client_id, auth: client.TlsClientAuth() },
      metadata: { use_mtls_endpoint_aliases: true },
    });
    const agent = new Agent({ connect: { ca, ...(certificate !== undefined && { cert: certificate.cert, key: certificate.key }) } });
    app.config[client.customFetch] = (url, options) => {
      const sent = { ...options, headers: { ...options.headers, ...headers }, dispatcher: agent };
      return undici_fetch(url, sent as object) as unknown as ReturnType<client.CustomFetch>; // one fetch, typed by two packages
    };
    try {
      const { access_token } = await client.clientCredentialsGrant(app.config);
      return await client.tokenIntrospection(app.config, access_token);
    } finally {
      await agent.close();
    }
  }

  it('its header carries the certificate: the app gets a token that is bound to it', async () => {
    assert.deepEqual((await token_with(own))['cnf'], { 'x5t#S256': own.thumbprint });
  });

  it('spoofed header, in either form: nginx takes it away', async () => {
    for (const spoofed of [own.header, own.escaped]) {
      await assert.rejects(
        token_with(undefined, { 'client-cert': spoofed }),
        (error: client.ResponseBodyError) => error.error === 'invalid_client',
      );
    }
  });
});
