import { parse as parse_yaml, stringify } from 'yaml';
import { z } from 'zod';
import { type FieldProblem, InvalidInput } from '../../kernel/index.ts';
import { problems_of, require_shallow, wrong } from '../parse.ts';

const text = z.string().min(1, 'must not be empty');
const role_mapping = z.looseObject({ role: text });

const organization = z.looseObject({
  slug: text,
  /** `acme.example` is short for `{domain: acme.example}`. */
  domains: z.array(z.union([text.transform((domain) => ({ domain })), z.looseObject({ domain: text })])).optional(),
  connections: z.array(z.looseObject({ name: text })).optional(),
  role_mappings: z.array(role_mapping).optional(),
  contacts: z.array(z.looseObject({ email: text })).optional(),
  /** `connection`: its name, where the API has its id. */
  signal_sources: z.array(z.looseObject({ connection: text, issuer: text })).optional(),
});

const tenants = z.strictObject({
  organizations: z.array(organization).optional(),
  clients: z.array(z.looseObject({ client_id: text })).optional(),
  resources: z.array(z.looseObject({ identifier: text })).optional(),
  roles: z.array(z.looseObject({ name: text })).optional(),
  scim_targets: z.array(z.looseObject({ client_id: text })).optional(),
});

/** `tenants.yaml`: bodies as in the API, matched by slug, domain, name, client_id, identifier, email. A list that is absent says nothing; an empty one says "none". */
export type TenantsFile = z.output<typeof tenants>;

/**
 * Reads the text of a tenants file; `${NAME}` in a value is what `variable` says of it (`$${` is a plain `${`), and `unknown` says what is wrong with one that it
 * does not know. @throws InvalidInput with every mistake of its form
 */
export function read_tenants(
  yaml: string,
  variable: (name: string) => string | undefined,
  unknown = (name: string): string => `the environment has no ${name}`,
): TenantsFile {
  let content: unknown;
  try {
    content = parse_yaml(yaml);
  } catch (cause) {
    const said = cause instanceof Error ? (cause.message.split('\n', 1)[0] ?? '') : '';
    throw new InvalidInput('invalid_yaml', 'The tenants file is not YAML.', { cause, status: 422, fields: [{ path: '', message: said }] });
  }
  require_shallow(content);
  const missing: FieldProblem[] = [];
  const filled = substitute(content ?? {}, '', variable, (path, name) => missing.push({ path, message: unknown(name) }));
  const read = tenants.safeParse(filled);
  const problems = [...missing, ...(read.success ? [] : problems_of(read.error))];
  if (!read.success || problems.length > 0) throw wrong(problems);
  return read.data;
}

/** The text of a tenants file, as `postern export` writes it. */
export const write_tenants = (file: Readonly<Record<string, unknown>>): string => stringify(file, { lineWidth: 0 });

function substitute(
  value: unknown,
  path: string,
  variable: (name: string) => string | undefined,
  missing: (path: string, name: string) => void,
): unknown {
  const below = (name: string | number): string => (path === '' ? String(name) : `${path}.${name}`);
  if (Array.isArray(value)) return value.map((item, index) => substitute(item, below(index), variable, missing));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, substitute(item, below(name), variable, missing)]));
  }
  if (typeof value !== 'string') return value;
  return value.replaceAll(/\$(\$\{)|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_all, escaped: string | undefined, name: string | undefined) => {
    if (escaped !== undefined) return escaped;
    const found = variable(name ?? '');
    if (found === undefined) missing(path, name ?? '');
    return found ?? '';
  });
}
