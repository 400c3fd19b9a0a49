import { ASCII_NAME, qualified_name_pattern, resolve_references } from './characters.ts';
import { XmlFault } from './fault.ts';

const DECLARATION =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"([A-Za-z][\w.-]*)"|'([A-Za-z][\w.-]*)'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/y;

/** A name as written and its two halves. */
export interface QualifiedName {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
}

/** A place in the text that moves forward only: the lexical half of the tokenizer. */
export class Cursor {
  readonly text: string;
  position = 0;
  /** Whether the text needs line-end normalization at all (XML 1.0 section 2.11). */
  readonly has_return: boolean;
  readonly #qualified_name = qualified_name_pattern();

  constructor(text: string) {
    this.text = text;
    this.has_return = text.includes('\r');
  }

  /** The UTF-16 unit here, NaN at the end. */
  peek(): number {
    return this.text.charCodeAt(this.position);
  }

  /** Skips white space; says whether there was any. */
  skip_space(): boolean {
    const start = this.position;
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return this.position > start;
      this.position++;
    }
  }

  expect(literal: string): void {
    if (!this.text.startsWith(literal, this.position)) throw new XmlFault(`${literal} was expected`);
    this.position += literal.length;
  }

  /** The text up to a delimiter; moves behind it. */
  until(delimiter: string): string {
    const end = this.text.indexOf(delimiter, this.position);
    if (end < 0) throw new XmlFault(`${delimiter} is missing`);
    const found = this.text.slice(this.position, end);
    this.position = end + delimiter.length;
    return found;
  }

  /** The XML declaration, when there is one. Holds: version 1.0, and no encoding but the one that the bytes were decoded with. */
  declaration(): void {
    if (!this.text.startsWith('<?xml')) return;
    DECLARATION.lastIndex = 0;
    const found = DECLARATION.exec(this.text);
    if (found === null) throw new XmlFault('the XML declaration is not one of XML 1.0, or a processing instruction');
    const encoding = found[1] ?? found[2];
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8')
      throw new XmlFault('the XML declaration names an encoding that is not UTF-8');
    this.position = found[0].length;
  }

  qualified_name(): QualifiedName {
    const start = this.position;
    const { text } = this;
    let colon = -1;
    let at = start;
    let code = text.charCodeAt(at);
    if (code < 128 && ASCII_NAME[code] === 1) {
      for (code = text.charCodeAt(++at); code < 128; code = text.charCodeAt(++at)) {
        const kind = ASCII_NAME[code];
        if (kind === 1 || (kind === 2 && at !== colon + 1)) continue;
        if (code !== 0x3a || colon >= 0) break;
        colon = at;
      }
    }
    if (code >= 128 || at === start || at === colon + 1) return this.#any_qualified_name(start);
    this.position = at;
    const name = text.slice(start, at);
    if (colon < 0) return { name, prefix: '', local: name };
    return { name, prefix: text.slice(start, colon), local: text.slice(colon + 1, at) };
  }

  #any_qualified_name(start: number): QualifiedName {
    this.#qualified_name.lastIndex = start;
    const found = this.#qualified_name.exec(this.text);
    if (found === null) throw new XmlFault('a name was expected');
    const [name, prefix = '', local = ''] = found;
    this.position = start + name.length;
    return { name, prefix, local };
  }

  /** A quoted attribute value, normalized as CDATA (XML 1.0 section 3.3.3). */
  attribute_value(): string {
    const quote = this.text[this.position];
    if (quote !== '"' && quote !== "'") throw new XmlFault('an attribute value without quotes');
    this.position++;
    const raw = this.until(quote);
    if (raw.includes('<')) throw new XmlFault('< in an attribute value');
    const spaced = /[\t\n\r]/.test(raw) ? raw.replace(/\r\n|[\t\n\r]/g, ' ') : raw;
    return spaced.includes('&') ? resolve_references(spaced) : spaced;
  }

  /** Character data as the document means it: line ends first, then references. */
  character_data(raw: string): string {
    if (raw.includes(']]>')) throw new XmlFault(']]> in character data');
    const lines = this.line_ends(raw);
    return lines.includes('&') ? resolve_references(lines) : lines;
  }

  line_ends(raw: string): string {
    return this.has_return && raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
  }
}
