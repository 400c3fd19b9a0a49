import type { Callback } from '../connector.ts';
import { is_dear, open_message, SMALL } from './verify/index.ts';
import { attribute, type Child, Element } from './xml/index.ts';

const MOST_ATTRIBUTES = 60;
const MOST_VALUES = 20;
/** No fewer than a check's line may have: what is cut here would not be recognized, and hidden, there. */
const MOST_CHARACTERS = 1000;

type Claims = Readonly<Record<string, unknown>>;

/**
 * What a response says, verified by nobody: for the eyes of whoever looks for a mistake in a test, and for nothing else. What is encrypted stays so.
 * Undefined for what cannot be read, and for what would cost much.
 */
export function claimed({ parameters }: Callback): Claims | undefined {
  const message = parameters['SAMLResponse'] ?? '';
  if (message.length > SMALL || is_dear(message)) return undefined;
  try {
    const { root } = open_message(message);
    const assertion = inside(root, 'Assertion');
    return without_absent({
      issuer: text(inside(root, 'Issuer')),
      destination: attribute(root, 'Destination'),
      in_response_to: attribute(root, 'InResponseTo'),
      issued: attribute(root, 'IssueInstant'),
      status: status_of(root),
      response_signed: inside(root, 'Signature') !== undefined,
      encrypted: inside(root, 'EncryptedAssertion') !== undefined,
      ...(assertion !== undefined && { assertion: claims_of(assertion) }),
    });
  } catch {
    return undefined; // whatever is wrong with it, the verifier has said
  }
}

function claims_of(assertion: Element): Claims {
  const subject = inside(assertion, 'Subject');
  const name_id = inside(subject, 'NameID');
  const confirmation = inside(inside(subject, 'SubjectConfirmation'), 'SubjectConfirmationData');
  const conditions = inside(assertion, 'Conditions');
  return without_absent({
    signed: inside(assertion, 'Signature') !== undefined,
    issuer: text(inside(assertion, 'Issuer')),
    subject: text(name_id),
    subject_format: name_id === undefined ? undefined : attribute(name_id, 'Format'),
    recipient: confirmation === undefined ? undefined : attribute(confirmation, 'Recipient'),
    audience: all(conditions, 'AudienceRestriction').flatMap((one) => all(one, 'Audience').map(text)),
    not_before: conditions === undefined ? undefined : attribute(conditions, 'NotBefore'),
    not_on_or_after: conditions === undefined ? undefined : attribute(conditions, 'NotOnOrAfter'),
    attributes: Object.fromEntries(
      all(inside(assertion, 'AttributeStatement'), 'Attribute')
        .slice(0, MOST_ATTRIBUTES)
        .map((one) => [attribute(one, 'Name') ?? '', all(one, 'AttributeValue').slice(0, MOST_VALUES).map(text)]),
    ),
  });
}

/** Each code, and what the identity provider says beside it. */
function status_of(root: Element): string[] {
  const status = inside(root, 'Status');
  const code = inside(status, 'StatusCode');
  const codes = [code, inside(code, 'StatusCode')].map((one) => (one === undefined ? undefined : attribute(one, 'Value')));
  return [...codes, text(inside(status, 'StatusMessage'))].filter((one) => one !== undefined);
}

/** Whatever its namespace: nothing is decided by it. */
const all = (element: Element | undefined, local: string): Element[] =>
  (element?.children ?? []).filter((child: Child): child is Element => child instanceof Element && child.local === local);

const inside = (element: Element | undefined, local: string): Element | undefined => all(element, local)[0];

const text = (element: Element | undefined): string | undefined =>
  element?.children
    .filter((child) => typeof child === 'string')
    .join('')
    .slice(0, MOST_CHARACTERS);

const without_absent = (claims: Claims): Claims => Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
