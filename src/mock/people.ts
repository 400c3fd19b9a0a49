import { parse } from 'yaml';
import { z } from 'zod';

/** Someone who can sign in at a mock partner. */
export interface Person {
  /** Stable at the partner, never an address: `sub`, persistent NameID, entryUUID. */
  readonly id: string;
  readonly username: string;
  readonly password: string;
  readonly email?: string | undefined;
  readonly email_verified?: boolean | undefined;
  readonly given_name?: string | undefined;
  readonly family_name?: string | undefined;
  readonly display_name?: string | undefined;
  readonly groups: readonly string[];
  /** Anything else that the partner says of them. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

const text = z.string().min(1).max(512);
const values = z.union([text.transform((one) => [one]), z.array(text)]);
const person = z.strictObject({
  id: text.optional(),
  username: text,
  password: text.default('password'),
  email: text.optional(),
  email_verified: z.boolean().optional(),
  given_name: text.optional(),
  family_name: text.optional(),
  display_name: text.optional(),
  groups: z.array(text).default([]),
  attributes: z.record(text, values).default({}),
});

/** Reads a list of people from YAML (`people: [{username, password, email, groups, …}]`, or the list alone). @throws Error with every mistake, for the terminal */
export function read_people(yaml: string): Person[] {
  const content: unknown = parse(yaml);
  const list = typeof content === 'object' && content !== null && 'people' in content ? content.people : content;
  const result = z.array(person).min(1).safeParse(list);
  if (!result.success) {
    throw new Error(result.error.issues.map((issue) => `people.${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  return result.data.map((one) => ({ ...one, id: one.id ?? `id-${one.username}` }));
}
