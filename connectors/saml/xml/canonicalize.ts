import { type Caps, MESSAGE_CAPS } from './caps.ts';
import { escape_attribute, escape_text } from './escape.ts';
import { type Attribute, type Binding, Cdata, Comment, Element, lookup_namespace, XML_NAMESPACE } from './tree.ts';
import { XmlFault } from './fault.ts';

/** Without comments, always. */
export type CanonicalizationAlgorithm = 'exclusive' | 'inclusive' | 'inclusive_1_1';

export interface Canonicalization {
  readonly algorithm: CanonicalizationAlgorithm;
  /** Exclusive only: prefixes treated as inclusive canonicalization does; '' is the default namespace (`#default`). */
  readonly inclusive_prefixes?: readonly string[];
  /** The enveloped signature that is left out: this very element, not one that looks like it. */
  readonly without?: Element;
  /** Default: that of a message. */
  readonly caps?: Pick<Caps, 'canonical'>;
}

/** Lexicographic by code point, which differs from UTF-16 order above U+FFFF. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Where each namespace of an attribute stands in the order: compared once, however many attributes there are. */
function ranks_of(apex: Element, inherited: readonly Attribute[]): ReadonlyMap<string, number> {
  const found = new Set(inherited.map(({ namespace }) => namespace));
  const visit = (element: Element): void => {
    for (const { namespace } of element.attributes) found.add(namespace);
    for (const child of element.children) if (child instanceof Element) visit(child);
  };
  visit(apex);
  return new Map([...found].sort(compare).map((namespace, index) => [namespace, index]));
}

interface Rendered {
  readonly prefix: string;
  readonly uri: string;
  readonly next: Rendered | undefined;
}

function rendered_as(list: Rendered | undefined, prefix: string): string | undefined {
  for (let entry = list; entry !== undefined; entry = entry.next) {
    if (entry.prefix === prefix) return entry.uri;
  }
  return undefined;
}

/** Writes one subtree. State is the output and what never changes while it is written. */
class Writer {
  #out = '';
  readonly #exclusive: boolean;
  readonly #prefixes: ReadonlySet<string>;
  readonly #without: Element | undefined;
  readonly #apex: Element;
  readonly #most: number;
  #ranks: ReadonlyMap<string, number> | undefined;

  constructor(apex: Element, { algorithm, inclusive_prefixes, without, caps = MESSAGE_CAPS }: Canonicalization) {
    this.#apex = apex;
    this.#exclusive = algorithm === 'exclusive';
    this.#prefixes = new Set(inclusive_prefixes ?? []);
    this.#without = without;
    this.#most = caps.canonical;
  }

  write(inherited: readonly Attribute[]): string {
    this.#element(this.#apex, undefined, inherited);
    return this.#out;
  }

  #element(element: Element, rendered: Rendered | undefined, inherited: readonly Attribute[]): void {
    this.#out += `<${element.name}`;
    const here = this.#namespaces(element, rendered);
    this.#attributes(element, inherited);
    this.#out += '>';
    if (this.#out.length > this.#most) throw new XmlFault('the canonical form is too large');
    for (const child of element.children) {
      if (typeof child === 'string') this.#out += escape_text(child);
      else if (child instanceof Element) {
        if (child !== this.#without) this.#element(child, here, []);
      } else if (child instanceof Cdata) this.#out += escape_text(child.value);
      else if (!(child instanceof Comment)) throw new XmlFault('a node that cannot be canonicalized');
    }
    this.#out += `</${element.name}>`;
  }

  #namespaces(element: Element, rendered: Rendered | undefined): Rendered | undefined {
    const needed: { readonly prefix: string; readonly uri: string }[] = [];
    const need = (prefix: string, uri: string): void => {
      if (prefix === 'xml' || (rendered_as(rendered, prefix) ?? '') === uri) return;
      for (const entry of needed) if (entry.prefix === prefix) return;
      needed.push({ prefix, uri });
    };
    if (this.#exclusive) {
      need(element.prefix, element.namespace);
      for (const { prefix, namespace } of element.attributes) if (prefix !== '') need(prefix, namespace);
    }
    if (!this.#exclusive || this.#prefixes.size > 0) {
      const outer = element === this.#apex ? undefined : element.parent?.scope;
      for (let binding: Binding | undefined = element.scope; binding !== undefined && binding !== outer; binding = binding.next) {
        if (!this.#exclusive || this.#prefixes.has(binding.prefix))
          need(binding.prefix, lookup_namespace(element.scope, binding.prefix) ?? '');
      }
    }
    if (needed.length === 0) return rendered;
    if (needed.length > 1) needed.sort((a, b) => compare(a.prefix, b.prefix));
    let list = rendered;
    for (const { prefix, uri } of needed) {
      this.#out += prefix === '' ? ` xmlns="${escape_attribute(uri)}"` : ` xmlns:${prefix}="${escape_attribute(uri)}"`;
      list = { prefix, uri, next: list };
    }
    return list;
  }

  /** By namespace, then by local name (Canonical XML section 2.2). */
  #sorted(attributes: Attribute[], inherited: readonly Attribute[]): Attribute[] {
    return attributes.sort((a, b) => {
      if (a.namespace === b.namespace) return compare(a.local, b.local);
      const ranks = (this.#ranks ??= ranks_of(this.#apex, inherited));
      return (ranks.get(a.namespace) ?? 0) - (ranks.get(b.namespace) ?? 0);
    });
  }

  #attributes(element: Element, inherited: readonly Attribute[]): void {
    let { attributes } = element;
    if (attributes.length + inherited.length > 1) attributes = this.#sorted([...attributes, ...inherited], inherited);
    else if (inherited.length > 0) attributes = inherited;
    for (const { prefix, local, value } of attributes) {
      this.#out += prefix === '' ? ` ${local}="${escape_attribute(value)}"` : ` ${prefix}:${local}="${escape_attribute(value)}"`;
    }
  }
}

/** The xml: attributes that an inclusive canonicalization of a subtree takes from the ancestors (C14N 1.0 section 2.4, C14N 1.1 section 2.4). */
function inherited_attributes(apex: Element, algorithm: CanonicalizationAlgorithm): Attribute[] {
  if (algorithm === 'exclusive') return [];
  const found = new Map<string, Attribute>();
  const own = new Set(apex.attributes.filter(({ namespace }) => namespace === XML_NAMESPACE).map(({ local }) => local));
  for (let ancestor = apex.parent; ancestor !== undefined; ancestor = ancestor.parent) {
    for (const attribute of ancestor.attributes) {
      if (attribute.namespace !== XML_NAMESPACE) continue;
      if (algorithm === 'inclusive_1_1') {
        if (attribute.local === 'base') throw new XmlFault('xml:base outside the element that C14N 1.1 is applied to');
        if (attribute.local !== 'lang' && attribute.local !== 'space') continue;
      }
      if (!own.has(attribute.local) && !found.has(attribute.local)) found.set(attribute.local, attribute);
    }
  }
  return [...found.values()];
}

/**
 * The canonical text of an element with all it contains, as UTF-16; digest it as UTF-8. Exclusive 1.0, inclusive 1.0 or 1.1, without comments.
 * @see https://www.w3.org/TR/xml-exc-c14n/ @see https://www.w3.org/TR/xml-c14n11/
 */
export function canonicalize(apex: Element, options: Canonicalization): string {
  return new Writer(apex, options).write(inherited_attributes(apex, options.algorithm));
}
