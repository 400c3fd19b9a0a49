import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

const DAY_MS = 24 * 3_600_000;
const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };

export interface TlsFiles {
  readonly ca_file: string;
  readonly certificate_file: string;
  readonly key_file: string;
  readonly ca_pem: string;
  /** Of an authority that signed nothing. */
  readonly other_ca_pem: string;
}

/** Writes an authority and a server's certificate and key, valid for a year or until yesterday, into a folder. */
export async function write_tls_files(folder: string, names: readonly string[], validity: 'good' | 'expired' = 'good'): Promise<TlsFiles> {
  const now = Date.now();
  const [authority, other] = await Promise.all([
    make_authority('CN=Partner test authority', now),
    make_authority('CN=Another authority', now),
  ]);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${names[0] ?? 'localhost'}`,
    issuer: authority.certificate.subject,
    notBefore: new Date(now - 30 * DAY_MS),
    notAfter: new Date(now + (validity === 'good' ? 365 : -1) * DAY_MS),
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))),
    ],
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const ca_pem = authority.certificate.toString('pem');
  return {
    ca_file: write('ca.pem', ca_pem),
    certificate_file: write('server.pem', certificate.toString('pem')),
    key_file: write('server.key.pem', key),
    ca_pem,
    other_ca_pem: other.certificate.toString('pem'),
  };
}

async function make_authority(name: string, now: number): Promise<{ certificate: x509.X509Certificate; key: webcrypto.CryptoKey }> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    notBefore: new Date(now - 60 * DAY_MS),
    notAfter: new Date(now + 365 * DAY_MS),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true), new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true)],
  });
  return { certificate, key: keys.privateKey };
}
