import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { describe, it } from 'node:test';
import { start_mock_partners } from '../../../src/mock/index.ts';
import { shown_host } from '../../../src/mock/shown_host.ts';

describe('where mock partners say that they are', () => {
  it('at the host that they were told, whichever interface they listen on', async () => {
    const partners = await start_mock_partners({ host: '0.0.0.0', public_host: 'localhost' });
    try {
      const { saml, oidc, ldap } = partners;
      for (const url of [saml?.metadata_url, saml?.sso_url, oidc?.issuer, ldap?.urls[0], ldap?.plain_urls[0], ldap?.control_url])
        assert.equal(new URL(url ?? '').hostname, 'localhost', url);
      const metadata = await (await fetch(saml?.metadata_url ?? '')).text();
      assert.ok(metadata.includes(`Location="${saml?.sso_url ?? ''}"`), metadata);
      assert.ok(!metadata.includes('0.0.0.0'), metadata);
    } finally {
      await partners.close();
    }
  });

  it('the directory’s certificate is for that host', async () => {
    const partners = await start_mock_partners({ public_host: 'directory.example', only: ['ldap'] });
    try {
      const port = Number(new URL(partners.ldap?.url ?? '').port);
      const socket = connect({ host: '127.0.0.1', port, servername: 'directory.example', ca: partners.ldap?.ca_pem });
      await new Promise<void>((resolve, reject) => {
        socket.once('secureConnect', resolve);
        socket.once('error', reject);
      });
      assert.ok(socket.authorized);
      const certificate = socket.getPeerX509Certificate();
      assert.ok(certificate instanceof X509Certificate);
      assert.equal(certificate.checkHost('directory.example'), 'directory.example');
      socket.destroy();
    } finally {
      await partners.close();
    }
  });

  it('on this machine when they listen everywhere and were told nothing', () => {
    assert.deepEqual(
      ['0.0.0.0', '::', '::1', '192.0.2.1'].map((host) => shown_host(host)),
      ['127.0.0.1', '127.0.0.1', '[::1]', '192.0.2.1'],
    );
  });
});
