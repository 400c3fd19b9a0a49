import { parse as parse_yaml } from 'yaml';
import { type Cli, Misuse } from './cli.ts';
import type { FieldTypes } from './field_types.ts';

type Body = Record<string, unknown>;

/** What stands on the command line beside the options of the verb: names of things, and fields. */
export interface Given {
  readonly operands: readonly string[];
  readonly fields: readonly (readonly [path: string, value: string | undefined])[];
}

/** `--name value`, `--name=value`, `--flag`; the rest are operands. @throws Misuse */
export function read_given(tokens: readonly string[]): Given {
  const operands: string[] = [];
  const fields: [string, string | undefined][] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] ?? '';
    if (!token.startsWith('-') || token === '-') {
      operands.push(token);
      continue;
    }
    const found = /^--([A-Za-z][\w-]*(?:\.[^=\s]+)?)(?:=([^]*))?$/.exec(token);
    if (found?.[1] === undefined) throw new Misuse(`There is no option ${token}.`);
    let value = found[2];
    const next = tokens[index + 1];
    if (value === undefined && next !== undefined && !next.startsWith('--')) {
      value = next;
      index += 1;
    }
    fields.push([field_path(found[1]), value]);
  }
  return { operands, fields };
}

/** Hyphens are as good as underscores in our own names; a partner's names, further down, stay as they are. */
const field_path = (name: string): string => {
  const [first = '', ...rest] = name.split('.');
  return [first.replaceAll('-', '_'), ...rest].join('.');
};

/** The body that fields and file make together; a field wins over the file. @throws Misuse */
export function read_body(cli: Pick<Cli, 'read'>, fields: Given['fields'], file: string | undefined, types: FieldTypes): Body {
  const body = file === undefined ? {} : read_document(cli, file);
  const set = new Map<string, unknown>();
  for (const [path, text] of fields) {
    const value = read_value(cli, text, types(path));
    set.set(path, set.has(path) ? [set.get(path), value].flat() : value);
  }
  for (const [path, value] of set) put(body, path, value);
  return body;
}

/** JSON is YAML too. */
function read_document(cli: Pick<Cli, 'read'>, file: string): Body {
  let content: unknown;
  try {
    content = parse_yaml(cli.read(file));
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(`${file} is neither JSON nor YAML.`, error instanceof Error ? [error.message.split('\n', 1)[0] ?? ''] : []);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new Misuse(`${file} must hold one object of fields.`);
  return content as Body; // an object, as was just seen
}

/** A text as what the field wants: `@file` is the file's content, `null` removes, lists are repeated or comma separated. */
function read_value(cli: Pick<Cli, 'read'>, text: string | undefined, wants: ReturnType<FieldTypes>): unknown {
  if (text === undefined) return true;
  if (text === 'null') return null;
  if (text.startsWith('@@')) return in_list(text.slice(1), wants);
  if (text.startsWith('@') && wants !== 'object') return in_list(cli.read(text.slice(1)), wants);
  const literal = json_of(text);
  if (wants === 'list') return Array.isArray(literal) ? literal : text.split(',').map((part) => part.trim());
  if (wants === 'text') return text;
  if (literal !== undefined) return literal;
  return text;
}

const in_list = (text: string, wants: ReturnType<FieldTypes>): unknown => (wants === 'list' ? [text] : text);

/** Booleans, whole numbers, objects and lists; anything else is text. */
function json_of(text: string): unknown {
  if (!/^(true|false|-?(0|[1-9]\d{0,14})|[[{][^]*)$/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function put(body: Body, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() ?? path;
  let place = body;
  for (const name of names) {
    if (name === '__proto__') throw new Misuse(`${path} is not a field.`);
    const inner = Object.hasOwn(place, name) ? place[name] : undefined;
    const next: Body = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Body) : {}; // an object, as was just seen
    place[name] = next;
    place = next;
  }
  if (last === '__proto__') throw new Misuse(`${path} is not a field.`);
  place[last] = value;
}
