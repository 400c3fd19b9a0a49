import { Ber, type BerReader, ControlParser, type PagedResultsControl } from 'ldapts';

/** A filter as it was sent. Values are bytes: what a test asks is whether they are what was typed. */
export type AskedFilter =
  | { readonly kind: 'and' | 'or'; readonly of: readonly AskedFilter[] }
  | { readonly kind: 'not'; readonly of: AskedFilter }
  | { readonly kind: 'present'; readonly attribute: string }
  | { readonly kind: 'equal' | 'at_least' | 'at_most' | 'approximately'; readonly attribute: string; readonly value: Buffer }
  | {
      readonly kind: 'substrings';
      readonly attribute: string;
      readonly initial: Buffer;
      readonly any: readonly Buffer[];
      readonly final: Buffer;
    }
  | { readonly kind: 'extensible'; readonly rule: string; readonly attribute: string; readonly value: Buffer };

export interface AskedSearch {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  readonly size_limit: number;
  readonly filter: AskedFilter;
  /** In lower case. */
  readonly attributes: readonly string[];
  readonly paging: PagedResultsControl['value'];
}

const MOST_DEPTH = 50;
const COMPARING: Readonly<Record<number, 'equal' | 'at_least' | 'at_most' | 'approximately'>> = {
  0xa3: 'equal',
  0xa5: 'at_least',
  0xa6: 'at_most',
  0xa8: 'approximately',
};

/** Reads a search request (RFC 4511 section 4.5.1). ldapts' own filter classes misread "present", and make text of bytes. @throws Error */
export function read_search(reader: BerReader): AskedSearch {
  const base = reader.readString() ?? '';
  const scope = (['base', 'one', 'sub'] as const)[reader.readEnumeration() ?? 2] ?? 'sub';
  reader.readEnumeration();
  const size_limit = reader.readInt() ?? 0;
  reader.readInt();
  reader.readBoolean();
  const filter = read_filter(reader, 0);
  const attributes: string[] = [];
  reader.readSequence();
  const end = reader.offset + reader.length;
  while (reader.offset < end) attributes.push(text(reader).toLowerCase());
  return { base, scope, size_limit, filter, attributes, paging: read_paging(reader) };
}

function read_paging(reader: BerReader): AskedSearch['paging'] {
  if (reader.peek() !== 0xa0) return undefined;
  reader.readSequence();
  const end = reader.offset + reader.length;
  let paging: AskedSearch['paging'];
  while (reader.offset < end) {
    const before = reader.offset;
    const control = ControlParser.parse(reader, []);
    if (control !== null && 'value' in control) paging = control.value as AskedSearch['paging']; // paging is all that is sent with a search
    if (reader.offset === before) throw new Error('a control cannot be read');
  }
  return paging;
}

function read_filter(reader: BerReader, depth: number): AskedFilter {
  if (depth > MOST_DEPTH) throw new Error('the filter is too deep');
  const tag = reader.readSequence() ?? 0;
  const end = reader.offset + reader.length;
  if (tag === 0x87) {
    const attribute = reader.buffer.toString('utf8', reader.offset, end);
    reader.offset = end;
    return { kind: 'present', attribute };
  }
  if (tag === 0xa0 || tag === 0xa1) {
    const of: AskedFilter[] = [];
    while (reader.offset < end) of.push(read_filter(reader, depth + 1));
    return { kind: tag === 0xa0 ? 'and' : 'or', of };
  }
  if (tag === 0xa2) return { kind: 'not', of: read_filter(reader, depth + 1) };
  if (tag === 0xa9) {
    const parts: Record<number, Buffer> = {};
    while (reader.offset < end) parts[reader.peek() ?? 0] = bytes(reader);
    const part = (at: number): Buffer => parts[at] ?? Buffer.alloc(0);
    return { kind: 'extensible', rule: part(0x81).toString(), attribute: part(0x82).toString(), value: part(0x83) };
  }
  const attribute = text(reader);
  if (tag === 0xa4) {
    reader.readSequence();
    const parts: { tag: number; value: Buffer }[] = [];
    while (reader.offset < end) parts.push({ tag: reader.peek() ?? 0, value: bytes(reader) });
    const all = (wanted: number): Buffer[] => parts.filter((part) => part.tag === wanted).map(({ value }) => value);
    return {
      kind: 'substrings',
      attribute,
      initial: all(0x80)[0] ?? Buffer.alloc(0),
      any: all(0x81),
      final: all(0x82)[0] ?? Buffer.alloc(0),
    };
  }
  const kind = COMPARING[tag];
  if (kind === undefined) throw new Error('there is no such filter');
  return { kind, attribute, value: bytes(reader) };
}

const text = (reader: BerReader): string => bytes(reader).toString('utf8');

function bytes(reader: BerReader): Buffer {
  const value = reader.readString(reader.peek() ?? Ber.OctetString, true);
  if (value === null) throw new Error('a value is missing');
  return Buffer.from(value);
}
