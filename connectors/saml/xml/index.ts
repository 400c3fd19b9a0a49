/**
 * The one XML stack of the SAML side: one tokenizer, one tree, canonicalization from that very tree.
 * Owns: well-formed XML 1.0 with namespaces, its caps, Canonical XML. Does not own: what any element means, keys, signatures.
 * May import: nothing. No other module of the project reads XML by itself.
 */

export { type Canonicalization, type CanonicalizationAlgorithm, canonicalize } from './canonicalize.ts';
export { type Caps, MESSAGE_CAPS, METADATA_CAPS } from './caps.ts';
export { escape_attribute, escape_text } from './escape.ts';
export { XmlFault } from './fault.ts';
export { read_document, read_root_tag, read_xml } from './read_xml.ts';
export { attribute, children_named, element_children, only_child, optional_child, text_of } from './select.ts';
export { type Binding, type Child, Element, type XmlDocument } from './tree.ts';
