/** RFC 2046 section 5.1.1: what a boundary is made of. */
const BOUNDARY = /;\s*boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'()+./:=?-]{1,70}))/i;
const NAME = /^content-disposition:\s*form-data\b[^\r\n]*?;\s*name="([^"\r\n]{0,200})"/im;
const MOST_HEADER_BYTES = 4096;

/**
 * The fields of a `multipart/form-data` body (RFC 7578) in their order, a file as its text; undefined when it is none. Linear in its length:
 * the forms of the portal have a file or two, and everything is in memory already.
 */
export function read_multipart(type: string, body: Buffer): readonly (readonly [string, string])[] | undefined {
  const [, quoted, plain] = BOUNDARY.exec(type) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return undefined;
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // the first delimiter has no line before it
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const fields: [string, string][] = [];
  let at = whole.indexOf(delimiter);
  while (at >= 0) {
    const start = at + delimiter.length;
    if (whole.toString('latin1', start, start + 2) === '--') return fields;
    const end = whole.indexOf(delimiter, start);
    const field = end < 0 ? undefined : read_part(whole.subarray(start, end));
    if (field === undefined) return undefined;
    fields.push(field);
    at = end;
  }
  return undefined;
}

function read_part(part: Buffer): [string, string] | undefined {
  const blank = part.indexOf('\r\n\r\n');
  if (blank < 0 || blank > MOST_HEADER_BYTES || part.toString('latin1', 0, 2) !== '\r\n') return undefined;
  const name = NAME.exec(part.toString('utf8', 0, blank))?.[1];
  return name === undefined ? undefined : [name, part.toString('utf8', blank + 4)];
}
