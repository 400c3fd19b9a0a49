/** One attribute as RFC 7643 section 7 describes it. */
export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'dateTime' | 'binary' | 'reference' | 'complex';
  readonly description: string;
  readonly multi: boolean;
  readonly required: boolean;
  /** Whether upper and lower case differ when values are compared. */
  readonly exact: boolean;
  readonly mutability: 'readWrite' | 'readOnly' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'default' | 'never' | 'request';
  readonly uniqueness: 'none' | 'server';
  readonly canonical: readonly string[];
  readonly references: readonly string[];
  readonly sub: readonly Attribute[];
}

export interface Schema {
  /** The URN. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

export interface ResourceType {
  readonly name: 'User' | 'Group';
  readonly endpoint: '/Users' | '/Groups';
  readonly description: string;
  readonly core: Schema;
  readonly extensions: readonly Schema[];
}

const ordinary: Omit<Attribute, 'name' | 'description'> = {
  type: 'string',
  multi: false,
  required: false,
  exact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  canonical: [],
  references: [],
  sub: [],
};

/** An attribute that is ordinary but for what is said. */
export const attribute = (name: string, description: string, more: Partial<Attribute> = {}): Attribute => ({
  ...ordinary,
  ...more,
  name,
  description,
});

/** Many values, each with what RFC 7643 section 2.4 gives it. */
export function many(
  name: string,
  description: string,
  {
    value = {},
    types = [],
    ...more
  }: Partial<Attribute> & { readonly value?: Partial<Attribute>; readonly types?: readonly string[] } = {},
): Attribute {
  const sub = [
    attribute('value', 'The value itself.', value),
    attribute('display', 'A name of it for people.'),
    attribute('type', 'What it is for.', { canonical: types }),
    attribute('primary', 'Whether it is the preferred one; at most one is.', { type: 'boolean' }),
  ];
  return attribute(name, description, { type: 'complex', multi: true, sub, ...more });
}
