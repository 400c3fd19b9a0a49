import type { Identity } from '../../connectors/connector.ts';
import { parse_email } from '../kernel/index.ts';
import { extract, reader_of } from './extract.ts';
import { default_mappings, type Mapping, rule_of } from './mapping.ts';

/** A person in our words, as one partner tells of them. Absent: the partner said nothing. */
export interface MappedPerson {
  readonly user_name?: string;
  /** International domains in A-labels. */
  readonly email?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly display_name?: string;
  /** Absent: the mapping says nothing of groups. Empty: in none. */
  readonly groups?: readonly string[];
  readonly external_id?: string;
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
}

export type MappedAttributes =
  | {
      readonly ok: true;
      readonly person: MappedPerson;
      /** Custom attributes that the mapping speaks of, sent or not. */
      readonly targets: readonly string[];
      /** What was left out and why; names of fields only, no values. */
      readonly ignored: readonly string[];
    }
  | { readonly ok: false; readonly missing: readonly string[]; readonly ignored: readonly string[] };

const SINGLE = ['user_name', 'given_name', 'family_name', 'display_name', 'external_id'] as const;
const MAX_LENGTH: Readonly<Record<string, number>> = { user_name: 320, external_id: 255, groups: 255, email: 320, attribute: 1024 };
const ATTRIBUTE_NAME = /^[A-Za-z][\w.:/-]{0,127}$/;
// with the characters that reorder what is shown
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u;

/** Reads a verified identity through the connection's mapping, or the protocol's default. Pure, linear in the size of its input. */
export function map_attributes(
  mapping: Mapping | null,
  protocol: 'oidc' | 'saml' | 'ldap',
  identity: Pick<Identity, 'subject' | 'subject_format' | 'attributes'>,
): MappedAttributes {
  const read = reader_of(identity.attributes, protocol);
  const ignored: string[] = [];
  const missing: string[] = [];
  const found = new Map<string, readonly string[]>();
  const targets: string[] = [];
  for (const [target, value] of Object.entries(mapping ?? default_mappings[protocol])) {
    const known = target === 'email' || target === 'groups' || SINGLE.some((field) => field === target);
    const rule = rule_of(value);
    if (rule === undefined || (!known && (!ATTRIBUTE_NAME.test(target) || target === '__proto__'))) {
      ignored.push(`${target.slice(0, 64)}: not a mapping rule`);
      continue;
    }
    const result = extract(rule, read);
    if (result.problem !== undefined) ignored.push(`${target}: ${result.problem}`);
    const values = result.values.filter((one) => usable(target, known, one, ignored));
    if (!known) targets.push(target);
    if (values.length > 0) found.set(target, values);
    else if (rule.required === true) missing.push(target);
    // partners leave the attribute out for a person who is in no group: what this connection put in before must end
    else if (target === 'groups') found.set('groups', []);
  }
  if (missing.length > 0) return { ok: false, missing, ignored };
  if (mapping === null && protocol === 'saml' && !found.has('email') && identity.subject_format?.endsWith(':emailAddress') === true)
    found.set(
      'email',
      [identity.subject].filter((one) => usable('email', true, one, ignored)),
    );
  return { ok: true, person: person_of(found, targets), targets, ignored };
}

function usable(target: string, known: boolean, value: string, ignored: string[]): boolean {
  const limit = MAX_LENGTH[known ? target : 'attribute'] ?? 255;
  const why =
    value.length === 0 || value.trim() === ''
      ? undefined
      : value.length > limit
        ? `longer than ${limit} characters`
        : UNPRINTABLE.test(value)
          ? 'holds control characters'
          : target === 'email' && parse_email(value) === undefined
            ? 'is no e-mail address'
            : 'fine';
  if (why !== undefined && why !== 'fine' && ignored.length < 50) ignored.push(`${target}: ${why}`);
  return why === 'fine';
}

function person_of(found: ReadonlyMap<string, readonly string[]>, targets: readonly string[]): MappedPerson {
  const person: { -readonly [Field in keyof MappedPerson]: MappedPerson[Field] } = {
    attributes: Object.fromEntries(
      targets.flatMap((target) => {
        const values = found.get(target) ?? [];
        const [first] = values;
        return first === undefined ? [] : [[target, values.length === 1 ? first : values]];
      }),
    ),
  };
  for (const field of SINGLE) {
    const [first] = found.get(field) ?? [];
    if (first !== undefined) person[field] = first;
  }
  const [email] = found.get('email') ?? [];
  if (email !== undefined) person.email = parse_email(email)?.address ?? email;
  const groups = found.get('groups');
  if (groups !== undefined) person.groups = [...new Set(groups)];
  return person;
}
