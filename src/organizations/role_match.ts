import type { RoleMappingRow } from '../storage/index.ts';
import { compile_expression, type Values } from './role_expression.ts';

/** Who may be given a role by a mapping: their groups by name, and their attributes. */
export interface MappedTo {
  readonly groups: ReadonlySet<string>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly user_name: string;
  readonly email: string | null;
}

type Rule = Pick<RoleMappingRow, 'group' | 'attribute_name' | 'attribute_value' | 'expression'>;

/** A mapping that is ready to be asked: its expression has been read. */
export interface ReadyMapping extends RoleMappingRow {
  /** Does it give its role to this person? Names and values are compared as they are. */
  matches(who: MappedTo): boolean;
}

export const ready_mapping = (row: RoleMappingRow): ReadyMapping => ({ ...row, matches: matcher_of(row) });

/** @throws WrongExpression */
export function matcher_of({ group, attribute_name, attribute_value, expression }: Rule): (who: MappedTo) => boolean {
  if (expression !== null) {
    const holds = compile_expression(expression);
    return (who) => holds(values_of(who));
  }
  if (group !== null) return ({ groups }) => groups.has(group);
  return ({ attributes }) => attribute_name !== null && texts(attributes, attribute_name).some((value) => value === attribute_value);
}

/** `groups`, `email`, `user_name`, or an attribute by its name. */
const values_of =
  ({ groups, attributes, email, user_name }: MappedTo): Values =>
  (name) => {
    if (name === 'groups') return [...groups];
    if (name === 'user_name') return [user_name];
    if (name === 'email') return email === null ? [] : [email];
    return texts(attributes, name.replace(/^attributes\./, ''));
  };

const texts = (attributes: Readonly<Record<string, unknown>>, name: string): string[] => {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return [value]
    .flat()
    .flatMap((one) => (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? [String(one)] : []));
};
