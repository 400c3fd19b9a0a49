/** A namespace declaration in scope; `next` is the one declared before it. A shared list, so that scopes cost nothing to inherit. */
export interface Binding {
  readonly prefix: string;
  readonly uri: string;
  readonly next: Binding | undefined;
  readonly size: number;
}

export interface Attribute {
  readonly prefix: string;
  readonly local: string;
  /** Empty: in no namespace. */
  readonly namespace: string;
  readonly value: string;
}

/** A comment: kept so that a value with a comment in it is seen to have one. */
export class Comment {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

/** A CDATA section: text to canonicalization, but never part of a value that we read. */
export class Cdata {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

/** A string is a run of character data, references resolved. */
export type Child = Element | string | Comment | Cdata;

export class Element {
  readonly prefix: string;
  readonly local: string;
  /** The name as written, prefix included. */
  readonly name: string;
  /** Empty: in no namespace. */
  readonly namespace: string;
  /** In document order, without namespace declarations. */
  readonly attributes: readonly Attribute[];
  readonly children: Child[] = [];
  readonly parent: Element | undefined;
  /** Every namespace declaration in scope, the nearest first. */
  readonly scope: Binding | undefined;

  constructor(
    name: string,
    prefix: string,
    local: string,
    namespace: string,
    attributes: readonly Attribute[],
    parent: Element | undefined,
    scope: Binding | undefined,
  ) {
    this.name = name;
    this.prefix = prefix;
    this.local = local;
    this.namespace = namespace;
    this.attributes = attributes;
    this.parent = parent;
    this.scope = scope;
  }
}

export interface XmlDocument {
  readonly root: Element;
  /** All elements in document order. */
  readonly elements: readonly Element[];
  /** Elements by the value of any ID-like attribute; each value occurs once in the document. */
  readonly ids: ReadonlyMap<string, Element>;
}

export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/** The namespace bound to a prefix (the empty prefix: the default namespace); undefined when none is, '' when the default was taken back. */
export function lookup_namespace(scope: Binding | undefined, prefix: string): string | undefined {
  for (let binding = scope; binding !== undefined; binding = binding.next) {
    if (binding.prefix === prefix) return binding.uri;
  }
  return prefix === 'xml' ? XML_NAMESPACE : undefined;
}
