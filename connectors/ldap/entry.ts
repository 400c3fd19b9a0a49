import { ConnectorError } from '../connector.ts';

/** An entry as it was sent: values are bytes, whatever they look like. */
export interface Entry {
  readonly dn: string;
  readonly attributes: readonly Attribute[];
}

export interface Attribute {
  /** In the server's spelling, options (`;binary`, `;lang-de`) left out but for languages. */
  readonly name: string;
  readonly values: readonly Buffer[];
  /** Active Directory sends long lists in pieces: the place of this piece. `last` undefined: it is the final one. */
  readonly range?: { readonly first: number; readonly last: number | undefined };
}

const RANGE = /;range=(\d+)-(\d+|\*)/i;

/** An attribute as its description and values were sent. */
export function attribute_of(description: string, values: readonly Buffer[]): Attribute {
  const range = RANGE.exec(description);
  return {
    name: description.replace(RANGE, '').replace(/;binary/i, ''),
    values,
    ...(range !== null && { range: { first: Number(range[1]), last: range[2] === '*' ? undefined : Number(range[2]) } }),
  };
}

/** The values under a name, in any case; none when it was not sent. */
export function values_of(entry: Entry, name: string): readonly Buffer[] {
  const wanted = name.toLowerCase();
  return entry.attributes.filter((attribute) => attribute.name.toLowerCase() === wanted).flatMap(({ values }) => values);
}

export const texts_of = (entry: Entry, name: string): readonly string[] => values_of(entry, name).map((value) => value.toString('utf8'));

const MOST_PIECES = 200;

/** Completes the lists that came in pieces. `read` asks for one attribute description of the same entry. @throws ConnectorError when a piece is missing: a cut list must not look whole */
export async function complete(entry: Entry, read: (description: string) => Promise<Entry | undefined>): Promise<Entry> {
  const attributes: Attribute[] = [];
  for (const attribute of entry.attributes) {
    const { name } = attribute;
    if (attribute.range === undefined) {
      // beside a piece of it, an empty list of the same name may be sent
      const in_pieces = entry.attributes.some((other) => other.range !== undefined && other.name.toLowerCase() === name.toLowerCase());
      if (!in_pieces) attributes.push(attribute);
      continue;
    }
    const values = [...attribute.values];
    let last = attribute.range.last;
    for (let piece = 0; last !== undefined; piece++) {
      const next = await read(`${name};range=${last + 1}-*`);
      const found = next?.attributes.find((other) => other.range !== undefined && other.name.toLowerCase() === name.toLowerCase());
      if (found?.range?.first !== last + 1 || piece >= MOST_PIECES)
        throw new ConnectorError('malformed', `the values of ${name} are not complete`);
      values.push(...found.values);
      last = found.range.last;
    }
    attributes.push({ name, values });
  }
  return { dn: entry.dn, attributes };
}
