import type { Filter } from './filter.ts';

/** What a value of a filter in the settings holds: bytes, with the typed login name in between where `{login}` stands. */
type Part = Buffer | 'login';

/** A filter of the settings, read once; the login name is put in as bytes, never as text. */
export interface FilterTemplate {
  readonly uses_login: boolean;
  /** With what was typed as the assertion value, byte by byte. */
  with_login(login: string): Filter;
  /** With "has a value" wherever the login name would be compared: finds everyone who could sign in. */
  for_anyone(): Filter;
}

const ATTRIBUTE = /^(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)(?:;[A-Za-z0-9-]+)*$/;
const RULE = /^(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)$/;
const MOST_DEPTH = 20;
const PLACEHOLDER = '{login}';

type Build = (login: Buffer | undefined) => Filter;

/** Reads a filter in its text form (RFC 4515). @throws SyntaxError saying what is wrong and where */
export function parse_filter(text: string): FilterTemplate {
  const reader = new Reader(text.trim());
  const build = reader.filter(0);
  reader.expect_end();
  return { uses_login: reader.uses_login, with_login: (login) => build(Buffer.from(login)), for_anyone: () => build(undefined) };
}

class Reader {
  readonly text: string;
  at = 0;
  uses_login = false;
  constructor(text: string) {
    this.text = text;
  }

  fail(what: string): never {
    throw new SyntaxError(`${what} at character ${this.at + 1}`);
  }

  expect(character: string): void {
    if (this.text[this.at] !== character) this.fail(`"${character}" is missing`);
    this.at++;
  }

  expect_end(): void {
    if (this.at < this.text.length) this.fail('the filter has ended before');
  }

  filter(depth: number): Build {
    if (depth > MOST_DEPTH) this.fail('the filter is nested too deeply');
    this.expect('(');
    const sign = this.text[this.at];
    let build: Build;
    if (sign === '&' || sign === '|') {
      this.at++;
      const parts: Build[] = [];
      while (this.text[this.at] === '(') parts.push(this.filter(depth + 1));
      if (parts.length === 0) this.fail(`"${sign}" needs at least one filter`);
      const kind = sign === '&' ? 'and' : 'or';
      build = (login) => ({ kind, of: parts.map((part) => part(login)) });
    } else if (sign === '!') {
      this.at++;
      const inner = this.filter(depth + 1);
      build = (login) => ({ kind: 'not', of: inner(login) });
    } else {
      build = this.item();
    }
    this.expect(')');
    return build;
  }

  item(): Build {
    const operator = /[~<>:]?=/.exec(this.text.slice(this.at));
    if (operator === null) this.fail('"=" is missing');
    const left = this.text.slice(this.at, this.at + operator.index);
    if (/[()*\\]/.test(left)) this.fail('an attribute name is missing');
    this.at += operator.index + operator[0].length;
    if (operator[0] === ':=') return this.extensible(left);
    if (!ATTRIBUTE.test(left)) this.fail(`"${left}" is no attribute name`);
    const parts = this.value();
    if (operator[0] !== '=') {
      const kind = operator[0] === '>=' ? 'at_least' : operator[0] === '<=' ? 'at_most' : 'approximately';
      if (parts.length > 1) this.fail('"*" can stand after "=" only');
      return comparing(left, parts[0] ?? [], (value) => ({ kind, attribute: left, value }));
    }
    if (parts.length === 1) return comparing(left, parts[0] ?? [], (value) => ({ kind: 'equal', attribute: left, value }));
    if (parts.length === 2 && parts.every((part) => part.length === 0)) return () => ({ kind: 'present', attribute: left });
    // a typed name beside a wildcard would find people by the beginning of their name
    if (parts.flat().includes('login')) this.fail(`${PLACEHOLDER} cannot stand beside "*"`);
    const bytes = parts.map((part) => fill(part, undefined));
    const [initial, final] = [bytes[0], bytes.at(-1)].map((one) => (one === undefined || one.length === 0 ? undefined : one));
    const any = bytes.slice(1, -1).filter((one) => one.length > 0);
    return () => ({ kind: 'substrings', attribute: left, initial, any, final });
  }

  extensible(left: string): Build {
    const [attribute = '', ...more] = left.split(':');
    const dn_attributes = more[0]?.toLowerCase() === 'dn';
    const [rule, ...rest] = dn_attributes ? more.slice(1) : more;
    if (rest.length > 0 || (rule !== undefined && !RULE.test(rule))) this.fail('the matching rule cannot be read');
    if (attribute === '' ? rule === undefined : !ATTRIBUTE.test(attribute)) this.fail(`"${attribute}" is no attribute name`);
    const parts = this.value();
    if (parts.length > 1) this.fail('"*" can stand after "=" only');
    const named = attribute === '' ? undefined : attribute;
    return comparing(named, parts[0] ?? [], (value) => ({ kind: 'extensible', rule, attribute: named, dn_attributes, value }));
  }

  /** The value up to the closing parenthesis, cut at each `*`. */
  value(): Part[][] {
    const cut: Part[][] = [[]];
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) this.fail('")" is missing');
      if (character === ')') return cut;
      if (character === '(' || character === '\0') this.fail('this character must be escaped');
      const last = cut.at(-1) ?? [];
      if (character === '*') {
        cut.push([]);
        this.at++;
      } else if (this.text.startsWith(PLACEHOLDER, this.at)) {
        this.uses_login = true;
        last.push('login');
        this.at += PLACEHOLDER.length;
      } else if (character === '\\') {
        const hex = this.text.slice(this.at + 1, this.at + 3);
        if (!/^[0-9A-Fa-f]{2}$/.test(hex)) this.fail('"\\" needs two hexadecimal digits after it');
        last.push(Buffer.from(hex, 'hex'));
        this.at += 3;
      } else {
        const whole = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
        last.push(Buffer.from(whole));
        this.at += whole.length;
      }
    }
  }
}

const fill = (parts: readonly Part[], login: Buffer | undefined): Buffer =>
  Buffer.concat(parts.map((part) => (part === 'login' ? (login ?? Buffer.alloc(0)) : part)));

function comparing(attribute: string | undefined, parts: readonly Part[], make: (value: Buffer) => Filter): Build {
  if (!parts.includes('login')) {
    const value = fill(parts, undefined);
    return () => make(value);
  }
  return (login) => {
    if (login !== undefined) return make(fill(parts, login));
    return { kind: 'present', attribute: attribute ?? 'objectClass' };
  };
}
