import { domainToASCII } from 'node:url';

/** An e-mail address that was read strictly. */
export interface Email {
  /** As given, but an international domain in A-labels. */
  readonly address: string;
  /** Folded for comparison: ASCII letters only, so that no look-alike folds into somebody else's address. */
  readonly key: string;
  /** Lower case A-labels. */
  readonly domain: string;
}

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const ATEXT = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** A host name of at least two labels in lower case A-labels (RFC 5890, UTS #46); undefined when the text is none. */
export function parse_domain(text: string): string | undefined {
  // what a URL parser would decode or cut off must not become part of a name
  if (text.length === 0 || text.length > 253 || /[\p{Cc}\s%/\\?#@:[\]<>^|]/u.test(text)) return undefined;
  const ascii = domainToASCII(text);
  const labels = ascii.split('.');
  const top = labels.at(-1) ?? '';
  if (ascii.length > 253 || labels.length < 2 || /^\d/.test(top) || !labels.every((label) => LABEL.test(label))) return undefined;
  return ascii;
}

/** Dot-atom addresses of RFC 5321 and 6531, at most 320 characters, no comments, quotes or display names; undefined for anything else. */
export function parse_email(text: string): Email | undefined {
  if (text.length > 320) return undefined;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  if (at < 1 || local.length > 64 || !ATEXT.test(local)) return undefined;
  const given = text.slice(at + 1);
  const domain = parse_domain(given);
  if (domain === undefined) return undefined;
  const fold = local.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return { address: given.toLowerCase() === domain ? text : `${local}@${domain}`, key: `${fold}@${domain}`, domain };
}
