/** Base64 characters up to which a message may be verified where it arrives. */
export const SMALL = 64 * 1024;

/** Tags, and equals signs of attributes: many in little room cost more than their bytes. */
const MOST_TAGS = 3000;
const MOST_ATTRIBUTES = 3000;

/** Two tags for one encrypted key, and one word of a reference to it. Each further key may cost private key operations. */
const MOST_MENTIONS = 3;

/** Whether something occurs more often in these bytes; stops counting there. */
function is_more(bytes: Buffer, what: string, most: number): boolean {
  let count = 0;
  for (let at = bytes.indexOf(what); at >= 0; at = bytes.indexOf(what, at + what.length)) if (++count > most) return true;
  return false;
}

/**
 * Whether a message that is small may still cost much to verify. Counts bytes and understands nothing: a name cannot be written in another way in XML, and bytes
 * that are no base64 or no UTF-8 are refused before they cost anything.
 */
export function is_dear(message_base64: string): boolean {
  const bytes = Buffer.from(message_base64, 'base64');
  return is_more(bytes, '<', MOST_TAGS) || is_more(bytes, '=', MOST_ATTRIBUTES) || is_more(bytes, 'EncryptedKey', MOST_MENTIONS);
}
