import { type Element, element_children, type XmlDocument } from '../xml/index.ts';
import { Refusal } from './refusal.ts';
import { ASSERTION, PROTOCOL, SIGNATURE } from './vocabulary.ts';

/** How often a child may occur: `!` once, `?` at most once, `*` any number, `+` at least once. */
type Occurs = '!' | '?' | '*' | '+';
type Shape = ReadonlyMap<string, readonly [namespace: string, occurs: Occurs]>;

const RESPONSE: Shape = new Map<string, readonly [string, Occurs]>([
  ['Issuer', [ASSERTION, '?']],
  ['Signature', [SIGNATURE, '?']],
  ['Extensions', [PROTOCOL, '?']],
  ['Status', [PROTOCOL, '!']],
  ['Assertion', [ASSERTION, '?']],
  ['EncryptedAssertion', [ASSERTION, '?']],
]);

const ASSERTION_SHAPE: Shape = new Map<string, readonly [string, Occurs]>([
  ['Issuer', [ASSERTION, '!']],
  ['Signature', [SIGNATURE, '?']],
  ['Subject', [ASSERTION, '!']],
  ['Conditions', [ASSERTION, '!']],
  ['Advice', [ASSERTION, '?']],
  ['AuthnStatement', [ASSERTION, '+']],
  ['AttributeStatement', [ASSERTION, '*']],
  ['AuthzDecisionStatement', [ASSERTION, '*']],
]);

function malformed(detail: string, fix?: string): never {
  throw new Refusal('malformed', detail, fix);
}

/** Holds: every child has a known name in the one right namespace, and occurs as often as the schema allows. */
function require_shape(element: Element, shape: Shape): void {
  const counts = new Map<string, number>();
  for (const child of element_children(element)) {
    const [namespace] = shape.get(child.local) ?? [];
    if (namespace !== child.namespace) malformed(`${element.local} holds an element that does not belong there`);
    counts.set(child.local, (counts.get(child.local) ?? 0) + 1);
  }
  for (const [local, [, occurs]] of shape) {
    const count = counts.get(local) ?? 0;
    if (count === 0 && (occurs === '!' || occurs === '+')) malformed(`${element.local} holds no ${local}`);
    if (count > 1 && (occurs === '!' || occurs === '?')) malformed(`${element.local} holds ${local} more than once`);
  }
}

/** Names that may stand in one place only, in whatever namespace: an element that looks like an assertion elsewhere is a wrapped one. */
const GUARDED: ReadonlySet<string> = new Set(['Response', 'Assertion', 'EncryptedAssertion', 'Signature']);

/** Holds: no Response, Assertion, EncryptedAssertion or Signature anywhere but in the places given. */
function require_nowhere_else(document: XmlDocument, places: ReadonlySet<Element>): void {
  for (const element of document.elements) {
    if (GUARDED.has(element.local) && !places.has(element)) malformed(`a further ${element.local} where none belongs`);
  }
}

function signatures_of(element: Element): Element[] {
  return element_children(element).filter(({ local, namespace }) => local === 'Signature' && namespace === SIGNATURE);
}

/** Holds: the document is one Response of SAML 2.0 with at most one assertion, plain or encrypted, its direct child; at most one Signature in each. @throws Refusal, XmlFault */
export function require_response(document: XmlDocument): { readonly response: Element; readonly assertion: Element | undefined } {
  const { root } = document;
  if (root.local !== 'Response' || root.namespace !== PROTOCOL) malformed('the message is not a Response of SAML 2.0');
  require_shape(root, RESPONSE);
  const [assertion, more] = element_children(root).filter(({ local }) => local === 'Assertion' || local === 'EncryptedAssertion');
  if (more !== undefined) malformed('the response holds more than one assertion', 'Send one assertion in each response.');
  const places = new Set([root, ...signatures_of(root)]);
  if (assertion !== undefined) {
    places.add(assertion);
    if (assertion.local === 'Assertion') for (const signature of signatures_of(assertion)) places.add(signature);
  }
  require_nowhere_else(document, places);
  return { response: root, assertion };
}

/** Holds: the assertion is built as the schema says, in the SAML namespace. @throws Refusal, XmlFault */
export function require_assertion(assertion: Element): void {
  if (assertion.local !== 'Assertion' || assertion.namespace !== ASSERTION) malformed('an assertion that is not one of SAML 2.0');
  require_shape(assertion, ASSERTION_SHAPE);
}

/** Holds: a decrypted document is one assertion and hides no other, and none of its IDs occurs in the response around it. @throws Refusal, XmlFault */
export function require_decrypted_assertion(decrypted: XmlDocument, around: XmlDocument): void {
  require_assertion(decrypted.root);
  require_nowhere_else(decrypted, new Set([decrypted.root, ...signatures_of(decrypted.root)]));
  for (const id of decrypted.ids.keys()) if (around.ids.has(id)) malformed('an ID of the encrypted assertion occurs twice');
}
