import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, base64url: for tokens, handles and cookies. */
export function random_token(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}

/** SHA-256, base64url: how a random token is stored and looked up. Not for passwords. */
export function hash_token(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Compares two texts without telling where they differ. */
export function same_secret(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}
