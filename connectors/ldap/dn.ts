/** One level of a name: what `cn=A+uid=b` says, attribute types in lower case, values unescaped. In a fixed order. */
export type Rdn = readonly { readonly type: string; readonly value: string }[];

const TYPE = /^(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*)$/;
const NEEDS_NO_HEX = /[ "#+,;<=>\\]/;

/** Reads a distinguished name (RFC 4514), the entry's own level first; undefined when it is none. Servers escape differently: names are compared parsed, never as text. */
export function parse_dn(text: string): readonly Rdn[] | undefined {
  if (text.trim() === '') return [];
  const levels: Rdn[] = [];
  let parts: { type: string; value: string }[] = [];
  let at = 0;
  for (;;) {
    const equals = text.indexOf('=', at);
    if (equals < 0) return undefined;
    const type = text
      .slice(at, equals)
      .trim()
      .toLowerCase()
      .replace(/^oid\./, '');
    if (!TYPE.test(type)) return undefined;
    const read = read_value(text, equals + 1);
    if (read === undefined) return undefined;
    parts.push({ type, value: read.value });
    const separator = text[read.end];
    at = read.end + 1;
    if (separator === '+') continue;
    levels.push(parts.sort((a, b) => (a.type < b.type ? -1 : 1)));
    parts = [];
    if (separator === undefined) return levels;
  }
}

/** A value from `start` to the next separator, or undefined for a broken escape. */
function read_value(text: string, start: number): { value: string; end: number } | undefined {
  const bytes: Buffer[] = [];
  let at = start;
  while (text[at] === ' ') at++;
  // spaces at the end count only when escaped
  let kept = 0;
  const quoted = text[at] === '"';
  if (quoted) at++;
  for (;;) {
    const character = text[at];
    if (character === undefined) {
      if (quoted) return undefined;
      break;
    }
    if (quoted && character === '"') {
      kept = bytes.length;
      at++;
      while (text[at] === ' ') at++;
      if (text[at] !== undefined && !/[,;+]/.test(text[at] ?? '')) return undefined;
      break;
    }
    if (!quoted && /[,;+]/.test(character)) break;
    if (character === '\\') {
      const hex = /^[0-9A-Fa-f]{2}/.exec(text.slice(at + 1, at + 3))?.[0];
      const literal = text[at + 1];
      if (hex === undefined && (literal === undefined || !NEEDS_NO_HEX.test(literal))) return undefined;
      bytes.push(hex === undefined ? Buffer.from(literal ?? '') : Buffer.from(hex, 'hex'));
      at += hex === undefined ? 2 : 3;
      kept = bytes.length;
      continue;
    }
    const whole = String.fromCodePoint(text.codePointAt(at) ?? 0);
    bytes.push(Buffer.from(whole));
    if (quoted || character !== ' ') kept = bytes.length;
    at += whole.length;
  }
  return { value: Buffer.concat(bytes.slice(0, kept)).toString('utf8'), end: at };
}

const folded = (value: string): string => value.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
const rdn_key = (rdn: Rdn): string => JSON.stringify(rdn.map(({ type, value }) => [type, folded(value)]));

/** The same text for every spelling of one name; the text itself when it cannot be read. */
export function dn_key(text: string): string {
  const levels = parse_dn(text);
  return levels === undefined ? text : levels.map(rdn_key).join();
}

/** Whether a name is the base itself or lies under it. A name that cannot be read lies nowhere. */
export function is_under(text: string, base: string): boolean {
  const levels = parse_dn(text);
  const roof = parse_dn(base);
  if (levels === undefined || roof === undefined || levels.length < roof.length || levels.length === 0) return false;
  const tail = levels.slice(levels.length - roof.length);
  return roof.every((rdn, index) => rdn_key(rdn) === rdn_key(tail[index] ?? []));
}

/** The value of the entry's own level, preferring `cn`: a group's name when nothing better was said. */
export function own_name(text: string): string | undefined {
  const first = parse_dn(text)?.[0];
  return (first?.find(({ type }) => type === 'cn') ?? first?.[0])?.value;
}
