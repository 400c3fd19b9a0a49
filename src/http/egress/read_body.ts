import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

export class TooLarge extends Error {}
export class NotReadable extends Error {}

/** What we can read; sent as accept-encoding. */
export const ACCEPTED_CODINGS = 'gzip, deflate, br';

/** The whole body, decoded. Counted twice, as it comes and as it unfolds: neither an endless one nor a bomb is held. @throws TooLarge | NotReadable */
export async function read_body(body: Readable, coding: string, max_bytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of at_most(max_bytes, source)) chunks.push(chunk);
  };
  const decoder = decoder_of(coding);
  if (decoder === undefined) await pipeline(body, collect, { signal });
  else await pipeline(body, (source: AsyncIterable<Buffer>) => at_most(max_bytes, source), decoder, collect, { signal });
  return Buffer.concat(chunks);
}

async function* at_most(max_bytes: number, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > max_bytes) throw new TooLarge();
    yield chunk;
  }
}

function decoder_of(coding: string): Transform | undefined {
  switch (coding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new NotReadable();
  }
}
