import { type Command, Option } from 'commander';
import { NotFound } from '../kernel/index.ts';
import { every, type ListRequest } from '../organizations/index.ts';
import type { Postern } from '../wiring.ts';
import { command_act } from './act.ts';
import { type Cli, Misuse, with_postern } from './cli.ts';
import { field_docs, field_types } from './field_types.ts';
import { type Given, read_body, read_given } from './fields.ts';
import type { Noun, Things, Verb } from './noun.ts';
import { limit_option } from './options.ts';
import { print_item, print_list } from './print.ts';

interface Options {
  readonly org?: string;
  readonly file?: string;
  readonly json?: true;
  readonly limit?: number;
  readonly after?: string;
  readonly all?: true;
  readonly [filter: string]: unknown;
}

const summaries: Readonly<Record<Verb, (noun: Noun) => string>> = {
  create: (noun) => `makes ${a(noun)}`,
  list: (noun) => `lists ${noun.many}`,
  get: (noun) => `shows ${a(noun)}`,
  update: (noun) => `changes what is given of ${a(noun)}, and nothing else`,
  delete: (noun) => `removes ${a(noun)}`,
};

const word = (noun: Noun): string => noun.one ?? noun.name.replaceAll('-', ' ');
const a = (noun: Noun): string => `${/^[aeo]/.test(word(noun)) ? 'an' : 'a'} ${word(noun)}`;

/** Adds `NOUN create|list|get|update|delete` for one row of the table; answers the noun's command, for verbs of its own. */
export function add_noun(program: Command, cli: Cli, noun: Noun): Command {
  const command = program.command(noun.name).description(noun.summary);
  for (const verb of noun.verbs) add_verb(command, cli, noun, verb);
  return command;
}

function add_verb(parent: Command, cli: Cli, noun: Noun, verb: Verb): void {
  const command = parent.command(verb).description(summaries[verb](noun));
  if (noun.of_organization) command.addOption(org_option());
  command.option('--json', 'answer as JSON');
  if (verb === 'list') {
    command.addOption(limit_option()).option('--after <cursor>', 'the page after this one').option('--all', 'every page');
    for (const [name, summary] of Object.entries(noun.filters)) command.option(`--${name} <value>`, summary);
    command.action(async (options: Options) =>
      with_postern(cli, async (postern) => list(cli, noun, await things_of(postern, noun, options), options)),
    );
    return;
  }
  const named = verb === 'create' ? '' : `<${noun.names.length > 0 ? `${noun.id}|${noun.names.join('|')}` : noun.id}> `;
  const writes = verb === 'create' || verb === 'update';
  if (writes) command.option('-f, --file <file>', 'the body as JSON or YAML; - for standard input. Fields win over it');
  // fields are options that nobody can list beforehand
  command.allowUnknownOption(writes).allowExcessArguments();
  command.usage(`${named}${noun.of_organization ? '--org <slug|id> ' : ''}${writes ? '[--field value …] ' : ''}[options]`);
  if (writes) command.addHelpText('after', () => fields_help(noun, verb));
  command.action(async (options: Options, self: Command) => {
    const given = read_given(self.args);
    if (!writes && given.fields.length > 0) throw new Misuse(`There is no option --${given.fields[0]?.[0] ?? ''}.`);
    const wanted = verb === 'create' ? 0 : 1;
    if (given.operands.length !== wanted)
      throw new Misuse(
        wanted === 0
          ? `What is "${given.operands[0] ?? ''}"? Fields are written --field value.`
          : `Name one: postern ${noun.name} ${verb} ${named.trim()}`,
      );
    await with_postern(cli, async (postern) => work(cli, postern, noun, verb, given, options));
  });
}

