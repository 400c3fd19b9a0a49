import { BrokenMessage, read_header, SEQUENCE } from './ber.ts';

/** Bytes of one message of a directory. Entries with photos and certificates fit; a bomb does not. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Cuts the stream into whole messages. A length that is too large is refused when it is announced, not once it has been buffered. */
export function make_frame_reader(): { push(chunk: Buffer): Buffer[]; readonly pending: number } {
  let chunks: Buffer[] = [];
  let size = 0;
  return {
    /** @throws BrokenMessage */
    push(chunk) {
      chunks.push(chunk);
      size += chunk.length;
      const frames: Buffer[] = [];
      for (;;) {
        // the header is at most six bytes
        if ((chunks[0]?.length ?? 0) < Math.min(size, 6)) chunks = [Buffer.concat(chunks)];
        const wanted = message_length(chunks[0] ?? Buffer.alloc(0));
        if (wanted === undefined || size < wanted) return frames;
        const whole = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
        frames.push(whole.subarray(0, wanted));
        chunks = whole.length > wanted ? [whole.subarray(wanted)] : [];
        size -= wanted;
      }
    },
    get pending() {
      return size;
    },
  };
}

/** How long the message is, header included; undefined until that can be told. @throws BrokenMessage */
function message_length(start: Buffer): number | undefined {
  if (start.length === 0) return undefined;
  if (start[0] !== SEQUENCE) throw new BrokenMessage('what came is no LDAP message');
  const header = read_header(start, 0);
  if (header === undefined) return undefined;
  const total = header.content + header.length;
  if (total > MOST_BYTES) throw new BrokenMessage(`a message of ${total} bytes was announced, at most ${MOST_BYTES} are read`);
  return total;
}
