import 'reflect-metadata';
import { randomUUID, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What the server shows, by how it is to behave. */
export interface Certificates {
  readonly ca_pem: string;
  readonly good: SecureContext;
  /** For another name. */
  readonly wrong_name: SecureContext;
  /** Signed by an authority that nobody was told of. */
  readonly untrusted: SecureContext;
  readonly expired: SecureContext;
}

/** An authority of its own, made anew at every start, and what it signs. `now` in epoch milliseconds. */
export async function make_certificates(hosts: readonly string[], now: number): Promise<Certificates> {
  const [authority, stranger] = await Promise.all([
    make_authority(`CN=Mock directory authority ${randomUUID()}`, now),
    make_authority('CN=Unknown authority', now),
  ]);
  const until = now + 90 * DAY_MS;
  const [good, wrong_name, untrusted, expired] = await Promise.all([
    sign(authority, hosts, now, until),
    sign(authority, ['another.example'], now, until),
    sign(stranger, hosts, now, until),
    sign(authority, hosts, now - 30 * DAY_MS, now - DAY_MS),
  ]);
  return { ca_pem: authority.certificate.toString('pem'), good, wrong_name, untrusted, expired };
}

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

async function make_authority(name: string, now: number): Promise<Authority> {
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

async function sign(authority: Authority, hosts: readonly string[], now: number, until: number): Promise<SecureContext> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${hosts[0] ?? 'localhost'}`,
    issuer: authority.certificate.subject,
    notBefore: new Date(now - HOUR_MS),
    notAfter: new Date(until),
    publicKey: keys.publicKey,
    signingKey: authority.key,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))),
    ],
  });
  const key = x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return createSecureContext({ cert: certificate.toString('pem'), key });
}
