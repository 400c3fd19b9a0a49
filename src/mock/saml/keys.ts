import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A key pair with a certificate of its own. */
export interface SigningKey {
  readonly private_key_pem: string;
  readonly certificate_pem: string;
}

const DAY_MS = 86_400_000;

/** Makes RSA 2048, self-signed from yesterday for ten years, unless told otherwise. */
export async function make_signing_key(name: string, at: number, ends: number = at + 3650 * DAY_MS): Promise<SigningKey> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', publicExponent: new Uint8Array([1, 0, 1]), modulusLength: 2048 };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    serialNumber: randomBytes(16).toString('hex'),
    notBefore: new Date(at - DAY_MS),
    notAfter: new Date(ends),
    signingAlgorithm: algorithm,
    keys,
  });
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    private_key_pem: `-----BEGIN PRIVATE KEY-----\n${(der.match(/.{1,64}/g) ?? []).join('\n')}\n-----END PRIVATE KEY-----\n`,
    certificate_pem: certificate.toString('pem'),
  };
}

export const certificate_body = (pem: string): string => pem.replace(/-----[A-Z ]+-----|\s+/g, '');
