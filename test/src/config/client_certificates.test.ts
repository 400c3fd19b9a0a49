import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { parse_settings } from '../../../src/config/index.ts';
import { client_authority } from '../../support/client_certificates.ts';

describe('the settings of mutual TLS', () => {
  let ca: string;
  let leaf: string;
  before(async () => {
    const authority = await client_authority();
    ca = authority.ca;
    leaf = (await authority.issue()).cert;
  });
  const read = (env: Record<string, string>, files: Record<string, string> = {}) => parse_settings(env, (path) => files[path]);
  const wrong = (env: Record<string, string>): string[] => {
    const result = read(env);
    return result.ok ? [] : result.problems.map(({ path }) => path);
  };

  it('the CA comes from a file or from the text itself, one certificate or several', () => {
    const proxy = { POSTERN_TRUST_PROXY: '10.0.0.1', POSTERN_CLIENT_CERTIFICATE_HEADER: 'X-Client-Cert' };
    const from_file = read({ ...proxy, POSTERN_CLIENT_CERTIFICATE_CA_FILE: '/ca.pem' }, { '/ca.pem': `${ca}\n# and another\n${ca}\n` });
    assert.ok(from_file.ok);
    assert.equal(from_file.settings.client_certificate_ca?.length, 2);
    assert.equal(from_file.settings.client_certificate_header, 'x-client-cert');
  });

  it('a header without a proxy that is trusted, or of another meaning, stops the start', () => {
    assert.deepEqual(wrong({ POSTERN_CLIENT_CERTIFICATE_HEADER: 'Client-Cert' }), ['POSTERN_CLIENT_CERTIFICATE_HEADER']);
    for (const name of ['Authorization', 'cookie', 'X-Forwarded-For', 'a b', 'x:y', ''])
      assert.equal(wrong({ POSTERN_TRUST_PROXY: '10.0.0.1', POSTERN_CLIENT_CERTIFICATE_HEADER: name }).length, name === '' ? 0 : 1, name);
  });

  it('what is no certificate of a CA, and an origin with a path or over plain http, stop the start', () => {
    for (const text of ['x', leaf, ca.replace(/[A-Za-z]{20}/, 'AAAAAAAAAAAAAAAAAAAA')])
      assert.equal(wrong({ POSTERN_CLIENT_CERTIFICATE_CA: text }).length, 1);
    for (const origin of ['http://mtls.example.com', 'https://mtls.example.com/', 'https://mtls.example.com/x', 'mtls.example.com'])
      assert.deepEqual(wrong({ POSTERN_MTLS_ORIGIN: origin }), ['POSTERN_MTLS_ORIGIN'], origin);
  });
});
