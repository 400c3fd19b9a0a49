import { attribute, children_named, type Element, element_children, optional_child, text_of } from '../xml/index.ts';
import { type Clock, optional_time, required_time } from './clock.ts';
import { Refusal } from './refusal.ts';
import type { NamedAttribute } from './verdict.ts';
import { ASSERTION, SCHEMA_INSTANCE } from './vocabulary.ts';

export interface Authentication {
  readonly authn_instant: number;
  readonly session_index?: string;
  readonly session_not_on_or_after?: number;
  readonly authn_context?: string;
}

/** The authentication of a verified assertion. Of several statements the first speaks, with the oldest instant and the earliest end of them all. @throws Refusal, XmlFault */
export function read_authentication(assertion: Element, clock: Clock): Authentication {
  const statements = children_named(assertion, ASSERTION, 'AuthnStatement');
  const [first] = statements;
  if (first === undefined) throw new Refusal('malformed', 'the assertion has no AuthnStatement');
  const instants: number[] = [];
  const ends: number[] = [];
  for (const statement of statements) {
    const instant = required_time(statement, 'AuthnInstant');
    clock.require_begun(instant, 'AuthnInstant');
    instants.push(instant);
    const end = optional_time(statement, 'SessionNotOnOrAfter');
    if (end === undefined) continue;
    clock.require_not_ended(end, 'SessionNotOnOrAfter');
    ends.push(end);
  }
  const session_index = attribute(first, 'SessionIndex');
  const context = optional_child(first, ASSERTION, 'AuthnContext');
  const reference = context === undefined ? undefined : optional_child(context, ASSERTION, 'AuthnContextClassRef');
  return {
    authn_instant: Math.min(...instants),
    ...(session_index === undefined ? {} : { session_index }),
    ...(ends.length === 0 ? {} : { session_not_on_or_after: Math.min(...ends) }),
    ...(reference === undefined ? {} : { authn_context: text_of(reference) }),
  };
}

function is_nil(value: Element): boolean {
  const nil = value.attributes.find(({ local, namespace }) => local === 'nil' && namespace === SCHEMA_INSTANCE)?.value;
  return nil === 'true' || nil === '1';
}

function read_attribute(element: Element): NamedAttribute {
  const name = attribute(element, 'Name');
  if (name === undefined || name === '') throw new Refusal('malformed', 'an attribute without a name');
  const values: string[] = [];
  for (const value of element_children(element)) {
    if (value.local !== 'AttributeValue' || value.namespace !== ASSERTION)
      throw new Refusal('malformed', 'an Attribute holds something else than AttributeValue');
    const text = text_of(value);
    if (!is_nil(value)) values.push(text);
    else if (text !== '') throw new Refusal('malformed', 'an AttributeValue that says it is nil holds text');
  }
  const friendly_name = attribute(element, 'FriendlyName');
  const name_format = attribute(element, 'NameFormat');
  return { name, values, ...(friendly_name === undefined ? {} : { friendly_name }), ...(name_format === undefined ? {} : { name_format }) };
}

/** The attributes of a verified assertion, in document order. @throws Refusal, XmlFault */
export function read_attributes(assertion: Element): NamedAttribute[] {
  const found: NamedAttribute[] = [];
  for (const statement of children_named(assertion, ASSERTION, 'AttributeStatement')) {
    for (const child of element_children(statement)) {
      if (child.local !== 'Attribute' || child.namespace !== ASSERTION)
        throw new Refusal('malformed', 'an AttributeStatement holds something else than Attribute');
      found.push(read_attribute(child));
    }
  }
  return found;
}

/** Values by name on a null prototype, so that no name of an attribute means anything to the language. */
export function values_by_name(attributes: readonly NamedAttribute[]): Record<string, string[]> {
  // The cast: Object.create is typed any; an empty object without a prototype is a record.
  const record = Object.create(null) as Record<string, string[]>;
  for (const { name, values } of attributes) {
    const known = record[name];
    if (known === undefined) record[name] = [...values];
    else known.push(...values);
  }
  return record;
}
