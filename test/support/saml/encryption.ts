import { constants, createCipheriv, createHash, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';

type Hash = 'sha1' | 'sha256';

export interface EncryptOptions {
  readonly cipher?: 'aes128-gcm' | 'aes256-gcm' | 'aes128-cbc' | 'aes256-cbc';
  readonly digest?: Hash;
  readonly mask?: Hash;
  readonly label?: Buffer;
  /** Which name of RSA-OAEP; the older one unless digest and mask need the newer. */
  readonly uri?: 'mgf1p' | 'oaep11';
  /** The EncryptedKey stands beside EncryptedData instead of in its KeyInfo. */
  readonly key_beside?: boolean;
  /** Padding of CBC beyond what is needed, or wrong. */
  readonly content?: Buffer;
}

/** RFC 8017 section 7.1.1, since node:crypto has one hash for digest and mask. */
function wrap_oaep(key: KeyObject, content: Buffer, digest: Hash, mask: Hash, label: Buffer): Buffer {
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const label_hash = createHash(digest).update(label).digest();
  const zeros = Buffer.alloc(size - content.length - 2 * label_hash.length - 2);
  const block = Buffer.concat([label_hash, zeros, Buffer.from([1]), content]);
  const seed = randomBytes(label_hash.length);
  const masked_block = xor(block, mgf1(seed, block.length, mask));
  const masked_seed = xor(seed, mgf1(masked_block, seed.length, mask));
  return publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.concat([Buffer.from([0]), masked_seed, masked_block]));
}

function mgf1(seed: Buffer, length: number, hash: Hash): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0; Buffer.concat(blocks).length < length; counter++)
    blocks.push(
      createHash(hash)
        .update(seed)
        .update(Buffer.from([0, 0, 0, counter]))
        .digest(),
    );
  return Buffer.concat(blocks).subarray(0, length);
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));

/** XML encrypted for a key, in a container, in every way that the standard has. */
export function encrypt_for(key: KeyObject, xml: string, container: string, options: EncryptOptions = {}): string {
  const { cipher = 'aes256-gcm', digest = 'sha1', mask = 'sha1', label = Buffer.alloc(0) } = options;
  const content_key = randomBytes(cipher.startsWith('aes128') ? 16 : 32);
  const bits = content_key.length * 8;
  const plain = options.content ?? Buffer.from(xml);
  let value: Buffer;
  if (cipher.endsWith('gcm')) {
    const iv = randomBytes(12);
    const encryption = createCipheriv(bits === 128 ? 'aes-128-gcm' : 'aes-256-gcm', content_key, iv);
    value = Buffer.concat([iv, encryption.update(plain), encryption.final(), encryption.getAuthTag()]);
  } else {
    const iv = randomBytes(16);
    const encryption = createCipheriv(`aes-${bits}-cbc`, content_key, iv).setAutoPadding(options.content === undefined);
    value = Buffer.concat([iv, encryption.update(plain), encryption.final()]);
  }
  const newer = options.uri === 'oaep11' || mask !== 'sha1';
  const method = [
    `<xenc:EncryptionMethod Algorithm="${newer ? `${XENC11}rsa-oaep` : `${XENC}rsa-oaep-mgf1p`}">`,
    digest === 'sha1' && !newer ? '' : `<ds:DigestMethod Algorithm="${digest === 'sha1' ? `${DSIG}sha1` : `${XENC}sha256`}"/>`,
    newer ? `<xenc11:MGF xmlns:xenc11="${XENC11}" Algorithm="${XENC11}mgf1${mask}"/>` : '',
    label.length > 0 ? `<xenc:OAEPparams>${label.toString('base64')}</xenc:OAEPparams>` : '',
    '</xenc:EncryptionMethod>',
  ].join('');
  const wrapped = wrap_oaep(key, content_key, digest, mask, label).toString('base64');
  const encrypted_key = `<xenc:EncryptedKey xmlns:xenc="${XENC}" xmlns:ds="${DSIG}">${method}<xenc:CipherData><xenc:CipherValue>${wrapped}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`;
  const uri = cipher.endsWith('gcm') ? `${XENC11}${cipher}` : `${XENC}${cipher}`;
  const inside = options.key_beside === true ? '' : `<ds:KeyInfo xmlns:ds="${DSIG}">${encrypted_key}</ds:KeyInfo>`;
  const data = `<xenc:EncryptedData xmlns:xenc="${XENC}" Type="${XENC}Element"><xenc:EncryptionMethod Algorithm="${uri}"/>${inside}<xenc:CipherData><xenc:CipherValue>${value.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>`;
  return `<${container}>${data}${options.key_beside === true ? encrypted_key : ''}</${container}>`;
}
