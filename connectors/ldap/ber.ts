/** What arrived cannot be a message: the connection is not to be used further. */
export class BrokenMessage extends Error {}

/** One element of BER as LDAP restricts it (RFC 4511 section 5.1): a tag of one byte, a definite length. */
export interface Element {
  readonly tag: number;
  readonly content: Buffer;
}

export const BOOLEAN = 0x01;
export const INTEGER = 0x02;
export const OCTETS = 0x04;
export const ENUMERATED = 0x0a;
export const SEQUENCE = 0x30;
export const SET = 0x31;

/** Where the content of the element at `at` begins and how long it is; undefined while its header is not whole. @throws BrokenMessage */
export function read_header(bytes: Buffer, at: number): { readonly content: number; readonly length: number } | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag !== undefined && (tag & 0x1f) === 0x1f) throw new BrokenMessage('a tag of several bytes');
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { content: at + 2, length: first };
  const count = first - 0x80;
  if (count < 1 || count > 4) throw new BrokenMessage('a length that is indefinite or too long');
  if (at + 2 + count > bytes.length) return undefined;
  return { content: at + 2 + count, length: bytes.readUIntBE(at + 2, count) };
}

/** The elements that fill these bytes exactly. @throws BrokenMessage when they do not */
export function elements_of(bytes: Buffer): Element[] {
  const elements: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const header = read_header(bytes, at);
    const end = header === undefined ? Infinity : header.content + header.length;
    if (header === undefined || end > bytes.length) throw new BrokenMessage('lengths that do not fit each other');
    elements.push({ tag: bytes[at] ?? 0, content: bytes.subarray(header.content, end) });
    at = end;
  }
  return elements;
}

/** The content of an element that must be there with this tag. @throws BrokenMessage */
export function content_of(element: Element | undefined, tag: number): Buffer {
  if (element?.tag !== tag) throw new BrokenMessage(`0x${tag.toString(16)} is missing`);
  return element.content;
}

/** A number of at most four bytes. @throws BrokenMessage */
export function number_of(element: Element | undefined, tag: number): number {
  const content = content_of(element, tag);
  if (content.length < 1 || content.length > 4) throw new BrokenMessage('a number of no or too many bytes');
  return content.readIntBE(0, content.length);
}
