import { createDecipheriv, type DecipherGCM, type KeyObject, randomBytes } from 'node:crypto';
import { attribute, children_named, type Element, element_children, only_child, optional_child, text_of } from '../xml/index.ts';
import { decode_base64 } from './base64.ts';
import { type OaepHash, type Oaep, unwrap_oaep } from './oaep.ts';
import { Refusal } from './refusal.ts';
import { ENCRYPTION, ENCRYPTION_11, SIGNATURE } from './vocabulary.ts';

interface Content {
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'aes-128-cbc' | 'aes-256-cbc';
  readonly key_bytes: 16 | 32;
  readonly iv_bytes: 12 | 16;
}

const CONTENTS: ReadonlyMap<string, Content> = new Map<string, Content>([
  [`${ENCRYPTION_11}aes128-gcm`, { cipher: 'aes-128-gcm', key_bytes: 16, iv_bytes: 12 }],
  [`${ENCRYPTION_11}aes256-gcm`, { cipher: 'aes-256-gcm', key_bytes: 32, iv_bytes: 12 }],
  [`${ENCRYPTION}aes128-cbc`, { cipher: 'aes-128-cbc', key_bytes: 16, iv_bytes: 16 }],
  [`${ENCRYPTION}aes256-cbc`, { cipher: 'aes-256-cbc', key_bytes: 32, iv_bytes: 16 }],
]);

const DIGESTS: ReadonlyMap<string, OaepHash> = new Map<string, OaepHash>([
  [`${SIGNATURE}sha1`, 'sha1'],
  [`${ENCRYPTION}sha256`, 'sha256'],
]);

const MASKS: ReadonlyMap<string, OaepHash> = new Map<string, OaepHash>([
  [`${ENCRYPTION_11}mgf1sha1`, 'sha1'],
  [`${ENCRYPTION_11}mgf1sha256`, 'sha256'],
]);

/** Encrypted keys that are looked at, and private key operations that one encrypted element may cost us: those are the dearest thing there is. */
const MAX_ENCRYPTED_KEYS = 4;
const MAX_OPERATIONS = 8;

function not_allowed(what: string): never {
  throw new Refusal('untrusted', `the encryption names ${what} that is not allowed`, 'Encrypt with AES-GCM and RSA-OAEP.');
}

/** Why it failed is not said, here or elsewhere: a wrong key, wrong padding and a changed ciphertext must look alike (XML Encryption 1.1 section 6). */
export function undecryptable(): never {
  throw new Refusal(
    'untrusted',
    'what is encrypted cannot be decrypted with the keys of this connection',
    'Encrypt for the certificate that our metadata of this connection shows now.',
  );
}

/** Holds: bytes come from a CipherValue, never from a reference elsewhere. */
function cipher_value(element: Element): Buffer {
  const data = only_child(element, ENCRYPTION, 'CipherData');
  const bytes = element_children(data).length === 1 ? decode_base64(text_of(only_child(data, ENCRYPTION, 'CipherValue'))) : undefined;
  if (bytes === undefined) throw new Refusal('malformed', 'an encrypted value that is not base64 in one CipherValue');
  return bytes;
}

function key_transport(encrypted_key: Element): Oaep {
  const method = only_child(encrypted_key, ENCRYPTION, 'EncryptionMethod');
  const uri = attribute(method, 'Algorithm');
  if (uri !== `${ENCRYPTION}rsa-oaep-mgf1p` && uri !== `${ENCRYPTION_11}rsa-oaep`) not_allowed('a key transport');
  const digest_uri = optional_child(method, SIGNATURE, 'DigestMethod');
  const mask_uri = optional_child(method, ENCRYPTION_11, 'MGF');
  const label = optional_child(method, ENCRYPTION, 'OAEPparams');
  const digest = digest_uri === undefined ? 'sha1' : DIGESTS.get(attribute(digest_uri, 'Algorithm') ?? '');
  const mask = mask_uri === undefined ? 'sha1' : MASKS.get(attribute(mask_uri, 'Algorithm') ?? '');
  if (digest === undefined) not_allowed('a digest');
  // XML Encryption 1.1 section 5.5.2: the older name has MGF1 with SHA-1, always.
  if (mask === undefined || (mask !== 'sha1' && uri === `${ENCRYPTION}rsa-oaep-mgf1p`)) not_allowed('a mask generation function');
  const known = [digest_uri, mask_uri, label].filter((child) => child !== undefined).length;
  if (element_children(method).length !== known) not_allowed('a parameter');
  const label_bytes = label === undefined ? Buffer.alloc(0) : decode_base64(text_of(label));
  if (label_bytes === undefined) not_allowed('an OAEP parameter');
  return { digest, mask, label: label_bytes };
}

