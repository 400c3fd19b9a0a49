import type { AttributePath } from '../attribute_path.ts';
import type { Dialect } from '../dialect.ts';
import { invalid_filter, quoted } from '../refusals.ts';
import { find_sub } from '../schema/index.ts';
import { type Comparison, type Operator, OPERATORS } from './filter.ts';
import type { Token } from './tokens.ts';

/** A comparison whose value fits the attribute. @throws InvalidInput invalidFilter */
export function read_comparison(
  named: AttributePath,
  name: string,
  op_text: string,
  token: Token | undefined,
  dialect: Dialect,
): Comparison {
  const op = OPERATORS.find((one) => one === op_text);
  if (op === undefined) throw invalid_filter(`${quoted(op_text)} is no operator.`);
  const path = comparable(named, name);
  const type = (path.sub ?? path.attribute)?.type;
  const value = value_of(token, dialect);
  if (value === null) {
    if (op !== 'eq' && op !== 'ne') throw invalid_filter('null is compared by eq and ne only.');
    return { kind: 'compare', path, op, value };
  }
  if (type === 'boolean') return { kind: 'compare', path, op: for_boolean(op, name), value: boolean_of(value, name, dialect) };
  if (typeof value !== 'string') throw invalid_filter(`${quoted(name)} is compared with a text: put it in quotes.`);
  if (type === 'binary' && /^[gl][et]$/.test(op)) throw invalid_filter(`${quoted(name)} has no order.`);
  if (type === 'dateTime' && Number.isNaN(Date.parse(value)) && !['co', 'sw', 'ew'].includes(op))
    throw invalid_filter(`${quoted(name)} is compared with a time, such as "2026-01-31T08:00:00Z".`);
  return { kind: 'compare', path, op, value };
}

/** What is compared where only a complex attribute is named. */
function comparable(path: AttributePath, name: string): AttributePath {
  const { attribute, sub } = path;
  if (attribute === undefined || sub !== undefined || attribute.type !== 'complex') return path;
  const value = find_sub(attribute, 'value');
  if (value === undefined) throw invalid_filter(`${quoted(name)} has parts: name one of them.`);
  return { ...path, sub: value };
}

/** A number stays what it is: no attribute here is one. */
function value_of(token: Token | undefined, dialect: Dialect): string | boolean | number | null {
  if (token?.kind === 'text') return token.value;
  if (token?.kind !== 'word') throw invalid_filter('A comparison has no value.');
  const { text } = token;
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (dialect.unquoted_values) return text;
  if (/^-?\d/.test(text) && Number.isFinite(Number(text))) return Number(text);
  throw invalid_filter(`${quoted(text)} is no value: put a text in quotes.`);
}

function for_boolean(op: Operator, name: string): 'eq' | 'ne' {
  if (op === 'eq' || op === 'ne') return op;
  throw invalid_filter(`${quoted(name)} is compared by eq and ne only.`);
}

function boolean_of(value: string | boolean | number, name: string, dialect: Dialect): boolean {
  if (typeof value === 'boolean') return value;
  if (dialect.text_booleans && typeof value === 'string' && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw invalid_filter(`${quoted(name)} is compared with true or false.`);
}
