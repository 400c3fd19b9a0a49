import { type Binding, type Caps, MESSAGE_CAPS, read_document, type XmlDocument, XmlFault } from '../xml/index.ts';
import { decode_base64 } from './base64.ts';
import { Refusal } from './refusal.ts';

/** Base64 characters of a message: the form that carries it is capped at 512 KB. Measured before anything is decoded. */
export const MAX_ENCODED = 512 * 1024;

/** Bytes of a message, decoded. */
export const MAX_MESSAGE = 320 * 1024;

/** Bytes of a logout message: a name, some sessions, a signature. It is verified where it arrives, so it has to be small. */
export const MAX_LOGOUT = 48 * 1024;

/** Decodes UTF-8. Holds: no byte sequence is replaced by another. @throws Refusal */
export function decode_utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('malformed', 'the message is not UTF-8');
  }
}

/** Runs something that reads XML; what the reader refuses, the message is refused for. */
export function reading<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof XmlFault) throw new Refusal('malformed', `the message is not acceptable XML: ${fault.message}`);
    throw fault;
  }
}

/** Bytes to tree. @throws Refusal */
export function read_message(bytes: Uint8Array, caps: Caps = MESSAGE_CAPS, outer?: Binding): XmlDocument {
  const text = decode_utf8(bytes);
  return reading(() => read_document(text, caps, outer));
}

/** The value of the form field to bytes. Holds: byte cap before decoding, strict base64. @throws Refusal */
export function decode_message(encoded: string, most: number = MAX_MESSAGE): Buffer {
  if (encoded.length > MAX_ENCODED) throw new Refusal('malformed', `the message is larger than ${MAX_ENCODED} characters`);
  const bytes = decode_base64(encoded);
  if (bytes === undefined || bytes.length === 0) throw new Refusal('malformed', 'the message is not base64');
  if (bytes.length > most) throw new Refusal('malformed', `the message is larger than ${most} bytes`);
  return bytes;
}

/** The value of the form field to a tree. Holds: fatal UTF-8 and strict XML beyond what `decode_message` holds. @throws Refusal */
export function open_message(encoded: string): XmlDocument {
  return read_message(decode_message(encoded));
}