/** The encrypted keys meant for us, beside the data or in its KeyInfo; references between them are not followed. */
function encrypted_keys(container: Element, data: Element, recipient: string): Element[] {
  const info = optional_child(data, SIGNATURE, 'KeyInfo');
  const all = [
    ...(info === undefined ? [] : children_named(info, ENCRYPTION, 'EncryptedKey')),
    ...children_named(container, ENCRYPTION, 'EncryptedKey'),
  ];
  const ours = all.filter((key) => attribute(key, 'Recipient') === recipient);
  const found = ours.length > 0 ? ours : all;
  if (found.length === 0 || found.length > MAX_ENCRYPTED_KEYS)
    throw new Refusal('malformed', `${found.length} encrypted keys, where 1 to ${MAX_ENCRYPTED_KEYS} are read`);
  return found;
}

/** The content key; a random one when none of ours fits, so that what follows is the same work. */
function content_key(wrapped: readonly Element[], keys: readonly KeyObject[], length: number): { bytes: Buffer; ok: boolean } {
  const tried = keys.slice(0, Math.floor(MAX_OPERATIONS / wrapped.length));
  for (const element of wrapped) {
    const oaep = key_transport(element);
    const value = cipher_value(element);
    for (const key of tried) {
      const found = unwrap_oaep(key, value, oaep, length);
      if (found?.ok === true) return found;
    }
  }
  return { bytes: randomBytes(length), ok: false };
}

function decrypt_gcm(content: Content, key: Buffer, value: Buffer): { bytes: Buffer; ok: boolean } {
  // The cast: the cipher is one of the GCM names here, which the overloads of createDecipheriv cannot see through a table.
  const decipher = createDecipheriv(content.cipher, key, value.subarray(0, 12), { authTagLength: 16 } as object) as DecipherGCM;
  decipher.setAuthTag(value.subarray(value.length - 16));
  const bytes = decipher.update(value.subarray(12, value.length - 16));
  try {
    decipher.final();
    return { bytes, ok: true };
  } catch {
    return { bytes, ok: false };
  }
}

/** XML Encryption section 5.2: the last byte counts the padding. A wrong count is remembered and the bytes are read all the same. */
function decrypt_cbc(content: Content, key: Buffer, value: Buffer): { bytes: Buffer; ok: boolean } {
  const decipher = createDecipheriv(content.cipher, key, value.subarray(0, 16)).setAutoPadding(false);
  const bytes = Buffer.concat([decipher.update(value.subarray(16)), decipher.final()]);
  const count = bytes[bytes.length - 1] ?? 0;
  const ok = count >= 1 && count <= 16;
  return { bytes: bytes.subarray(0, bytes.length - (ok ? count : 0)), ok };
}

export interface Decrypted {
  readonly bytes: Buffer;
  /** False: nothing in `bytes` may be used, but they are read first, to take the same time. */
  readonly ok: boolean;
  readonly algorithm: string;
}

/** Decrypts the EncryptedData of an EncryptedAssertion or EncryptedID. Encryption proves nobody's word: what comes out still needs a signature. @throws Refusal, XmlFault */
export function decrypt(container: Element, keys: readonly KeyObject[], recipient: string): Decrypted {
  const data = only_child(container, ENCRYPTION, 'EncryptedData');
  const others = element_children(container).filter((child) => child !== data);
  if (others.some(({ local, namespace }) => local !== 'EncryptedKey' || namespace !== ENCRYPTION)) {
    throw new Refusal('malformed', `${container.local} holds an element that does not belong there`);
  }
  const type = attribute(data, 'Type');
  if (type !== undefined && type !== `${ENCRYPTION}Element`) not_allowed('a type of content');
  const method = only_child(data, ENCRYPTION, 'EncryptionMethod');
  const algorithm = attribute(method, 'Algorithm') ?? '';
  const content = CONTENTS.get(algorithm);
  if (content === undefined || element_children(method).length > 0) not_allowed('a cipher');
  const value = cipher_value(data);
  const gcm = content.iv_bytes === 12;
  if (gcm ? value.length < 12 + 16 : value.length < 32 || value.length % 16 !== 0) undecryptable();
  const key = content_key(encrypted_keys(container, data, recipient), keys, content.key_bytes);
  const plain = gcm ? decrypt_gcm(content, key.bytes, value) : decrypt_cbc(content, key.bytes, value);
  return { bytes: plain.bytes, ok: key.ok && plain.ok, algorithm };
}
