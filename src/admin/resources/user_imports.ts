import { z } from 'zod';
import { InvalidInput } from '../../kernel/index.ts';
import { IMPORT_OUTCOMES } from '../../storage/index.ts';
import { import_schemas, type ImportFormat, REPORT_FORMATS } from '../../users/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { type Call, org_of, param, type Reply, type Route, type Upload } from '../route.ts';
import { listed, named } from '../shapes.ts';
import { BOUND } from './organizations.ts';

const IMPORTS = `${BOUND}/user-imports`;

const FORMATS: Readonly<Record<string, ImportFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/scim+json': 'scim',
};
export const UPLOADS = Object.keys(FORMATS);

/** What is said beside a file. */
export const import_query = {
  dry_run: z.enum(['true', 'false']),
  /** Of CSV. */
  delimiter: z.enum([',', ';', 'tab']),
  /** Of CSV: JSON that names the field of a column, or null for one that is passed over. */
  mapping: z.string().max(16_384),
};

const mapping_shape = z.record(z.string().max(1000), z.string().max(300).nullable());

/** A file is taken in as a whole, and worked through behind. @throws InvalidInput 413, 415, 422 */
export async function begin_import({ user_imports }: ResourceDeps, call: Call, { type, charset, body }: Upload): Promise<Reply> {
  const { dry_run, delimiter, mapping } = call.list.filters ?? {};
  const begun = await user_imports(org_of(call)).begin(
    {
      format: FORMATS[type] ?? 'csv',
      ...{ charset, body },
      dry_run: dry_run === 'true',
      delimiter: delimiter === 'tab' ? '\t' : delimiter,
      mapping: mapping === undefined ? undefined : read_mapping(mapping),
    },
    call.act,
  );
  return { status: 202, body: begun, location: `/organizations/${org_of(call)}/user-imports/${begun.id}` };
}

function read_mapping(text: string): Readonly<Record<string, string | null>> {
  try {
    return mapping_shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new InvalidInput('invalid_parameter', 'Some query parameters are wrong.', {
      cause,
      fields: [{ path: 'mapping', message: 'must be a JSON object of column and field, such as {"Login": "user_name", "Notes": null}' }],
    });
  }
}

/** How the work on files of people goes, and what became of each row. */
export function user_import_routes({ user_imports }: ResourceDeps): Route[] {
  const user_import = named('user import', import_schemas.user_import);
  return [
    {
      ...{ method: 'get', path: IMPORTS, permission: 'users.read', paged: true },
      summary: 'List files of people that were imported, newest first',
      answer: { status: 200, shape: listed(user_import) },
      handle: async (call) => ({ status: 200, body: await user_imports(org_of(call)).list(call.list) }),
    },
    {
      ...{ method: 'get', path: `${IMPORTS}/:id`, permission: 'users.read' },
      summary: 'Read how far an import is',
      answer: { status: 200, shape: user_import },
      handle: async (call) => ({ status: 200, body: (await user_imports(org_of(call)).get(param(call, 'id'))).view }),
    },
    {
      ...{ method: 'get', path: `${IMPORTS}/:id/report`, permission: 'users.read' },
      summary: 'What became of each row: lines of JSON, or CSV',
      query: { format: z.enum(REPORT_FORMATS), outcome: z.enum(IMPORT_OUTCOMES) },
      answer: { status: 200, files: ['application/x-ndjson', 'text/csv'] },
      async handle(call) {
        const { format: asked, outcome: wanted } = call.list.filters ?? {};
        const format = asked === 'csv' ? 'csv' : 'ndjson';
        const outcome = IMPORT_OUTCOMES.find((one) => one === wanted);
        const body = await user_imports(org_of(call)).report(param(call, 'id'), { format, outcome });
        const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8';
        return { status: 200, text: { type, body, headers: { 'content-disposition': `attachment; filename="import-report.${format}"` } } };
      },
    },
    {
      ...{ method: 'delete', path: `${IMPORTS}/:id`, permission: 'users.write' },
      summary: 'Stop an import and forget its file; rows that are done stay done',
      answer: { status: 204 },
      async handle(call) {
        await user_imports(org_of(call)).remove(param(call, 'id'), call.act);
        return { status: 204 };
      },
    },
  ];
}
