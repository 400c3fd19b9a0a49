import { z } from 'zod';
import { InvalidInput } from '../../kernel/index.ts';
import { type Applied, read_tenants, write_tenants } from '../../organizations/tenants/index.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Call, Route, Upload } from '../route.ts';
import { named } from '../shapes.ts';

const MOST_BYTES = 16 * 1024 * 1024;
const UPLOADS = ['application/yaml', 'application/x-yaml', 'text/yaml'];

const items = z.array(z.record(z.string(), z.unknown()));
const file = z.object({
  organizations: items.optional(),
  clients: items.optional(),
  resources: items.optional(),
  roles: items.optional(),
  scim_targets: items.optional(),
});
const change = z.object({
  action: z.enum(['create', 'update', 'remove']),
  kind: z.string(),
  /** Whose and which: `acme / Acme Okta`. */
  name: z.string(),
  /** What is absent was not there before, or is not there any more. Secrets read `***`. */
  differences: z.array(z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })),
  /** Such as the secret of a new app. */
  shown_once: z.record(z.string(), z.string()),
});
const applied = z.object({
  dry_run: z.boolean(),
  changes: z.array(change),
  /** What is there and not in the file: left alone, unless `prune=true`. */
  not_in_file: z.array(z.object({ kind: z.string(), name: z.string() })),
});

/** The whole configuration as one file: as it is, what a file would change, and changing that. What `postern export` and `postern apply` do. */
export function tenants_routes({ tenants }: ResourceDeps): Route[] {
  const body = named('tenants file', file);
  const answer = { status: 200 as const, shape: named('tenants changes', applied) };
  const query = { prune: z.enum(['true', 'false']) };
  const run = async (call: Call, dry_run: boolean): Promise<{ readonly dry_run: boolean } & Applied> => {
    const prune = call.list.filters?.['prune'] === 'true';
    return { dry_run, ...(await tenants.apply(await file_of(call), { act: call.act, dry_run, prune })) };
  };
  return [
    {
      ...{ method: 'get', path: '/tenants', permission: 'tenants.read' },
      summary: 'The whole configuration as a tenants file, without its secrets',
      query: { format: z.enum(['json', 'yaml']) },
      answer: { status: 200, shape: body },
      async handle(call) {
        const exported = await tenants.export();
        if (call.list.filters?.['format'] !== 'yaml') return { status: 200, body: exported };
        const headers = { 'content-disposition': 'attachment; filename="tenants.yaml"' };
        return { status: 200, text: { type: 'application/yaml; charset=utf-8', body: write_tenants(exported), headers } };
      },
    },
    {
      ...{ method: 'post', path: '/tenants/diff', permission: 'tenants.read', body, uploads: UPLOADS, query, answer },
      summary: 'What a tenants file would change; changes nothing',
      handle: async (call) => ({ status: 200, body: await run(call, true) }),
    },
    {
      ...{ method: 'post', path: '/tenants/apply', permission: 'tenants.write', body, uploads: UPLOADS, query, answer },
      summary: 'Make the configuration what a tenants file says; secrets of new apps are shown this once',
      handle: async (call) => ({ status: 200, body: await run(call, false) }),
    },
  ];
}

/** Whoever sends a file must not read the environment of the server by it. @throws InvalidInput 413, 422 */
async function file_of({ upload, body }: Call) {
  // JSON is YAML
  const text = upload === undefined ? JSON.stringify(body ?? {}) : await text_of(upload);
  const unknown = (name: string): string =>
    `\${${name}} is not filled in: a file that is sent has its values in it, or *** for a secret that is kept`;
  return read_tenants(text, () => undefined, unknown);
}

async function text_of({ body }: Upload): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new InvalidInput('body_too_large', 'The file is larger than 16 MiB.', { status: 413 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
