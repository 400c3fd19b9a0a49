import type { Command, Option } from 'commander';
import type { Cli } from './cli.ts';
import { field_docs } from './field_types.ts';
import { nouns } from './nouns.ts';
import { make_program } from './program.ts';

/** `docs/reference/cli.md`, from the commands themselves. */
export function cli_reference_markdown(): string {
  const commands = make_program(nothing).commands.flatMap((command) => (command.commands.length > 0 ? [...command.commands] : [command]));
  return `# The \`postern\` command

Made from \`src/cli\` by \`npm run docs\`.

In a checkout: \`npx postern …\`. Verbs work on the database of the [settings](settings.md), whether a broker is running or not; a running broker sees a change within a second.
They act with the rights of an owner and stand in the audit record as \`cli\`. \`--json\` answers as JSON, \`--help\` says what a verb takes. A mistake ends with exit status 1, every wrong field listed.

Fields of a body are options: \`--name Acme\`, inside another with a dot (\`--saml.metadata_url https://…\`), lists repeated or separated by commas,
\`@file\` for the content of a file, \`null\` to remove. \`-f body.json\` takes the whole body (JSON or YAML, \`-\` for standard input); fields win over it.

${commands.map(section).join('\n\n')}

## Fields

${nouns.map(fields).join('\n\n')}
`;
}

function section(command: Command): string {
  const parent = command.parent?.name();
  const name = parent === undefined || parent === 'postern' ? `postern ${command.name()}` : `postern ${parent} ${command.name()}`;
  const options = command
    .createHelp()
    .visibleOptions(command)
    .filter((option) => option.long !== '--help');
  const usage = `${name} ${command.usage()}`.replace(' [options]', '').trim();
  return `### \`${usage}\`

${sentence(command.description())}${options.length === 0 ? '' : `\n\n${options.map(row).join('\n')}`}`;
}

const row = (option: Option): string => `- \`${option.flags}\`: ${option.description}`;
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replace(/\.\.$/, '.');

function fields({ name, create, patch, known_fields }: (typeof nouns)[number]): string {
  const changeable = new Set(field_docs(patch).map(({ path }) => path));
  const rows = field_docs(create).map(
    ({ path, type, required }) =>
      `| \`--${path}\` | ${type.replaceAll('|', '\\|')} | ${required ? 'needed' : ''} | ${changeable.has(path) ? 'yes' : ''} |`,
  );
  const lists = Object.entries(known_fields ?? {})
    .filter(([, kind]) => kind === 'list')
    .map(([path]) => `\`--${path}\``);
  return `### ${name}

| field | type | create | update |
|---|---|---|---|
${rows.join('\n')}${lists.length === 0 ? '' : `\n\nLists: ${lists.join(', ')}.`}`;
}

/** A world that is never reached: the commands are only looked at. */
const nothing: Cli = {
  env: {},
  now: () => 0,
  out: () => undefined,
  err: () => undefined,
  read: () => '',
  open: () => Promise.reject(new Error('only looked at')),
  told_to_end: () => Promise.resolve(),
  fail: () => undefined,
};
