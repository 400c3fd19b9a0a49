import {
  BOOLEAN,
  BrokenMessage,
  content_of,
  type Element,
  elements_of,
  ENUMERATED,
  INTEGER,
  number_of,
  OCTETS,
  SEQUENCE,
  SET,
} from './ber.ts';
import { attribute_of, type Entry } from './entry.ts';
import type { Result } from './failure.ts';

/** What a directory says, one message. */
export type Answer =
  | { readonly id: number; readonly kind: 'entry'; readonly entry: Entry }
  | { readonly id: number; readonly kind: 'reference'; readonly count: number }
  | { readonly id: number; readonly kind: 'bind' | 'search' | 'extended'; readonly result: Result; readonly controls: Controls };

/** Values of the controls that came along, by their OID. */
export type Controls = ReadonlyMap<string, Buffer>;

const ENTRY = 0x64;
const REFERENCE = 0x73;
const RESULTS: Readonly<Record<number, 'bind' | 'search' | 'extended'>> = { 0x61: 'bind', 0x65: 'search', 0x78: 'extended' };
const CONTROLS = 0xa0;

/**
 * Reads a message (RFC 4511 section 4.1.1). Everything must be where it belongs and fit exactly: ldapts' own readers skip what they do not expect,
 * and look for ever for the end of a list whose length lies. @throws BrokenMessage
 */
export function decode(frame: Buffer): Answer {
  const [message, ...after] = elements_of(frame);
  const [id_element, operation, controls, ...more] = elements_of(content_of(message, SEQUENCE));
  if (after.length > 0 || operation === undefined || more.length > 0) throw new BrokenMessage('a message of another shape');
  const id = number_of(id_element, INTEGER);
  if (controls !== undefined && controls.tag !== CONTROLS) throw new BrokenMessage('a message of another shape');
  const parts = elements_of(operation.content);
  if (operation.tag === ENTRY) return { id, kind: 'entry', entry: read_entry(parts) };
  if (operation.tag === REFERENCE) return { id, kind: 'reference', count: parts.length };
  const kind = RESULTS[operation.tag];
  if (kind === undefined) throw new BrokenMessage(`an answer of a kind that nobody asked for (0x${operation.tag.toString(16)})`);
  content_of(parts[1], OCTETS);
  const result = { code: number_of(parts[0], ENUMERATED), message: content_of(parts[2], OCTETS).toString('utf8') };
  return { id, kind, result, controls: read_controls(controls) };
}

function read_entry([name, list, ...more]: readonly Element[]): Entry {
  if (more.length > 0) throw new BrokenMessage('an entry of another shape');
  const attributes = elements_of(content_of(list, SEQUENCE)).map((attribute) => {
    const [type, values] = elements_of(content_of(attribute, SEQUENCE));
    const all = elements_of(content_of(values, SET)).map((value) => content_of(value, OCTETS));
    return attribute_of(content_of(type, OCTETS).toString('utf8'), all);
  });
  return { dn: content_of(name, OCTETS).toString('utf8'), attributes };
}

function read_controls(controls: Element | undefined): Controls {
  const read = new Map<string, Buffer>();
  for (const control of controls === undefined ? [] : elements_of(controls.content)) {
    const [type, ...rest] = elements_of(content_of(control, SEQUENCE));
    const value = rest[0]?.tag === BOOLEAN ? rest[1] : rest[0];
    read.set(content_of(type, OCTETS).toString('utf8'), value === undefined ? Buffer.alloc(0) : content_of(value, OCTETS));
  }
  return read;
}

/** Where the next page begins (RFC 2696 section 2); undefined on the last. @throws BrokenMessage */
export function cookie_of(controls: Controls): Buffer | undefined {
  const value = controls.get('1.2.840.113556.1.4.319');
  if (value === undefined) return undefined;
  const [sequence] = elements_of(value);
  const cookie = content_of(elements_of(content_of(sequence, SEQUENCE))[1], OCTETS);
  return cookie.length === 0 ? undefined : Buffer.from(cookie);
}

export interface Policy {
  /** draft-behera-ldap-password-policy section 6.2: 0 expired, 1 locked, 2 change after reset, … */
  readonly error: number | undefined;
  /** How many sign-ins with the expired password are left. */
  readonly grace: number | undefined;
  /** Seconds until the password expires. */
  readonly expires_in: number | undefined;
}

/** What the password policy of the directory says with a bind. One that cannot be read is not taken for none. @throws BrokenMessage */
export function policy_of(controls: Controls): Policy | undefined {
  const value = controls.get('1.3.6.1.4.1.42.2.27.8.5.1');
  if (value === undefined) return undefined;
  // some servers send the control without a value where they have nothing to say
  if (value.length === 0) return { error: undefined, grace: undefined, expires_in: undefined };
  const [sequence, ...after] = elements_of(value);
  const parts = elements_of(content_of(sequence, SEQUENCE));
  const warning = parts.find(({ tag }) => tag === 0xa0);
  const [said, ...others] = warning === undefined ? [] : elements_of(warning.content);
  const error = parts.find(({ tag }) => tag === 0x81);
  const odd =
    parts.some((part) => part !== warning && part !== error) || (warning !== undefined && said?.tag !== 0x80 && said?.tag !== 0x81);
  if (odd || after.length > 0 || others.length > 0) throw new BrokenMessage('a password policy of another shape');
  return {
    error: error && number_of(error, 0x81),
    grace: said?.tag === 0x81 ? number_of(said, 0x81) : undefined,
    expires_in: said?.tag === 0x80 ? number_of(said, 0x80) : undefined,
  };
}
