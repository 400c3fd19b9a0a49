import { createHash } from 'node:crypto';

/** A logo as somebody gave it, recognized by what it is, not by what it is called. */
export interface Picture {
  readonly content_type: string;
  readonly bytes: Buffer;
  /** Where it is served: named after what is in it, so it never changes. */
  readonly path: string;
}

/** A logo of a sign-in page; more would be felt on a phone. */
const MAX_BYTES = 64 * 1024;
const MAX_SIDE = 4000;
const PREFIX = '/logos/';

export const is_picture_path = (text: string): boolean => /^\/logos\/[\w-]{43}$/.test(text);
export const picture_id = (path: string): string => path.slice(PREFIX.length);

/** Reads a `data:` address (RFC 2397) of a PNG, JPEG, WebP or SVG. Answers what is wrong with it as a sentence. */
export function read_picture(text: string): Picture | string {
  const data = /^data:[\w/+.-]{0,60};base64,([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  if (data === undefined) return 'must be a picture as data:image/png;base64,… (or the address of the one that is there)';
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length > MAX_BYTES) return `must be at most ${MAX_BYTES / 1024} KiB`;
  const content_type = type_of(bytes);
  if (content_type === undefined) return 'must be a PNG, JPEG, WebP or SVG picture';
  if (content_type === 'image/png' && Math.max(bytes.readUInt32BE(16), bytes.readUInt32BE(20)) > MAX_SIDE)
    return `must be at most ${MAX_SIDE} pixels wide and high`;
  return { content_type, bytes, path: PREFIX + createHash('sha256').update(bytes).digest('base64url') };
}

function type_of(bytes: Buffer): string | undefined {
  const begins = (hex: string, at = 0): boolean => bytes.subarray(at, at + hex.length / 2).equals(Buffer.from(hex, 'hex'));
  if (begins('89504e470d0a1a0a') && bytes.length > 24) return 'image/png';
  if (begins('ffd8ff')) return 'image/jpeg';
  if (begins('52494646') && begins('57454250', 8)) return 'image/webp';
  return is_svg(bytes) ? 'image/svg+xml' : undefined;
}

/** It is served so that nothing in it can run; what has no place in a logo is refused all the same. */
function is_svg(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  return /^<svg[\s>]/.test(without_prolog(text)) && !/<!DOCTYPE|<!ENTITY|<script|<foreignObject|<iframe/i.test(text);
}

/** From the first element on. Comment by comment: an expression for all of them at once would try every way to part them. */
function without_prolog(text: string): string {
  let rest = text.trimStart();
  if (rest.startsWith('<?xml')) rest = rest.slice(rest.indexOf('?>') + 2).trimStart();
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->', 4);
    if (end < 0) return '';
    rest = rest.slice(end + 3).trimStart();
  }
  return rest;
}
