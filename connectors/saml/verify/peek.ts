import { attribute, read_root_tag } from '../xml/index.ts';
import { decode_base64 } from './base64.ts';
import { PROTOCOL } from './vocabulary.ts';

/** Base64 characters that are looked at: whole quartets, and far more than a start tag needs. */
const FIRST = 16 * 1024;

/** The characters that these bytes begin with; what the cut left of the last one is left out. */
const beginning = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });

/**
 * The request that a response claims to answer, believed by nobody: for routing only. Reads the start tag of the root and nothing behind it, so that it costs
 * the same however large the message is. Undefined when there is no such tag. Never throws.
 */
export function peek_in_response_to(message_base64: string): string | undefined {
  try {
    // a line break may have moved the quartets: those that are not whole are cut off
    const packed = message_base64.slice(0, FIRST).replace(/[ \t\r\n]+/g, '');
    const bytes = decode_base64(message_base64.length <= FIRST ? packed : packed.slice(0, packed.length - (packed.length % 4)));
    if (bytes === undefined) return undefined;
    const root = read_root_tag(beginning(bytes));
    return root.local === 'Response' && root.namespace === PROTOCOL ? attribute(root, 'InResponseTo') : undefined;
  } catch {
    return undefined;
  }
}
