/** Makes a throw-away authority and a server certificate for development: `node --import tsx certs/make.ts NAME…` */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

const names = process.argv.length > 2 ? process.argv.slice(2) : ['localhost', '127.0.0.1', '::1'];
const folder = join(import.meta.dirname, 'development');
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const notBefore = new Date(Date.now() - 3_600_000);
const notAfter = new Date(Date.now() + 30 * 24 * 3_600_000);

x509.cryptoProvider.set(webcrypto);
const authority_keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const authority = await x509.X509CertificateGenerator.createSelfSigned({
  name: 'CN=Postern development',
  notBefore,
  notAfter,
  keys: authority_keys,
  signingAlgorithm: algorithm,
  extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
});
const server_keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const server = await x509.X509CertificateGenerator.create({
  subject: `CN=${names[0] ?? 'localhost'}`,
  issuer: authority.subject,
  notBefore,
  notAfter,
  publicKey: server_keys.publicKey,
  signingKey: authority_keys.privateKey,
  signingAlgorithm: algorithm,
  extensions: [
    new x509.BasicConstraintsExtension(false),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(names.map((name) => ({ type: isIP(name) === 0 ? 'dns' : 'ip', value: name }))),
  ],
});
const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', server_keys.privateKey)).toString('base64');
const pem_lines = key.match(/.{1,64}/g) ?? [];

mkdirSync(folder, { recursive: true, mode: 0o700 });
writeFileSync(join(folder, 'ca.pem'), authority.toString('pem'));
writeFileSync(join(folder, 'server.pem'), server.toString('pem'));
writeFileSync(join(folder, 'server.key.pem'), ['-----BEGIN PRIVATE KEY-----', ...pem_lines, '-----END PRIVATE KEY-----', ''].join('\n'), {
  mode: 0o600,
});
console.log(`certs/development: ca.pem, server.pem, server.key.pem for ${names.join(', ')}, until ${notAfter.toISOString().slice(0, 10)}`);
