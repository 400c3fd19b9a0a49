/** One relative name: values by the type's object identifier. */
export type RelativeName = ReadonlyMap<string, readonly string[]>;

/** Types by the names that people write; RFC 4514 section 3, and what OpenSSL prints beside it. */
const TYPES: Readonly<Record<string, string>> = {
  cn: '2.5.4.3',
  sn: '2.5.4.4',
  serialnumber: '2.5.4.5',
  c: '2.5.4.6',
  l: '2.5.4.7',
  st: '2.5.4.8',
  street: '2.5.4.9',
  o: '2.5.4.10',
  ou: '2.5.4.11',
  title: '2.5.4.12',
  t: '2.5.4.12',
  businesscategory: '2.5.4.15',
  givenname: '2.5.4.42',
  gn: '2.5.4.42',
  g: '2.5.4.42',
  initials: '2.5.4.43',
  i: '2.5.4.43',
  organizationidentifier: '2.5.4.97',
  dc: '0.9.2342.19200300.100.1.25',
  uid: '0.9.2342.19200300.100.1.1',
  e: '1.2.840.113549.1.9.1',
  emailaddress: '1.2.840.113549.1.9.1',
};

/** The object identifier of a type as somebody wrote it; undefined for a name that nobody knows. */
export const name_type = (written: string): string | undefined =>
  /^\d+(\.\d+)+$/.test(written) ? written : Object.hasOwn(TYPES, written.toLowerCase()) ? TYPES[written.toLowerCase()] : undefined;

const PAIR = /^\s*([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)\s*=\s*((?:\\[ "#+,;<=>\\]|\\[0-9A-Fa-f]{2}|[^\\"+,;<>\0])*)/;

/**
 * A distinguished name as RFC 4514 writes it, the most particular part first; answers its parts in the order of a certificate, the other way round.
 * Undefined for what cannot be read. Values are compared letter by letter.
 */
export function parse_distinguished_name(text: string): readonly RelativeName[] | undefined {
  const names = [new Map<string, string[]>()];
  let rest = text;
  for (;;) {
    const [whole = '', written = '', raw = ''] = PAIR.exec(rest) ?? [];
    const type = name_type(written);
    const value = type === undefined ? undefined : value_of(raw);
    if (type === undefined || value === undefined) return undefined;
    const name = names.at(-1);
    name?.set(type, [...(name.get(type) ?? []), value]);
    rest = rest.slice(whole.length);
    if (rest === '') return names.reverse();
    if (rest.startsWith(',')) names.push(new Map());
    else if (!rest.startsWith('+')) return undefined;
    rest = rest.slice(1);
  }
}

function value_of(raw: string): string | undefined {
  const trimmed = raw.trimStart().replace(/(?<!\\)\s+$/, '');
  if (trimmed === '') return undefined;
  if (trimmed.startsWith('#')) return text_of_ber(trimmed.slice(1));
  // pairs of hex digits are bytes of UTF-8: decoded together
  const bytes = trimmed.replaceAll(/(?:\\[0-9A-Fa-f]{2})+|\\([ "#+,;<=>\\])/g, (run, escaped?: string) =>
    escaped !== undefined ? escaped : Buffer.from(run.replaceAll('\\', ''), 'hex').toString('utf8'),
  );
  return bytes.includes('\uFFFD') ? undefined : bytes;
}

/** The string types of X.520 (UTF8String, PrintableString, IA5String), short ones; anything else has no text to compare. */
function text_of_ber(hex: string): string | undefined {
  if (!/^([0-9A-Fa-f]{2}){3,}$/.test(hex)) return undefined;
  const bytes = Buffer.from(hex, 'hex');
  const [tag = 0, length = 0] = bytes;
  return [0x0c, 0x13, 0x16].includes(tag) && length < 128 && bytes.length === length + 2 ? bytes.subarray(2).toString('utf8') : undefined;
}

/** The same parts in the same order, letter by letter. */
export function same_name(a: readonly RelativeName[], b: readonly RelativeName[]): boolean {
  const key = (name: RelativeName): string =>
    JSON.stringify([...name].map(([type, values]) => [type, [...values].sort()] as const).sort(([x], [y]) => (x < y ? -1 : 1)));
  return a.length === b.length && a.every((name, at) => key(name) === key(b[at] ?? new Map()));
}
