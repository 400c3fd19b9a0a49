/** Bytes of one message of a directory. Entries with photos and certificates fit; a bomb does not. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_DEPTH = 12;

/** What arrived cannot be a message: the connection is not to be used further. */
export class BrokenFrame extends Error {}

/**
 * Cuts the stream into whole messages. A length that is too large is refused when it is announced, not once it has been buffered.
 * Only messages whose elements nest exactly are handed on: ldapts' readers never come back from a length that lies.
 */
export function make_frame_reader(): { push(chunk: Buffer): Buffer[]; readonly pending: number } {
  let chunks: Buffer[] = [];
  let size = 0;
  return {
    push(chunk) {
      chunks.push(chunk);
      size += chunk.length;
      const frames: Buffer[] = [];
      for (;;) {
        // the header is at most six bytes
        if (size > 0 && (chunks[0]?.length ?? 0) < Math.min(size, 6)) chunks = [Buffer.concat(chunks)];
        const wanted = message_length(chunks[0] ?? Buffer.alloc(0));
        if (wanted === undefined || size < wanted) return frames;
        const whole = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
        const frame = whole.subarray(0, wanted);
        if (!is_well_formed(frame, 0, frame.length, 0)) throw new BrokenFrame('the lengths in a message do not fit each other');
        frames.push(frame);
        chunks = whole.length > wanted ? [whole.subarray(wanted)] : [];
        size -= wanted;
      }
    },
    get pending() {
      return size;
    },
  };
}

/** How long the message is, header included; undefined until that can be told. @throws BrokenFrame */
function message_length(start: Buffer): number | undefined {
  const [tag, first] = start;
  if (tag === undefined) return undefined;
  if (tag !== 0x30) throw new BrokenFrame('this is no LDAP message');
  if (first === undefined) return undefined;
  const header = read_header(start, 0, start.length);
  if (header === 'more') return undefined;
  if (header === undefined) throw new BrokenFrame('the length of a message cannot be read');
  const total = header.content + header.length;
  if (total > MOST_BYTES) throw new BrokenFrame(`a message of ${total} bytes was announced, at most ${MOST_BYTES} are read`);
  return total;
}

/** Where the content of the element at `at` begins and how long it is. */
function read_header(bytes: Buffer, at: number, end: number): { content: number; length: number } | 'more' | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || at + 2 > end) return 'more';
  // LDAP has no tags of several bytes, and no indefinite lengths (RFC 4511 section 5.1)
  if ((tag & 0x1f) === 0x1f) return undefined;
  if (first < 0x80) return { content: at + 2, length: first };
  const count = first - 0x80;
  if (count < 1 || count > 4) return undefined;
  if (at + 2 + count > end) return 'more';
  return { content: at + 2 + count, length: bytes.readUIntBE(at + 2, count) };
}

/** Whether the elements between `at` and `end` fill it exactly, at every level. */
function is_well_formed(bytes: Buffer, at: number, end: number, depth: number): boolean {
  if (depth > MOST_DEPTH) return false;
  let here = at;
  while (here < end) {
    const header = read_header(bytes, here, end);
    if (header === undefined || header === 'more') return false;
    const next = header.content + header.length;
    if (next > end) return false;
    const constructed = ((bytes[here] ?? 0) & 0x20) !== 0;
    if (constructed && !is_well_formed(bytes, header.content, next, depth + 1)) return false;
    here = next;
  }
  return here === end;
}
