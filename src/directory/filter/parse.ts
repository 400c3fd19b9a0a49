import { type AttributePath, resolve_path } from '../attribute_path.ts';
import type { Dialect } from '../dialect.ts';
import { invalid_filter, quoted } from '../refusals.ts';
import { type Attribute, find_sub, type ResourceType } from '../schema/index.ts';
import { read_comparison } from './comparison.ts';
import type { Comparison, Filter } from './filter.ts';
import { type Token, tokens_of } from './tokens.ts';

const MAX_DEPTH = 20;
const MAX_TERMS = 100;

/** Where names are looked up: in a resource, or in one element of a multi-valued attribute. */
type Names = (name: string) => AttributePath | undefined;

/**
 * A filter in the whole grammar of RFC 7644 section 3.4.2.2, its names resolved against the schema, its values checked against their types.
 * `emails[type eq "work"].value eq "x"`, which the RFC lacks and clients send, speaks of one and the same element.
 * @throws InvalidInput invalidFilter
 */
export function parse_filter(type: ResourceType, text: string, dialect: Dialect): Filter {
  return new Reader(tokens_of(text), dialect).whole(names_of(type, dialect));
}

/** What stands between the brackets of a path: the names are those of the attribute's parts. @throws InvalidInput invalidFilter */
export function parse_element_filter(attribute: Attribute, text: string, dialect: Dialect): Filter {
  return new Reader(tokens_of(text), dialect).whole(names_within(attribute));
}

const names_of =
  (type: ResourceType, dialect: Dialect): Names =>
  (name) => {
    const path = resolve_path(type, name);
    if (path !== undefined || !dialect.short_names) return path;
    return type.extensions.map(({ id }) => resolve_path(type, `${id}:${name}`)).find((one) => one !== undefined);
  };

const names_within =
  (attribute: Attribute): Names =>
  (name) => {
    const found = find_sub(attribute, name);
    return found === undefined ? undefined : { extension: undefined, attribute: found, sub: undefined };
  };

class Reader {
  private at = 0;
  private terms = 0;
  private readonly tokens: readonly Token[];
  private readonly dialect: Dialect;

  constructor(tokens: readonly Token[], dialect: Dialect) {
    this.tokens = tokens;
    this.dialect = dialect;
  }

  whole(names: Names): Filter {
    const filter = this.either(names, 0);
    if (this.at < this.tokens.length) throw this.unexpected();
    return filter;
  }

  private either(names: Names, depth: number): Filter {
    if (depth > MAX_DEPTH) throw invalid_filter(`The filter is nested deeper than ${MAX_DEPTH} levels.`);
    const parts = [this.both(names, depth)];
    while (this.take_word('or')) parts.push(this.both(names, depth));
    return joined('or', parts);
  }

  private both(names: Names, depth: number): Filter {
    const parts = [this.one(names, depth)];
    while (this.take_word('and')) parts.push(this.one(names, depth));
    return joined('and', parts);
  }

  private one(names: Names, depth: number): Filter {
    const next = this.tokens[this.at + 1];
    if (this.is_word('not') && next?.kind === 'mark' && next.text === '(') {
      this.at += 1;
      return { kind: 'not', part: this.group(names, depth) };
    }
    if (this.is_mark('(')) return this.group(names, depth);
    return this.expression(names, depth);
  }

  private group(names: Names, depth: number): Filter {
    this.expect('(');
    const inner = this.either(names, depth + 1);
    this.expect(')');
    return inner;
  }

  private expression(names: Names, depth: number): Filter {
    const token = this.tokens[this.at];
    if (token?.kind !== 'word') throw this.unexpected();
    this.at += 1;
    const path = names(token.text);
    if (path?.attribute === undefined) throw invalid_filter(`${quoted(token.text)} is no attribute that can be filtered by.`);
    if (!this.is_mark('[')) return this.condition(path, token.text);
    const { attribute } = path;
    if (!attribute.multi || path.sub !== undefined || attribute.sub.length === 0)
      throw invalid_filter(`${quoted(token.text)} has no elements to choose from.`);
    this.expect('[');
    const within = names_within(attribute);
    const where = this.either(within, depth + 1);
    this.expect(']');
    if (!this.is_mark('.')) return { kind: 'element', path, where };
    this.at += 1;
    const sub = this.expression(within, depth + 1);
    return { kind: 'element', path, where: joined('and', [where, sub]) };
  }

  private condition(path: AttributePath, name: string): Filter {
    if (++this.terms > MAX_TERMS) throw invalid_filter(`The filter has more than ${MAX_TERMS} conditions.`);
    const operator = this.tokens[this.at];
    if (operator?.kind !== 'word') throw this.unexpected();
    this.at += 1;
    const op = operator.text.toLowerCase();
    if ((path.sub ?? path.attribute)?.returned === 'never') throw invalid_filter(`${quoted(name)} cannot be filtered by.`);
    if (op === 'pr') return { kind: 'present', path };
    const value = this.tokens[this.at];
    this.at += 1;
    return read_comparison(path, name, op, value, this.dialect) satisfies Comparison;
  }

  private is_word(text: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'word' && token.text.toLowerCase() === text;
  }

  private take_word(text: string): boolean {
    if (!this.is_word(text)) return false;
    this.at += 1;
    return true;
  }

  private is_mark(text: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === 'mark' && token.text === text;
  }

  private expect(mark: string): void {
    if (!this.is_mark(mark)) throw this.unexpected();
    this.at += 1;
  }

  private unexpected() {
    const token = this.tokens[this.at];
    if (token === undefined) return invalid_filter('The filter ends too early.');
    return invalid_filter(`The filter cannot have ${quoted(token.kind === 'text' ? token.value : token.text)} there.`);
  }
}

function joined(kind: 'and' | 'or', parts: readonly Filter[]): Filter {
  const [only, ...more] = parts;
  return only !== undefined && more.length === 0 ? only : { kind, parts };
}
