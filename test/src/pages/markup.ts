/** What a page is made of, read from its HTML. React writes every attribute in double quotes and escapes what is in it. */
export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const TAG = /<([a-z][a-z0-9-]*)((?:\s+[^\s=>"/]+(?:="[^"]*")?)*)\s*\/?>/gi;

/** The document without what is inside `style` and `script`, which is ours. */
export const without_code = (html: string): string => html.replace(/(<(style|script)\b[^>]*>)[\s\S]*?(<\/\2>)/gi, '$1$3');

export function tags_of(html: string): Tag[] {
  return [...without_code(html).matchAll(TAG)].map(([, name = '', attributes = '']) => ({
    name: name.toLowerCase(),
    attributes: Object.fromEntries(
      [...attributes.matchAll(/([^\s=>"/]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key.toLowerCase(), unescape(value)]),
    ),
  }));
}

/** The text a person reads. */
export const text_of = (html: string): string =>
  unescape(
    without_code(html)
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' '),
  );

/** Elements and the names of their attributes, in order: what no name may change. */
export const structure_of = (html: string): string[] =>
  tags_of(html).map(({ name, attributes }) => `${name} ${Object.keys(attributes).join(' ')}`);

function unescape(text: string): string {
  const named: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', amp: '&' };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(quot|lt|gt|amp));/gi, (_whole, hex?: string, decimal?: string, name?: string) =>
    name !== undefined ? (named[name] ?? '') : String.fromCodePoint(hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)),
  );
}
