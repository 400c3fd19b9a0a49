import { randomBytes } from 'node:crypto';

/** Without I, L, O and U: nothing that is misheard, misread or makes a word (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What a person reads to the help desk: twelve characters in three groups, 60 random bits. */
export function new_reference(): string {
  // 256 is a multiple of 32: no letter is more likely
  const letters = Array.from(randomBytes(12), (byte) => ALPHABET[byte % 32] ?? '0').join('');
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)].join('-');
}

/** A reference as somebody typed it, as it was given out: case, spaces and hyphens do not matter, nor what looks alike. */
export function read_reference(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)].join('-');
}
