import { parse as parse_yaml } from 'yaml';
import { env_name, setting_names } from './schema.ts';
import { most_similar } from './similar.ts';

/** One mistake: where it was written, what is wrong, how to mend it. */
export interface SettingsProblem {
  readonly path: string;
  readonly problem: string;
  readonly fix: string;
}

/** The text of a file, undefined when it cannot be read. */
export type ReadFile = (path: string) => string | undefined;

/** The text of a setting and where it was written, for messages. */
export interface Found {
  readonly text: string;
  readonly path: string;
}

export interface Sources {
  readonly found: ReadonlyMap<string, Found>;
  readonly problems: readonly SettingsProblem[];
}

const DEFAULT_FILE = './postern.config.yaml';

/** Gathers the text of every setting from environment and file; the environment wins. */
export function gather(env: Readonly<Record<string, string | undefined>>, read_file: ReadFile): Sources {
  const problems: SettingsProblem[] = [];
  const from_file = file_entries(env['POSTERN_CONFIG'], read_file, problems);
  const from_env = env_entries(env, problems);
  const found = new Map<string, Found>();
  for (const name of setting_names) {
    const value = value_of(name, from_env, read_file, problems) ?? value_of(name, from_file, read_file, problems);
    if (value !== undefined) found.set(name, value);
  }
  return { found, problems };
}

type Entries = ReadonlyMap<string, Found>;

/** `name`, or the content of the file that `name_file` points to. */
function value_of(name: string, entries: Entries, read_file: ReadFile, problems: SettingsProblem[]): Found | undefined {
  const plain = entries.get(name);
  const pointer = entries.get(`${name}_file`);
  if (pointer === undefined) return plain;
  if (plain !== undefined) {
    problems.push({ path: pointer.path, problem: `This and ${plain.path} are both set.`, fix: 'Keep one of them.' });
    return plain;
  }
  const text = read_file(pointer.text);
  if (text === undefined) {
    problems.push({
      path: pointer.path,
      problem: `The file ${pointer.text} cannot be read.`,
      fix: 'Correct the path, or let this user read the file.',
    });
    return undefined;
  }
  return { text: text.trim(), path: pointer.path };
}

const known_keys = setting_names.flatMap((name) => [name, `${name}_file`]);

function env_entries(env: Readonly<Record<string, string | undefined>>, problems: SettingsProblem[]): Entries {
  const entries = new Map<string, Found>();
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith('POSTERN_') || text === undefined || text === '' || is_not_ours(name)) continue;
    const key = known_keys.find((known) => env_name(known) === name);
    if (key === undefined) problems.push(unknown(name, most_similar(name, known_keys.map(env_name))));
    else entries.set(key, { text: text.trim(), path: name });
  }
  return entries;
}

/** The file's own name, the tests' variables, and what Kubernetes sets for a service named "postern". */
const is_not_ours = (name: string): boolean => name === 'POSTERN_CONFIG' || /^POSTERN_(TEST_|SERVICE_(HOST|PORT)|PORT_\d+_)/.test(name);

function file_entries(path: string | undefined, read_file: ReadFile, problems: SettingsProblem[]): Entries {
  const entries = new Map<string, Found>();
  const file = path === undefined || path === '' ? DEFAULT_FILE : path;
  const text = read_file(file);
  if (text === undefined) {
    if (file !== DEFAULT_FILE)
      problems.push({ path: 'POSTERN_CONFIG', problem: `The file ${file} cannot be read.`, fix: 'Correct the path.' });
    return entries;
  }
  let content: unknown;
  try {
    content = parse_yaml(text) ?? {};
  } catch (error) {
    const where = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    problems.push({ path: file, problem: `This is not YAML: ${where}`, fix: 'Write one `name: value` per line.' });
    return entries;
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    problems.push({ path: file, problem: 'The file is not a list of settings.', fix: 'Write one `name: value` per line.' });
    return entries;
  }
  for (const [name, value] of Object.entries(content)) {
    const place = `${file}: ${name}`;
    const written = as_text(value);
    if (!known_keys.includes(name)) problems.push(unknown(place, most_similar(name, known_keys)));
    else if (written === undefined)
      problems.push({
        path: place,
        problem: 'This is not a single value or a list.',
        fix: 'Write a text, a number, on/off, or a list of texts.',
      });
    else if (written !== '') entries.set(name, { text: written, path: place });
  }
  return entries;
}

function as_text(value: unknown): string | undefined {
  if (value === null) return '';
  if (Array.isArray(value)) {
    const parts = value.map(as_text);
    return parts.every((part) => part !== undefined) ? parts.join(',') : undefined;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).trim() : undefined;
}

const unknown = (path: string, meant: string | undefined): SettingsProblem => ({
  path,
  problem: 'There is no such setting.',
  fix: meant === undefined ? 'Remove it; `postern config --explain` lists every setting.' : `Did you mean ${meant}?`,
});
