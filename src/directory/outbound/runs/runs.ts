import { z } from 'zod';
import type { Act } from '../../../audit/index.ts';
import { InvalidInput, NotFound, rfc3339 } from '../../../kernel/index.ts';
import { require_target } from '../../../organizations/index.ts';
import type { ScimRunRow, Storage } from '../../../storage/index.ts';
import type { OutboundDeps } from '../deps.ts';
import { read_body } from '../read_body.ts';
import { insert_run } from '../start_run.ts';

const time = z.iso.datetime();
const actor = z.object({ kind: z.string(), id: z.string().optional(), name: z.string().optional() });

const scim_run = z.object({
  id: z.string(),
  target_id: z.string(),
  kind: z.enum(['load', 'drift_check']),
  /** Null: of every organization. */
  organization_id: z.string().nullable(),
  /** Says what would be done, and does nothing. */
  dry_run: z.boolean(),
  repair: z.boolean(),
  status: z.enum(['running', 'done', 'failed']),
  /** People and groups that are looked at in all, and those that are done: for a load, that the target has confirmed or that were given up. */
  total: z.int(),
  done: z.int(),
  /** `create`, `update`, `deactivate`, `delete` of a dry run; `missing`, `different`, `extra`, `unlinked` of a comparison; `unchanged`. */
  counts: z.record(z.string(), z.int()),
  /** The first five hundred, by id; `attributes` are names, never values. */
  findings: z.array(
    z.object({ kind: z.enum(['user', 'group']), id: z.string(), what: z.string(), attributes: z.array(z.string()).optional() }),
  ),
  error: z.string().nullable(),
  actor,
  created_at: time,
  finished_at: time.nullable(),
});
const scim_load = z.strictObject({ dry_run: z.boolean().default(false), organization_id: z.string().max(64).nullable().default(null) });
const scim_drift_check = z.strictObject({
  repair: z.boolean().default(false),
  dry_run: z.boolean().default(false),
  organization_id: z.string().max(64).nullable().default(null),
});

export const run_schemas = { scim_run, scim_load, scim_drift_check };
export type ScimRunView = z.output<typeof scim_run>;

export interface ScimRuns {
  /** Tells the target everybody, or says what would be told. @throws NotFound | InvalidInput */
  load(target_id: string, body: unknown, act: Act): Promise<ScimRunView>;
  /** Compares what the target has with what it should have. @throws NotFound | InvalidInput */
  drift_check(target_id: string, body: unknown, act: Act): Promise<ScimRunView>;
  /** Newest first. @throws NotFound */
  list(
    target_id: string,
    request: { readonly limit?: number | undefined; readonly after?: string | undefined },
  ): Promise<{ readonly data: readonly ScimRunView[]; readonly next: string | null }>;
  /** @throws NotFound */
  get(target_id: string, id: string): Promise<ScimRunView>;
}

export function make_runs({ storage, now, record }: Pick<OutboundDeps, 'storage' | 'now' | 'record'>): ScimRuns {
  const start = async (target_id: string, run: Pick<ScimRunRow, 'kind' | 'dry_run' | 'repair'>, organization: string | null, act: Act) => {
    const target = await require_target(storage, target_id);
    const org_id = organization === null ? null : await organization_id(storage, organization);
    const row = await storage.transact(async (tx) => {
      const made = await insert_run(tx, { target_id, org_id, ...run }, now(), act.actor);
      const about = { kind: 'scim_target', id: target_id, name: target.name };
      await record(tx, act, { type: 'scim_target.run_started', target: about, after: { run_id: made.id, org_id, ...run } });
      return made;
    });
    return view(storage, row);
  };
  return {
    async load(target_id, body, act) {
      const { dry_run, organization_id: organization } = read_body(scim_load, body);
      return start(target_id, { kind: 'load', dry_run, repair: false }, organization, act);
    },
    async drift_check(target_id, body, act) {
      const { dry_run, repair, organization_id: organization } = read_body(scim_drift_check, body);
      return start(target_id, { kind: 'drift_check', dry_run, repair }, organization, act);
    },
    async list(target_id, { limit, after }) {
      await require_target(storage, target_id);
      const { data, next } = await storage.gateway.scim_runs.page({ limit, after, descending: true }, { match: { target_id } });
      return { data: await Promise.all(data.map((row) => view(storage, row))), next };
    },
    async get(target_id, id) {
      const row = await storage.gateway.scim_runs.find_one({ target_id, id });
      if (row === undefined) throw new NotFound('run');
      return view(storage, row);
    },
  };
}

async function organization_id(storage: Storage, id_or_slug: string): Promise<string> {
  const row = await storage.sql.get<{ id: string }>(`SELECT "id" FROM "organizations" WHERE "id" = ? OR "slug" = ?`, [
    id_or_slug,
    id_or_slug,
  ]);
  if (row !== undefined) return row.id;
  throw new InvalidInput('invalid_body', 'Some fields are wrong.', {
    status: 422,
    fields: [{ path: 'organization_id', message: 'no such organization' }],
  });
}

async function view(storage: Storage, row: ScimRunRow): Promise<ScimRunView> {
  const waiting =
    row.status !== 'running' || row.last_delivery === null
      ? 0
      : Number(
          (
            await storage.sql.get<{ rows: number }>(
              `SELECT COUNT(*) AS "rows" FROM "outbox" WHERE "receiver" = ? AND "done_at" IS NULL AND "dead_at" IS NULL AND "id" <= ?`,
              [row.target_id, row.last_delivery],
            )
          )?.rows ?? 0,
        );
  return {
    id: row.id,
    target_id: row.target_id,
    kind: row.kind,
    organization_id: row.org_id,
    ...{ dry_run: row.dry_run, repair: row.repair, status: row.status },
    total: Math.max(row.total, row.seen),
    done: Math.max(row.seen - waiting, 0),
    counts: row.counts,
    findings: row.findings as ScimRunView['findings'], // written by write_progress
    error: row.error,
    actor: row.actor as ScimRunView['actor'], // written by insert_run
    created_at: rfc3339(row.created_at),
    finished_at: row.finished_at === null ? null : rfc3339(row.finished_at),
  };
}
