import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 86_400_000;
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** A certificate with its key, as an app holds it. */
export interface AppCertificate {
  readonly cert: string;
  readonly key: string;
  /** `:base64:`, RFC 9440. */
  readonly header: string;
  /** As nginx escapes a PEM. */
  readonly escaped: string;
  /** What tokens are bound to: `x5t#S256`. */
  readonly thumbprint: string;
  /** Its public key with the certificate in x5c. */
  readonly jwk: Record<string, unknown>;
}

export interface CertificateOptions {
  /** Encoded order; the distinguished name that apps register is the other way round. */
  readonly subject?: string;
  readonly names?: readonly { readonly type: 'dns' | 'url' | 'ip' | 'email'; readonly value: string }[];
  /** Object identifiers; empty: no such extension. */
  readonly purposes?: readonly string[];
  /** Days from now. */
  readonly from?: number;
  readonly until?: number;
  readonly ca?: boolean;
  readonly critical?: string;
}

export interface ClientAuthority {
  readonly ca: string;
  issue(options?: CertificateOptions): Promise<AppCertificate>;
}

const key_pair = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const times = ({ from = -1, until = 1 }: CertificateOptions) => ({
  notBefore: new Date(Date.now() + from * DAY),
  notAfter: new Date(Date.now() + until * DAY),
});

/** A CA for apps. */
export async function client_authority(name = `CN=Apps CA ${Math.random()}`, options: CertificateOptions = {}): Promise<ClientAuthority> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await key_pair();
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    ...times({ from: -20, until: 20, ...options }),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  return {
    ca: authority.toString('pem'),
    async issue(wanted = {}) {
      const own = await key_pair();
      const certificate = await x509.X509CertificateGenerator.create({
        subject: wanted.subject ?? 'C=DE, O=Example, CN=app',
        issuer: authority.subject,
        ...times(wanted),
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: extensions_of(wanted),
      });
      return app_certificate(certificate, own.privateKey);
    },
  };
}

/** A certificate that nobody vouches for but its own key. */
export async function self_signed(wanted: CertificateOptions = {}): Promise<AppCertificate> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await key_pair();
  const name = wanted.subject ?? 'C=DE, O=Example, CN=app';
  const made = { name, keys, ...times(wanted), signingAlgorithm: algorithm, extensions: extensions_of(wanted) };
  return app_certificate(await x509.X509CertificateGenerator.createSelfSigned(made), keys.privateKey);
}

const extensions_of = ({ names = [], purposes = [CLIENT_AUTH], ca = false, critical }: CertificateOptions): x509.Extension[] => [
  new x509.BasicConstraintsExtension(ca),
  ...(purposes.length > 0 ? [new x509.ExtendedKeyUsageExtension([...purposes])] : []),
  ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names.map((name) => ({ ...name })))] : []),
  ...(critical !== undefined ? [new x509.Extension(critical, true, new Uint8Array([5, 0]))] : []),
];

async function app_certificate(certificate: x509.X509Certificate, key: webcrypto.CryptoKey): Promise<AppCertificate> {
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  const cert = certificate.toString('pem');
  const read = new X509Certificate(cert);
  const der = read.raw.toString('base64');
  return {
    cert,
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
    header: `:${der}:`,
    escaped: encodeURIComponent(cert),
    thumbprint: Buffer.from(await webcrypto.subtle.digest('SHA-256', new Uint8Array(read.raw))).toString('base64url'),
    jwk: { ...read.publicKey.export({ format: 'jwk' }), use: 'sig', x5c: [der] },
  };
}
