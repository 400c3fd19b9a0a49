import { XmlFault } from './fault.ts';
import { type Attribute, type Binding, lookup_namespace, XML_NAMESPACE, XMLNS_NAMESPACE } from './tree.ts';

/** RFC 3986 section 3.1: what makes a URI absolute. A relative namespace name means different things to different canonicalizers (Canonical XML section 1.3). */
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Longer ones would be compared and written over and over; none that is in use comes near. */
const MOST_NAMESPACE_NAME = 512;

/** A declaration as written: `xmlns` has the empty prefix. */
export interface Declaration {
  readonly prefix: string;
  readonly uri: string;
}

/** Holds: Namespaces in XML 1.0 section 3 (reserved prefixes, no undeclared prefix) and no relative namespace name. */
function require_declarable({ prefix, uri }: Declaration): void {
  if (uri.length > MOST_NAMESPACE_NAME) throw new XmlFault('a namespace name that is too long');
  if (prefix === 'xmlns' || uri === XMLNS_NAMESPACE) throw new XmlFault('the xmlns namespace is declared');
  if ((prefix === 'xml') !== (uri === XML_NAMESPACE)) throw new XmlFault('the xml prefix or its namespace is declared as something else');
  if (uri === '') {
    if (prefix !== '') throw new XmlFault('a namespace prefix is undeclared');
  } else if (!ABSOLUTE.test(uri)) throw new XmlFault('a namespace name that is a relative reference');
}

/** The scope inside an element that makes these declarations. */
export function extend_scope(outer: Binding | undefined, declarations: readonly Declaration[], most: number): Binding | undefined {
  let scope = outer;
  for (const declaration of declarations) {
    require_declarable(declaration);
    if (declaration.prefix === 'xml') continue;
    for (let twin = scope; twin !== outer && twin !== undefined; twin = twin.next) {
      if (twin.prefix === declaration.prefix) throw new XmlFault('a namespace prefix is declared twice on one element');
    }
    const size = (scope?.size ?? 0) + 1;
    if (size > most) throw new XmlFault('too many namespace declarations in scope');
    scope = { prefix: declaration.prefix, uri: declaration.uri, next: scope, size };
  }
  return scope;
}

/** The namespace of an element's or, with a prefix, an attribute's name. */
export function resolve_prefix(scope: Binding | undefined, prefix: string): string {
  const uri = lookup_namespace(scope, prefix);
  if (uri !== undefined) return uri;
  if (prefix === '') return '';
  throw new XmlFault('a namespace prefix that is not declared');
}

/** Holds: no two attributes of an element have the same expanded name (Namespaces in XML section 6.3). */
export function require_distinct(attributes: readonly Attribute[]): void {
  if (attributes.length < 2) return;
  if (attributes.length <= 8) {
    for (let i = 1; i < attributes.length; i++) {
      for (let j = 0; j < i; j++) {
        if (attributes[i]?.local === attributes[j]?.local && attributes[i]?.namespace === attributes[j]?.namespace) twice();
      }
    }
    return;
  }
  const seen = new Map<string, Set<string>>();
  for (const { namespace, local } of attributes) {
    const locals = seen.get(namespace) ?? new Set();
    if (locals.has(local)) twice();
    seen.set(namespace, locals.add(local));
  }
}

function twice(): never {
  throw new XmlFault('an attribute occurs twice on one element');
}
