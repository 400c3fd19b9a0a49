import { randomBytes } from 'node:crypto';
import type { OrgId } from '../../kernel/index.ts';
import type { SqlValue, Storage, Tx } from '../../storage/index.ts';
import { sealed_of, type Sealed } from './sealed.ts';
import { trim_requests, type Trimming } from './trim.ts';

/** One request as it is handed over, once its answer is made. */
export interface SeenRequest extends Sealed {
  readonly org_id: OrgId;
  readonly token: { readonly id: string; readonly name: string } | undefined;
  readonly dialect: string | undefined;
  readonly method: string;
  /** Without query, and without ids that are none of ours. */
  readonly shown_path: string;
  readonly status: number;
  readonly error_code: string | undefined;
  readonly duration_ms: number;
  readonly replay_of?: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface RequestLog {
  /** Takes it, and writes it later: costs the request nothing, and never fails it. */
  note(request: SeenRequest): void;
  /** Writes what was taken; called by a timer, at the end, and before the log is read. Never fails. */
  flush(): Promise<void>;
  /** Keeps to the limits; called by a timer. */
  trim(): Promise<void>;
}

export interface RequestLogDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly limits: Trimming;
  readonly log: (message: string, fields: object) => void;
}

/** What waits is in memory: at most so many, about so many characters. More are counted and let go. */
const MOST_WAITING = 2000;
const MOST_CHARACTERS = 16 * 1024 * 1024;
/** Rows of one statement, and rows of one unit of work. */
const CHUNKS = [25, 1] as const;
const BATCH = 100;

export function make_request_log(deps: RequestLogDeps): RequestLog {
  const { storage, log } = deps;
  let waiting: Waiting[] = [];
  let characters = 0;
  let lost = 0;
  let written = new Set<OrgId>();
  let writing: Promise<void> = Promise.resolve();
  let taken = 0;
  const write = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    characters = 0;
    if (lost > 0) log('requests of directories came faster than they could be logged', { lost });
    lost = 0;
    for (let start = 0; start < batch.length; start += BATCH) {
      const rows = batch.slice(start, start + BATCH);
      for (const { request } of rows) written.add(request.org_id);
      await save(storage, rows).catch((error: unknown) => log('requests of directories could not be logged', { rows: rows.length, error }));
    }
  };
  return {
    note(request) {
      if (deps.limits.days === 0) return;
      const size = request.body?.text.length ?? 0;
      if (waiting.length >= MOST_WAITING || characters + size > MOST_CHARACTERS) {
        lost += 1;
        return;
      }
      taken += 1;
      waiting.push({ request, id: id_of(request.at, taken) });
      characters += size;
    },
    // one after the other: whoever waits for a flush finds everything that was noted before
    flush: () => (writing = writing.then(() => (waiting.length === 0 ? undefined : write()))),
    async trim() {
      const touched = written;
      written = new Set();
      await trim_requests(storage, deps.limits, deps.now(), touched);
    },
  };
}

interface Waiting {
  readonly request: SeenRequest;
  readonly id: string;
}

/** Sorts by time; what comes in the same millisecond, in the order in which it was taken here. */
const id_of = (at: number, taken: number): string =>
  `srq_${at.toString(36).padStart(10, '0')}${(taken % 36 ** 4).toString(36).padStart(4, '0')}${randomBytes(6).toString('hex')}`;

async function save(storage: Storage, rows: readonly Waiting[]): Promise<void> {
  // sealed before the unit of work begins: others write meanwhile
  const values = rows.map((row) => ({ org_id: row.request.org_id, values: values_of(storage, row) }));
  await storage.transact(async (tx) => {
    const known = await organizations_of(tx, [...new Set(rows.map(({ request }) => request.org_id))]);
    // a token that is none may have named an organization that is none
    let left = values.filter(({ org_id }) => known.has(org_id)).map((row) => row.values);
    for (const size of CHUNKS) {
      for (; left.length >= size; left = left.slice(size))
        await tx.sql.run(
          `INSERT INTO "scim_requests" (${COLUMNS}) VALUES ${Array.from({ length: size }, () => MARKS).join(', ')}`,
          left.slice(0, size).flat(),
        );
    }
  });
}

async function organizations_of(tx: Tx, ids: readonly OrgId[]): Promise<ReadonlySet<OrgId>> {
  const known = new Set<OrgId>();
  for (const id of ids) if ((await tx.sql.get(`SELECT "id" FROM "organizations" WHERE "id" = ?`, [id])) !== undefined) known.add(id);
  return known;
}

const NAMES = [
  ...['org_id', 'id', 'token_id', 'token_name', 'dialect', 'method', 'path', 'status', 'error_code', 'duration_ms'],
  ...['resource_ids', 'changes', 'replay_of', 'bytes', 'sealed_request', 'created_at'],
];
const COLUMNS = NAMES.map((name) => `"${name}"`).join(', ');
const MARKS = `(${NAMES.map(() => '?').join(', ')})`;
const MOST_IDS = 100;

function values_of({ seal }: Pick<Storage, 'seal'>, { request: seen, id }: Waiting): SqlValue[] {
  const sealed = seal.seal(sealed_of(seen), request_context_of(seen.org_id, id));
  const ids = [...new Set(seen.effects.map(({ resource }) => resource.id))].slice(0, MOST_IDS);
  return [
    ...[seen.org_id, id, seen.token?.id ?? null, seen.token?.name ?? null, seen.dialect ?? null],
    ...[seen.method, seen.shown_path, seen.status, seen.error_code ?? null, Math.round(seen.duration_ms)],
    ...[` ${ids.join(' ')} `, seen.effects.length, seen.replay_of ?? null, sealed.length, sealed, seen.at],
  ];
}

/** What a request is sealed under. */
export const request_context_of = (org_id: string, id: string): string => `scim_request/${org_id}/${id}`;
