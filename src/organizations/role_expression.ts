import { type Filter, parse } from 'scim2-parse-filter';

/** What an expression may look at of a person. A name with several values holds when one of them does. */
export type Values = (name: string) => readonly string[];

/** A readable reason why an expression cannot be used. */
export class WrongExpression extends Error {}

const MAX_LENGTH = 1000;
const MAX_TERMS = 20;

/**
 * An expression in the grammar of RFC 7644 section 3.4.2.2 (`groups eq "Staff" and not (department sw "Ext")`) as a function. It can only compare text,
 * in time that grows with its length: no pattern, no call, no loop.
 * @throws WrongExpression
 */
export function compile_expression(text: string): (values: Values) => boolean {
  if (text.length > MAX_LENGTH) throw new WrongExpression(`must be at most ${MAX_LENGTH} characters`);
  if (/[\p{Cc}\p{Cs}]/u.test(text)) throw new WrongExpression('must not hold control characters');
  // the parser descends once for each
  const openings = text.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/[([]|\bnot\b/gi)?.length ?? 0;
  if (openings > MAX_TERMS) throw new WrongExpression(`must have at most ${MAX_TERMS} parentheses`);
  let terms = 0;
  const compile = (filter: Filter): ((values: Values) => boolean) => {
    switch (filter.op) {
      case 'and': {
        const parts = filter.filters.map(compile);
        return (values) => parts.every((part) => part(values));
      }
      case 'or': {
        const parts = filter.filters.map(compile);
        return (values) => parts.some((part) => part(values));
      }
      case 'not': {
        const part = compile(filter.filter);
        return (values) => !part(values);
      }
    }
    if (++terms > MAX_TERMS) throw new WrongExpression(`must have at most ${MAX_TERMS} comparisons`);
    // the parser takes any name of Object.prototype for an operator
    if (!('attrPath' in filter) || filter.op === '[]') throw new WrongExpression('must compare values: eq, ne, co, sw, ew or pr');
    const { attrPath: name } = filter;
    if (filter.op === 'pr') return (values) => values(name).length > 0;
    const compared = COMPARE[filter.op];
    const wanted = filter.compValue;
    if (compared === undefined || typeof wanted !== 'string')
      throw new WrongExpression(`cannot compare ${name} by ${filter.op}: eq, ne, co, sw, ew with a text in quotes, or pr`);
    if (filter.op === 'ne') return (values) => !values(name).includes(wanted);
    return (values) => values(name).some((value) => compared(value, wanted));
  };
  return compile(parsed(text));
}

const COMPARE: Readonly<Partial<Record<string, (value: string, wanted: string) => boolean>>> = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  co: (value, wanted) => value.includes(wanted),
  sw: (value, wanted) => value.startsWith(wanted),
  ew: (value, wanted) => value.endsWith(wanted),
};

function parsed(text: string): Filter {
  try {
    return parse(text);
  } catch (cause) {
    throw new WrongExpression('cannot be read: write as groups eq "Staff" and department eq "Sales"', { cause });
  }
}
