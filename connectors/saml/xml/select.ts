import { XmlFault } from './fault.ts';
import { Cdata, type Child, Element } from './tree.ts';

const SPACE_ONLY = /^[ \t\r\n]*$/;

function is_element(child: Child): child is Element {
  return child instanceof Element;
}

/** The value of an attribute in no namespace. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attributes.find(({ local, namespace }) => local === name && namespace === '')?.value;
}

/** Direct children of exactly this name, in document order. */
export function children_named(element: Element, namespace: string, local: string): Element[] {
  return element.children.filter(is_element).filter((child) => child.local === local && child.namespace === namespace);
}

/** All child elements; refuses character data other than white space beside them. Comments are allowed: nothing is read there. @throws XmlFault */
export function element_children(element: Element): Element[] {
  const found: Element[] = [];
  for (const child of element.children) {
    if (child instanceof Element) found.push(child);
    else if (typeof child === 'string' ? !SPACE_ONLY.test(child) : child instanceof Cdata) {
      throw new XmlFault(`${element.local} holds text where only elements belong`);
    }
  }
  return found;
}

/** The one child of this name, or undefined. @throws XmlFault when there are several */
export function optional_child(element: Element, namespace: string, local: string): Element | undefined {
  const [first, second] = children_named(element, namespace, local);
  if (second !== undefined) throw new XmlFault(`${element.local} holds ${local} more than once`);
  return first;
}

/** The one child of this name. @throws XmlFault when there is none, or several */
export function only_child(element: Element, namespace: string, local: string): Element {
  const found = optional_child(element, namespace, local);
  if (found === undefined) throw new XmlFault(`${element.local} holds no ${local}`);
  return found;
}

/**
 * The whole text of an element. Holds: what is read is exactly what canonicalization digests, so a comment, CDATA section or element inside
 * is refused rather than skipped. @throws XmlFault
 */
export function text_of(element: Element): string {
  const [only, more] = element.children;
  if (only === undefined) return '';
  if (typeof only !== 'string' || more !== undefined) throw new XmlFault(`${element.local} holds something other than text`);
  return only;
}
