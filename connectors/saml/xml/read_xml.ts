import { type Caps, MESSAGE_CAPS } from './caps.ts';
import { require_characters } from './characters.ts';
import { Cursor } from './cursor.ts';
import { XmlFault } from './fault.ts';
import { type Declaration, extend_scope, require_distinct, resolve_prefix } from './namespaces.ts';
import { type Attribute, type Binding, Cdata, Comment, Element, type XmlDocument } from './tree.ts';

const SLASH = 0x2f;
const GREATER = 0x3e;
const EXCLAMATION = 0x21;
const QUESTION = 0x3f;

/** Attribute names that SAML 1.x declares as ID beside the many spellings of "id". */
const ID_NAMES: ReadonlySet<string> = new Set(['AssertionID', 'RequestID', 'ResponseID']);

function is_id({ local }: Attribute): boolean {
  return local.length === 2 ? local.toLowerCase() === 'id' : ID_NAMES.has(local);
}

/** Builds the tree while the cursor moves through the text once. */
class Reader {
  readonly #cursor: Cursor;
  readonly #caps: Caps;
  readonly #outer: Binding | undefined;
  readonly #elements: Element[] = [];
  readonly #ids = new Map<string, Element>();
  #attributes = 0;

  constructor(text: string, caps: Caps, outer: Binding | undefined) {
    this.#cursor = new Cursor(text);
    this.#caps = caps;
    this.#outer = outer;
  }

  document(): XmlDocument {
    this.#cursor.declaration();
    this.#between();
    const { element, closed } = this.#start_tag(undefined);
    if (!closed) this.#content(element);
    this.#between();
    if (this.#cursor.position !== this.#cursor.text.length) throw new XmlFault('something other than comments beside the root element');
    return { root: element, elements: this.#elements, ids: this.#ids };
  }

  /** The root as far as its start tag says, whatever follows. */
  root_tag(): Element {
    this.#cursor.declaration();
    this.#between();
    return this.#start_tag(undefined).element;
  }

  /** White space and comments before and after the root element. */
  #between(): void {
    const cursor = this.#cursor;
    for (;;) {
      cursor.skip_space();
      if (!cursor.text.startsWith('<!', cursor.position)) return;
      if (this.#declaration_like() instanceof Cdata) throw new XmlFault('a CDATA section outside the root element');
    }
  }

  #content(root: Element): void {
    const cursor = this.#cursor;
    let current: Element = root;
    let depth = 1;
    for (;;) {
      const raw = cursor.until('<');
      if (raw !== '') current.children.push(cursor.character_data(raw));
      const code = cursor.peek();
      if (code === SLASH) {
        this.#end_tag(current);
        if (current === root) return;
        if (current.parent === undefined) throw new XmlFault('an end tag too many');
        current = current.parent;
        depth--;
      } else if (code === EXCLAMATION || code === QUESTION) {
        cursor.position--;
        const node = this.#declaration_like();
        current.children.push(node);
      } else {
        cursor.position--;
        const { element, closed } = this.#start_tag(current);
        current.children.push(element);
        if (closed) continue;
        current = element;
        depth++;
        if (depth > this.#caps.depth) throw new XmlFault('elements are nested too deep');
      }
    }
  }

  /** A comment or CDATA section. Holds: no DOCTYPE, no processing instruction. */
  #declaration_like(): Comment | Cdata {
    const cursor = this.#cursor;
    const { text, position } = cursor;
    if (text.startsWith('<!--', position)) {
      cursor.position += 4;
      const value = cursor.until('--');
      cursor.expect('>');
      return new Comment(cursor.line_ends(value));
    }
    if (text.startsWith('<![CDATA[', position)) {
      cursor.position += 9;
      return new Cdata(cursor.line_ends(cursor.until(']]>')));
    }
    if (text.startsWith('<!DOCTYPE', position)) throw new XmlFault('a DOCTYPE');
    if (text.startsWith('<?', position)) throw new XmlFault('a processing instruction');
    throw new XmlFault('a markup declaration');
  }

  #end_tag(open: Element): void {
    const cursor = this.#cursor;
    cursor.position++;
    if (!cursor.text.startsWith(open.name, cursor.position)) throw new XmlFault('an end tag that does not match its start tag');
    cursor.position += open.name.length;
    cursor.skip_space();
    cursor.expect('>');
  }

