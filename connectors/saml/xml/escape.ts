const TEXT = /[&<>\r]/;
const TEXT_ALL = /[&<>\r]/g;
const ATTRIBUTE = /[&<"\t\n\r]/;
const ATTRIBUTE_ALL = /[&<"\t\n\r]/g;

const REFERENCE: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\t', '&#x9;'],
  ['\n', '&#xA;'],
  ['\r', '&#xD;'],
]);

function reference(character: string): string {
  return REFERENCE.get(character) ?? character;
}

/** Character data as Canonical XML writes it (section 2.3), which is also safe anywhere else. @see https://www.w3.org/TR/xml-c14n#ProcessingModel */
export function escape_text(text: string): string {
  return TEXT.test(text) ? text.replace(TEXT_ALL, reference) : text;
}

/** An attribute value between double quotes, as Canonical XML writes it. */
export function escape_attribute(value: string): string {
  return ATTRIBUTE.test(value) ? value.replace(ATTRIBUTE_ALL, reference) : value;
}
