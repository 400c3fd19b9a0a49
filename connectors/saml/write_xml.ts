import { escape_attribute, escape_text } from './xml/index.ts';

/** Attributes in this order; those that are undefined are left out. */
type Written = Readonly<Record<string, string | undefined>>;

/** An element as text; `content` was made by this function or by `xml_text`. */
export function xml_element(name: string, attributes: Written, ...content: readonly (string | undefined)[]): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${escape_attribute(value)}"`))
    .join('');
  return `<${name}${written}>${content.join('')}</${name}>`;
}

export const xml_text = (value: string): string => escape_text(value);

/** xs:dateTime in UTC, to the second: some identity providers stumble over fractions. */
export const xml_time = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