async function work(cli: Cli, postern: Postern, noun: Noun, verb: Verb, given: Given, options: Options): Promise<void> {
  const things = await things_of(postern, noun, options);
  const json = options.json === true;
  const id = verb === 'create' ? '' : await find_id(things, noun, given.operands[0] ?? '');
  if (verb === 'get') {
    print_item(cli, (await things.get(id)).view, json);
  } else if (verb === 'delete') {
    await things.remove(id, command_act());
    if (json) cli.out(JSON.stringify({ deleted: id }));
    else cli.out(`Removed ${id}.`);
  } else {
    const schema = verb === 'create' ? noun.create : noun.patch;
    const body = read_body(cli, given.fields, options.file, field_types(schema, noun.known_fields));
    if (verb === 'update') {
      if (Object.keys(body).length === 0) throw new Misuse('Nothing to change: give a field (--field value) or a body (-f body.json).');
      if (things.update === undefined) throw new Misuse(`${noun.many} cannot be changed.`);
      print_item(cli, (await things.update(id, body, command_act())).view, json);
    } else {
      print_item(cli, (await things.create(body, command_act())).view, json);
      if (noun.created_note !== undefined && !json) cli.err(noun.created_note);
    }
  }
}

async function list(cli: Cli, noun: Noun, things: Things, options: Options): Promise<void> {
  const filters: Record<string, string> = {};
  for (const name of Object.keys(noun.filters)) {
    const value = options[name];
    if (typeof value === 'string') filters[name] = value;
  }
  const request: ListRequest = { limit: options.limit ?? (options.all === true ? 1000 : undefined), after: options.after, filters };
  if (options.all !== true) {
    print_list(cli, await things.list(request), noun.columns, options.json === true);
    return;
  }
  const data = [];
  for await (const view of every(things, request)) data.push(view);
  print_list(cli, { data, next: null }, noun.columns, options.json === true);
}

export const org_option = (): Option => new Option('--org <slug|id>', 'the organization').makeOptionMandatory();

/** @throws NotFound when there is no such organization */
export async function things_of(postern: Postern, noun: Noun, { org }: { readonly org?: string | undefined }): Promise<Things> {
  if (!noun.of_organization) return noun.collection(postern);
  return noun.collection(postern, (await postern.organizations.require_organization(org ?? '')).id);
}

/** The id of what was named by its id or by a name. @throws NotFound | Misuse when several have the name */
export async function find_id(things: Things, noun: Noun, named: string): Promise<string> {
  try {
    return field(await things.get(named).then(({ view }) => view), noun.id);
  } catch (error) {
    if (!(error instanceof NotFound) || noun.names.length === 0) throw error;
  }
  const found = new Set<string>();
  const filters = noun.filter_for?.(named);
  for await (const view of every(things, { limit: 1000, ...(filters !== undefined && { filters }) })) {
    if (noun.names.some((name) => field(view, name) === named)) found.add(field(view, noun.id));
  }
  const [id, another] = [...found];
  if (id === undefined) throw new NotFound(word(noun));
  if (another !== undefined) throw new Misuse(`Several ${noun.many} are called "${named}": use an id.`, [...found]);
  return id;
}

const field = (view: object, name: string): string => {
  const value: unknown = name in view ? (view as Record<string, unknown>)[name] : undefined; // views are plain objects
  return typeof value === 'string' ? value : '';
};

function fields_help(noun: Noun, verb: Verb): string {
  const docs = field_docs(verb === 'create' ? noun.create : noun.patch);
  if (docs.length === 0) return '';
  const width = Math.max(...docs.map(({ path }) => path.length)) + 2;
  const lines = docs.map(
    ({ path, type, required }) => `  --${path.padEnd(width)}${type}${required && verb === 'create' ? ' (needed)' : ''}`,
  );
  const example = noun.example === undefined || verb !== 'create' ? '' : `\n\nFor example:\n  ${noun.example}`;
  return `
Fields:
${lines.join('\n')}

A field inside another is written with a dot: --saml.metadata_url https://… · A list is repeated or separated by commas ·
@file takes the content of a file · null removes a value${example}`;
}
