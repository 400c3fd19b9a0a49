import { constants, createCipheriv, publicEncrypt, randomBytes, X509Certificate } from 'node:crypto';
import { certificate_body } from './keys.ts';
import { DSIG, XENC, XENC11 } from './names.ts';

export type Cipher = 'aes128-gcm' | 'aes256-gcm' | 'aes128-cbc' | 'aes256-cbc';

export interface EncryptOptions {
  readonly cipher?: Cipher;
  /** OAEP's digest and mask, one for both. */
  readonly oaep?: 'sha1' | 'sha256';
}

function encrypt_content(xml: string, cipher: Cipher): { uri: string; key: Buffer; value: Buffer } {
  const key = randomBytes(cipher.startsWith('aes128') ? 16 : 32);
  const bits = key.length * 8;
  if (cipher.endsWith('gcm')) {
    const iv = randomBytes(12);
    const encryption = createCipheriv(bits === 128 ? 'aes-128-gcm' : 'aes-256-gcm', key, iv);
    const body = Buffer.concat([encryption.update(xml, 'utf8'), encryption.final()]);
    return { uri: `${XENC11}${cipher}`, key, value: Buffer.concat([iv, body, encryption.getAuthTag()]) };
  }
  const iv = randomBytes(16);
  const encryption = createCipheriv(`aes-${bits}-cbc`, key, iv);
  return { uri: `${XENC}${cipher}`, key, value: Buffer.concat([iv, encryption.update(xml, 'utf8'), encryption.final()]) };
}

/** An element encrypted for the holder of a certificate, in a container such as `saml:EncryptedAssertion`. */
export function encrypt_element(xml: string, certificate: string, container: string, options: EncryptOptions = {}): string {
  const { uri, key, value } = encrypt_content(xml, options.cipher ?? 'aes256-gcm');
  const oaep = options.oaep ?? 'sha1';
  const pem = `-----BEGIN CERTIFICATE-----\n${certificate_body(certificate)}\n-----END CERTIFICATE-----`;
  const recipient = new X509Certificate(pem).publicKey;
  const wrapped = publicEncrypt({ key: recipient, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: oaep }, key);
  const method =
    oaep === 'sha1'
      ? `<xenc:EncryptionMethod Algorithm="${XENC}rsa-oaep-mgf1p"/>`
      : `<xenc:EncryptionMethod Algorithm="${XENC11}rsa-oaep"><ds:DigestMethod Algorithm="${XENC}sha256"/><xenc11:MGF xmlns:xenc11="${XENC11}" Algorithm="${XENC11}mgf1sha256"/></xenc:EncryptionMethod>`;
  const wrapped_key = `<xenc:EncryptedKey>${method}<xenc:CipherData><xenc:CipherValue>${wrapped.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`;
  return `<${container}><xenc:EncryptedData xmlns:xenc="${XENC}" Type="${XENC}Element"><xenc:EncryptionMethod Algorithm="${uri}"/><ds:KeyInfo xmlns:ds="${DSIG}">${wrapped_key}</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>${value.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></${container}>`;
}
