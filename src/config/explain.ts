import { z } from 'zod';
import { env_name, setting_names, settings_schema } from './schema.ts';

/** What the schema itself says of each setting. */
const documented = z.object({
  summary: z.string(),
  fallback: z.string().optional(),
  default_note: z.string().optional(),
  example: z.string().optional(),
  secret: z.literal(true).optional(),
});

const entries = () =>
  setting_names.map((name) => {
    const { default_note, fallback, ...doc } = documented.parse(settings_schema.shape[name].meta());
    return { name, env: env_name(name), default: default_note ?? fallback ?? 'none', plain_default: default_note === undefined, ...doc };
  });

/** What `postern config --explain` prints. */
export function explain_settings(): string {
  const blocks = entries().map(({ name, env, summary, example, ...rest }) =>
    [
      `${env}   (in the file: ${name})`,
      `  ${summary}`,
      `  default: ${rest.default}`,
      ...(example === undefined ? [] : [`  example: ${example}`]),
    ].join('\n'),
  );
  return `${intro}\n\n${blocks.join('\n\n')}\n`;
}

const intro = [
  'Settings come from the environment and from postern.config.yaml (another file: POSTERN_CONFIG). The environment wins.',
  'Each may be read from a file: add _FILE to the name (POSTERN_SECRET_FILE=/run/secrets/postern).',
  'Lists are separated by commas. An empty value counts as not set. A wrong setting stops the start, with every mistake listed.',
].join('\n');

/** `docs/reference/settings.md`. */
export function settings_reference_markdown(): string {
  const rows = entries().map(({ name, env, summary, example, plain_default, ...rest }) => {
    const fallback = plain_default ? `\`${rest.default}\`` : rest.default;
    const shown = example === undefined ? '' : ` Example: \`${example}\`.`;
    return `| \`${env}\` | \`${name}\` | ${fallback} | ${summary}${shown} |`;
  });
  return `# Settings

Made from \`src/config/schema.ts\` by \`npm run docs\`.

${intro.replaceAll('_FILE', '`_FILE`').replace('POSTERN_SECRET`_FILE`=/run/secrets/postern', '`POSTERN_SECRET_FILE=/run/secrets/postern`')}
The same list is printed by \`postern config --explain\`.

| environment | file | default | what it does |
|---|---|---|---|
${rows.join('\n')}
`;
}

/** Where a setting stands once it was read, when that is not under its own name. */
const READ_AS: Readonly<Record<string, string>> = { database_url: 'database', secret: 'secrets' };

/** Every setting as it is in force. Of a secret only that it is set. */
export function shown_settings(settings: object) {
  const values: ReadonlyMap<string, unknown> = new Map(Object.entries(settings));
  return entries().map(({ name, env, summary, secret = false }) => ({
    ...{ name, environment: env, summary, secret },
    value: shown(values.get(READ_AS[name] ?? name), secret),
  }));
}

function shown(value: unknown, secret: boolean): string | null {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return null;
  if (secret) return '***';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
