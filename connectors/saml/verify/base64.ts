/** RFC 4648 section 4: the alphabet, whole quartets, padding only at the end. */
const STRICT = /^[A-Za-z0-9+/]*={0,2}$/;
const SPACE = /[ \t\r\n]/;

/** Strict base64 with line breaks allowed: undefined for any other character, missing padding, or bits left over in the last quartet. */
export function decode_base64(text: string): Buffer | undefined {
  const packed = SPACE.test(text) ? text.replace(/[ \t\r\n]+/g, '') : text;
  if (packed.length % 4 !== 0 || !STRICT.test(packed)) return undefined;
  const bytes = Buffer.from(packed, 'base64');
  const tail = packed.slice(-4);
  const last = bytes.subarray(bytes.length - (tail.endsWith('==') ? 1 : tail.endsWith('=') ? 2 : 3));
  return last.toString('base64') === tail || packed === '' ? bytes : undefined;
}
