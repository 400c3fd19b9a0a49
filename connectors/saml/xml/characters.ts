import { XmlFault } from './fault.ts';

/** XML 1.0 production [2] Char, complemented; lone surrogates are found apart. The control characters are the point of the pattern. */
const NOT_A_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Holds: every character of the document is an XML 1.0 character. */
export function require_characters(text: string): void {
  if (NOT_A_CHARACTER.test(text) || !text.isWellFormed()) throw new XmlFault('a character that XML does not allow');
}

/** Productions [4] and [4a] of XML 1.0 without the colon: NCName of Namespaces in XML. */
const NAME_START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NAME_REST = '\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}';
const NCNAME = `[${NAME_START}][${NAME_START}${NAME_REST}]*`;

/** A qualified name at `lastIndex`: group 1 the prefix, group 2 the local part. */
export function qualified_name_pattern(): RegExp {
  // eslint-disable-next-line no-misleading-character-class -- a range of combining characters is what the production says
  return new RegExp(`(?:(${NCNAME}):)?(${NCNAME})`, 'uy');
}

/** Which ASCII characters may start (1) or continue (2) an NCName: the quick way for names that have nothing else. */
export const ASCII_NAME: Uint8Array = ascii_name();

function ascii_name(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 0; code < 128; code++) {
    const character = String.fromCharCode(code);
    if (/[A-Za-z_]/.test(character)) table[code] = 1;
    else if (/[-.0-9]/.test(character)) table[code] = 2;
  }
  return table;
}

const REFERENCE = /&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(lt|gt|amp|quot|apos));/y;

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function code_point(code: number): string {
  const allowed =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  if (!allowed) throw new XmlFault('a reference to a character that XML does not allow');
  return String.fromCodePoint(code);
}

/** Resolves character references and the five predefined entities; there are no others without a DOCTYPE. */
export function resolve_references(raw: string): string {
  let from = 0;
  let out = '';
  for (let at = raw.indexOf('&'); at >= 0; at = raw.indexOf('&', from)) {
    out += raw.slice(from, at);
    REFERENCE.lastIndex = at;
    const found = REFERENCE.exec(raw);
    if (found === null) throw new XmlFault('a reference that is not one, or to an undeclared entity');
    const [whole, hexadecimal, decimal, name] = found;
    if (hexadecimal !== undefined) out += code_point(Number.parseInt(hexadecimal, 16));
    else if (decimal !== undefined) out += code_point(Number.parseInt(decimal, 10));
    else out += PREDEFINED.get(name ?? '') ?? '';
    from = at + whole.length;
  }
  return out + raw.slice(from);
}
