import { RE2JS } from 're2js';
import type { Attributes } from '../../connectors/connector.ts';
import type { MappingRule } from './mapping.ts';

const MAX_VALUES = 2000;
const MAX_INPUT = 2048;
const MAX_PATTERN = 512;

export type Read = { readonly values: readonly string[]; readonly sent: boolean; readonly problem?: string };

/** Attribute names of LDAP are case-insensitive (RFC 4512 section 2.5), all others are exact. */
export function reader_of(attributes: Attributes, protocol: string): (name: string) => readonly string[] | undefined {
  if (protocol !== 'ldap') return (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined);
  const folded = new Map(Object.entries(attributes).map(([name, values]) => [name.toLowerCase(), values]));
  return (name) => folded.get(name.toLowerCase());
}

/** Applies one rule: pick, join, split, match, in this order. */
export function extract(rule: MappingRule, read: (name: string) => readonly string[] | undefined): Read {
  const names = rule.from === undefined ? [] : [rule.from].flat();
  const present = names.map(read).filter((values) => values !== undefined && values.length > 0);
  const sent = present.length > 0;
  if (rule.match === undefined && rule.value !== undefined) return { values: sent || names.length === 0 ? [rule.value] : [], sent };
  let values: readonly string[] = (rule.join === undefined ? present[0] : [present.flat().join(rule.join)]) ?? [];
  if (!sent) values = [];
  if (rule.split !== undefined && rule.split !== '') {
    const separator = rule.split;
    values = values.flatMap((value) => value.split(separator, MAX_VALUES).map((part) => part.trim())).filter((part) => part !== '');
  }
  if (values.length > MAX_VALUES) return { values: [], sent, problem: `more than ${MAX_VALUES} values` };
  if (rule.match === undefined) return { values, sent };
  const replace = matcher_of(rule.match, rule.value);
  if (replace === undefined) return { values: [], sent, problem: 'the pattern in `match` is not one that RE2 accepts' };
  return { values: values.flatMap((value) => replace(value) ?? []), sent };
}

/** Linear in the length of the input, whatever the pattern: a partner chooses the input. */
function matcher_of(pattern: string, template: string | undefined): ((value: string) => string | undefined) | undefined {
  if (pattern.length > MAX_PATTERN) return undefined;
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
  const wanted = template ?? (compiled.groupCount() > 0 ? '$1' : '$0');
  return (value) => {
    if (value.length > MAX_INPUT) return undefined;
    const matcher = compiled.matcher(value);
    if (!matcher.find()) return undefined;
    return wanted.replace(/\$(\d)/g, (_whole, digit: string) =>
      Number(digit) <= compiled.groupCount() ? (matcher.group(Number(digit)) ?? '') : '',
    );
  };
}
