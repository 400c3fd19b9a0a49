import { constants, hash, type KeyObject, privateDecrypt } from 'node:crypto';

export type OaepHash = 'sha1' | 'sha256';

export interface Oaep {
  readonly digest: OaepHash;
  /** The hash of MGF1, which `node:crypto` cannot set apart from the digest: hence the decoding here. */
  readonly mask: OaepHash;
  readonly label: Uint8Array;
}

/** MGF1 (RFC 8017 appendix B.2.1). */
function mask_of(seed: Buffer, length: number, algorithm: OaepHash): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0, got = 0; got < length; counter++) {
    const suffix = Buffer.alloc(4);
    suffix.writeUInt32BE(counter);
    const block = hash(algorithm, Buffer.concat([seed, suffix]), 'buffer');
    blocks.push(block);
    got += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(target: Buffer, mask: Buffer): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) ^ (mask[i] ?? 0);
}

/**
 * RSA-OAEP decryption (RFC 8017 section 7.1.2). Answers `length` bytes and whether they are a key: every way to fail takes the same steps,
 * without a branch on the padding, so that a caller who goes on with the bytes in any case tells nobody why. Undefined: not a ciphertext of this key's size.
 */
export function unwrap_oaep(
  key: KeyObject,
  wrapped: Uint8Array,
  { digest, mask, label }: Oaep,
  length: number,
): { bytes: Buffer; ok: boolean } | undefined {
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  if (key.asymmetricKeyType !== 'rsa' || wrapped.length !== size) return undefined;
  let encoded: Buffer;
  try {
    encoded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, wrapped);
  } catch {
    return undefined; // the number is not below the modulus, which everyone who knows the public key can see
  }
  const label_hash = hash(digest, label, 'buffer');
  const seed = Buffer.from(encoded.subarray(1, 1 + label_hash.length));
  const block = Buffer.from(encoded.subarray(1 + label_hash.length));
  xor(seed, mask_of(block, seed.length, mask));
  xor(block, mask_of(seed, block.length, mask));
  // 0x00 | label hash | zeros | 0x01 | the key, whose length is known
  let wrong = encoded[0] ?? 1;
  const one = block.length - length - 1;
  if (one < label_hash.length) return undefined;
  for (let i = 0; i < one; i++) wrong |= (block[i] ?? 0) ^ (i < label_hash.length ? (label_hash[i] ?? 0) : 0);
  wrong |= (block[one] ?? 0) ^ 1;
  return { bytes: block.subarray(one + 1), ok: wrong === 0 };
}
