import { z } from 'zod';
import type { Act } from '../../audit/index.ts';
import { Conflict, InvalidInput, new_id, NotFound, type OrgId, rfc3339 } from '../../kernel/index.ts';
import type { Listed, ListRequest, Shown } from '../../organizations/index.ts';
import type { SyncRunRow } from '../../storage/index.ts';
import type { Run, SyncDeps, SyncedConnection } from './deps.ts';
import { claim } from './lease.ts';
import { not_synced, run_sync } from './run.ts';

const sync_run_create = z.strictObject({
  /** Says what would happen; changes nothing. */
  dry_run: z.boolean().default(false),
  /** Whoever looked at a run that was stopped by its brake lets this one do it. */
  let_pass: z.boolean().default(false),
});
const time = z.iso.datetime();
const sync_run = z.object({
  id: z.string(),
  connection_id: z.string(),
  status: z.enum(['running', 'finished', 'failed', 'stopped']),
  dry_run: z.boolean(),
  /** Everything was read, not only what had changed. */
  whole: z.boolean(),
  seen: z.int(),
  created: z.int(),
  updated: z.int(),
  deactivated: z.int(),
  unchanged: z.int(),
  /** People who could not be followed; the first hundred of them. */
  problems: z.array(z.object({ subject: z.string(), problem: z.string() })),
  error: z.string().nullable(),
  /** How many would have lost their access, of how many, and the percentage at which it holds. */
  brake: z.object({ losing: z.int(), of: z.int(), percent: z.int() }).nullable(),
  started_at: time,
  finished_at: time.nullable(),
});

export const sync_run_schemas = { sync_run, sync_run_create };
export type SyncRunView = z.output<typeof sync_run>;

/** The runs of one connection. */
export interface SyncRuns {
  /** Starts one now and answers while it goes on. @throws NotFound | InvalidInput 422 | Conflict `sync_running`, `not_synced` */
  create(body: unknown, act: Act): Promise<Shown<SyncRunView>>;
  /** The same, and waits for its end. */
  finish(body: unknown, act: Act): Promise<SyncRunView>;
  /** Newest first. @throws NotFound */
  list(request: ListRequest): Promise<Listed<SyncRunView>>;
  /** @throws NotFound */
  get(id: string): Promise<Shown<SyncRunView>>;
}

export interface Under {
  /** A run that goes on by itself. */
  under_way(work: Promise<unknown>): void;
  /** Aborted when the process ends. */
  readonly signal: AbortSignal;
}

/** However large a directory is. */
const LONGEST_MS = 3_600_000;

export function make_sync_runs(deps: SyncDeps, { under_way, signal }: Under): (org_id: OrgId, connection_id: string) => SyncRuns {
  return (org_id, connection_id) => {
    const { sync_runs } = deps.storage.org(org_id);
    const start = async (body: unknown, act: Act) => {
      const connection = await own_connection(deps, org_id, connection_id);
      const { dry_run, let_pass } = parse(body);
      if (connection.protocol !== 'ldap') throw not_synced();
      const begun = await begin_run(deps, connection, { dry_run, act, due: false });
      if (begun === undefined) throw new Conflict('sync_running', 'This directory is being read at this moment.');
      const ending = run_sync(deps, begun.run, { let_pass, signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]) });
      return { begun: begun.row, ending };
    };
    return {
      async create(body, act) {
        const { begun, ending } = await start(body, act);
        under_way(ending);
        return { view: present(begun), version: 1 };
      },
      finish: async (body, act) => present(await (await start(body, act)).ending),
      async list(request) {
        await own_connection(deps, org_id, connection_id);
        const page = await sync_runs.page({ ...request, descending: true }, { order_by: 'started_at', match: { connection_id } });
        return { data: page.data.map(present), next: page.next };
      },
      async get(id) {
        const row = await sync_runs.find_one({ id, connection_id });
        if (row === undefined) throw new NotFound('sync run');
        return { view: present(row), version: 1 };
      },
    };
  };
}

/** Takes the lease and writes down that a run goes on; undefined when another has it. What a process that died has left says so from then on. */
export async function begin_run(
  deps: SyncDeps,
  connection: SyncedConnection,
  { dry_run, act, due }: { readonly dry_run: boolean; readonly act: Act; readonly due: boolean },
): Promise<{ readonly run: Run; readonly row: SyncRunRow } | undefined> {
  const { org_id, id: connection_id } = connection;
  const [id, now] = [new_id('syn'), deps.now()];
  if (!(await claim(deps.storage, { org_id, id: connection_id, lease: id, now }, due))) return undefined;
  const row: SyncRunRow = {
    ...{ org_id, id, connection_id, status: 'running', dry_run, whole: true, counts: {}, problems: [], error: null, brake: null },
    started_at: now,
    finished_at: null,
  };
  await deps.storage.transact(async (tx) => {
    await tx
      .org(org_id)
      .sync_runs.update(
        { connection_id, status: 'running' },
        { status: 'failed', error: 'the process that ran it ended', finished_at: now },
      );
    await tx.org(org_id).sync_runs.insert(row);
  });
  return { run: { id, org_id, connection, dry_run, act }, row };
}

async function own_connection(deps: SyncDeps, org_id: OrgId, id: string): Promise<SyncedConnection> {
  const connection = await deps.connection(id);
  if (connection?.org_id !== org_id) throw new NotFound('connection');
  return connection;
}

function parse(body: unknown): z.output<typeof sync_run_create> {
  const read = sync_run_create.safeParse(body ?? {});
  if (read.success) return read.data;
  const fields = read.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: key.slice(0, 200), message: 'is not a field that can be set' }))
      : [{ path: issue.path.map(String).join('.'), message: issue.message }],
  );
  throw new InvalidInput('invalid_body', 'Some fields are wrong.', { status: 422, fields });
}

function present(row: SyncRunRow): SyncRunView {
  const count = (name: string): number => row.counts[name] ?? 0;
  return {
    ...{ id: row.id, connection_id: row.connection_id, status: row.status, dry_run: row.dry_run, whole: row.whole },
    ...{ seen: count('seen'), created: count('created'), updated: count('updated') },
    ...{ deactivated: count('deactivated'), unchanged: count('unchanged') },
    ...{ problems: row.problems, error: row.error },
    brake: row.brake === null ? null : { losing: row.brake['losing'] ?? 0, of: row.brake['of'] ?? 0, percent: row.brake['percent'] ?? 0 },
    started_at: rfc3339(row.started_at),
    finished_at: row.finished_at === null ? null : rfc3339(row.finished_at),
  };
}