  #start_tag(parent: Element | undefined): { readonly element: Element; readonly closed: boolean } {
    const cursor = this.#cursor;
    cursor.expect('<');
    const { name, prefix, local } = cursor.qualified_name();
    const written: Attribute[] = [];
    const declarations: Declaration[] = [];
    for (;;) {
      const spaced = cursor.skip_space();
      const code = cursor.peek();
      if (code === GREATER || code === SLASH) break;
      if (!spaced) throw new XmlFault('white space is missing in a start tag');
      this.#attribute(written, declarations);
    }
    const closed = cursor.peek() === SLASH;
    cursor.expect(closed ? '/>' : '>');
    const outer = parent === undefined ? this.#outer : parent.scope;
    const scope = declarations.length === 0 ? outer : extend_scope(outer, declarations, this.#caps.namespaces);
    if (prefix === 'xmlns') throw new XmlFault('an element in the xmlns namespace');
    const attributes: Attribute[] = [];
    for (const { prefix, local, value } of written) {
      attributes.push({ prefix, local, namespace: prefix === '' ? '' : resolve_prefix(scope, prefix), value });
    }
    require_distinct(attributes);
    const element = new Element(name, prefix, local, resolve_prefix(scope, prefix), attributes, parent, scope);
    this.#elements.push(element);
    if (this.#elements.length > this.#caps.elements) throw new XmlFault('too many elements');
    this.#remember_ids(element);
    return { element, closed };
  }

  #attribute(written: Attribute[], declarations: Declaration[]): void {
    const cursor = this.#cursor;
    const { prefix, local } = cursor.qualified_name();
    cursor.skip_space();
    cursor.expect('=');
    cursor.skip_space();
    const value = cursor.attribute_value();
    this.#attributes++;
    if (this.#attributes > this.#caps.attributes) throw new XmlFault('too many attributes');
    if (prefix === 'xmlns') declarations.push({ prefix: local, uri: value });
    else if (prefix === '' && local === 'xmlns') declarations.push({ prefix: '', uri: value });
    else written.push({ prefix, local, namespace: '', value });
  }

  /** Holds: an ID-like value occurs once, whatever the spelling of the attribute, so that an ID names one element to every reader. */
  #remember_ids(element: Element): void {
    for (const attribute of element.attributes) {
      if (!is_id(attribute)) continue;
      if (this.#ids.has(attribute.value)) throw new XmlFault('an ID occurs twice');
      this.#ids.set(attribute.value, element);
    }
  }
}

/**
 * Reads a document strictly: well-formed XML 1.0 with namespaces, no DOCTYPE, no processing instruction, no ID twice, within the caps.
 * `outer` is the namespace scope that a decrypted fragment inherits. @throws XmlFault
 */
export function read_document(text: string, caps: Caps, outer?: Binding): XmlDocument {
  const document = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (document.length > caps.length) throw new XmlFault('the document is too large');
  require_characters(document);
  return new Reader(document, caps, outer).document();
}

/** The root element of a document. @throws XmlFault @see read_document */
export function read_xml(text: string, caps: Caps): Element {
  return read_document(text, caps).root;
}

/** The root element without what it contains, read from the beginning of a document: to find out what it is, never to believe it. @throws XmlFault */
export function read_root_tag(beginning: string): Element {
  require_characters(beginning);
  return new Reader(beginning.startsWith('\ufeff') ? beginning.slice(1) : beginning, MESSAGE_CAPS, undefined).root_tag();
}
