import 'reflect-metadata';
import { constants, createPrivateKey, createHash, KeyObject, randomBytes, sign, webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { SignedXml } from 'xml-crypto';

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const MORE_2007 = 'http://www.w3.org/2007/05/xmldsig-more#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

/** Canonicalizations by short name. */
export const C14N = {
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  exclusive_with_comments: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
  inclusive: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  inclusive_with_comments: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
  inclusive_1_1: 'http://www.w3.org/2006/12/xml-c14n11',
} as const;

export const DIGEST = {
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: `${MORE}sha384`,
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
  md5: `${MORE}md5`,
} as const;
export type DigestName = keyof typeof DIGEST;

interface How {
  readonly hash: string;
  readonly padding?: number;
  readonly saltLength?: number;
  readonly dsaEncoding?: 'ieee-p1363';
}
const pss = (hash: string, saltLength: number): How => ({ hash, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
const ecdsa = (hash: string): How => ({ hash, dsaEncoding: 'ieee-p1363' });

/** Signature algorithms by URI: what the library lacks is registered with it. */
const SIGNATURES: Readonly<Record<string, How>> = {
  'http://www.w3.org/2000/09/xmldsig#rsa-sha1': { hash: 'sha1' },
  [`${MORE}rsa-md5`]: { hash: 'md5' },
  [`${MORE}rsa-sha256`]: { hash: 'sha256' },
  [`${MORE}rsa-sha384`]: { hash: 'sha384' },
  [`${MORE}rsa-sha512`]: { hash: 'sha512' },
  [`${MORE_2007}sha256-rsa-MGF1`]: pss('sha256', 32),
  [`${MORE_2007}sha384-rsa-MGF1`]: pss('sha384', 48),
  [`${MORE_2007}sha512-rsa-MGF1`]: pss('sha512', 64),
  [`${MORE}ecdsa-sha256`]: ecdsa('sha256'),
  [`${MORE}ecdsa-sha384`]: ecdsa('sha384'),
  [`${MORE}ecdsa-sha512`]: ecdsa('sha512'),
};
export const RSA_SHA256 = `${MORE}rsa-sha256`;
export const SIGNATURE_URIS = Object.keys(SIGNATURES);

export interface Signer {
  readonly private_key: KeyObject;
  readonly certificate_pem: string;
}

export interface SignOptions {
  readonly algorithm?: string;
  readonly digest?: DigestName;
  readonly canonicalization?: string;
  /** Of the Reference; the one of SignedInfo unless given. */
  readonly reference_canonicalization?: string;
  readonly inclusive_prefixes?: readonly string[];
  readonly prefix?: string;
  /** Where the Signature goes; behind the Issuer of what is signed unless given. */
  readonly location?: { readonly reference: string; readonly action: 'append' | 'prepend' | 'before' | 'after' };
  readonly transforms?: readonly string[];
}

/** Signs the element at this XPath with xml-crypto: another implementation than the one under test. */
export function sign_xml(xml: string, xpath: string, { private_key, certificate_pem }: Signer, options: SignOptions = {}): string {
  const algorithm = options.algorithm ?? RSA_SHA256;
  const canonicalization = options.canonicalization ?? C14N.exclusive;
  const reference = options.reference_canonicalization ?? canonicalization;
  const signer = new SignedXml({
    privateKey: private_key,
    publicCert: certificate_pem,
    signatureAlgorithm: algorithm,
    canonicalizationAlgorithm: canonicalization,
    ...(options.inclusive_prefixes !== undefined && { inclusiveNamespacesPrefixList: [...options.inclusive_prefixes] }),
  });
  extend(signer, algorithm);
  signer.addReference({
    xpath,
    transforms: [...(options.transforms ?? [ENVELOPED, reference])],
    digestAlgorithm: DIGEST[options.digest ?? 'sha256'],
    ...(options.inclusive_prefixes !== undefined && { inclusiveNamespacesPrefixList: [...options.inclusive_prefixes] }),
  });
  signer.computeSignature(xml, {
    prefix: options.prefix ?? 'ds',
    location: options.location ?? { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signer.getSignedXml();
}

function extend(signer: SignedXml, algorithm: string): void {
  const how = SIGNATURES[algorithm];
  if (how !== undefined) {
    const { hash, ...rest } = how;
    signer.SignatureAlgorithms[algorithm] = class {
      getAlgorithmName = () => algorithm;
      getSignature = (text: unknown, key: unknown) =>
        sign(hash, Buffer.from(String(text)), { ...rest, key: key as KeyObject }).toString('base64');
      verifySignature = () => false;
    } as never; // the library's type asks for overloads with callbacks, which it does not use here
  }
  for (const [name, uri] of Object.entries(DIGEST)) {
    signer.HashAlgorithms[uri] = class {
      getAlgorithmName = () => uri;
      getHash = (text: string) => createHash(name).update(text, 'utf8').digest('base64');
    };
  }
  const inclusive = signer.CanonicalizationAlgorithms[C14N.inclusive];
  // without xml: attributes around the element, C14N 1.1 and 1.0 write the same
  if (inclusive !== undefined)
    signer.CanonicalizationAlgorithms[C14N.inclusive_1_1] = class extends inclusive {
      override getAlgorithmName = () => C14N.inclusive_1_1 as never;
    } as never;
}

type Algorithm = webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams;

/** A new key with a self-signed certificate. */
async function certified(algorithm: Algorithm): Promise<Signer> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=test idp',
    serialNumber: randomBytes(8).toString('hex'),
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2040-01-01T00:00:00Z'),
    signingAlgorithm: { hash: 'SHA-256', ...algorithm },
    keys,
  });
  return { private_key: KeyObject.from(keys.privateKey), certificate_pem: certificate.toString('pem') };
}

export const rsa_signer = (modulusLength = 2048, publicExponent = new Uint8Array([1, 0, 1])): Promise<Signer> =>
  certified({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength, publicExponent });

export const ec_signer = (namedCurve: 'P-256' | 'P-384' | 'P-521'): Promise<Signer> => certified({ name: 'ECDSA', namedCurve });

export const key_of = (pem: string): KeyObject => createPrivateKey(pem);
export const public_key_of = (pem: string): KeyObject => new X509Certificate(pem).publicKey;

const ENVELOPED_THEN_EXCLUSIVE = `<ds:Transforms><ds:Transform Algorithm="${ENVELOPED}"></ds:Transform><ds:Transform Algorithm="${C14N.exclusive}"></ds:Transform></ds:Transforms>`;

/** What is inside the SignedInfo that `sign_by_hand` makes; each may be changed before it is signed. */
export interface ByHand {
  readonly uri: string;
  readonly transforms?: string;
  /** Beside the Reference, in SignedInfo. */
  readonly beside?: string;
  /** In the Reference, behind DigestValue. */
  readonly within?: string;
}

/** A Signature over a canonical element, written by hand: for what no library would sign. */
export function sign_by_hand(
  canonical: string,
  { private_key }: Signer,
  { uri, transforms = ENVELOPED_THEN_EXCLUSIVE, beside = '', within = '' }: ByHand,
): string {
  const digest = createHash('sha256').update(canonical).digest('base64');
  const info = (namespace: string): string =>
    `<ds:SignedInfo${namespace}><ds:CanonicalizationMethod Algorithm="${C14N.exclusive}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${RSA_SHA256}"></ds:SignatureMethod><ds:Reference URI="${uri}">${transforms}<ds:DigestMethod Algorithm="${DIGEST.sha256}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue>${within}</ds:Reference>${beside}</ds:SignedInfo>`;
  const value = sign('sha256', Buffer.from(info(' xmlns:ds="http://www.w3.org/2000/09/xmldsig#"')), private_key).toString('base64');
  return `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${info('')}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
}
