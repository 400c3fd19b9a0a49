import { NotFound } from '../kernel/index.ts';
import type { AuditEventRow, LoginTraceRow, Match, Storage, Tx } from '../storage/index.ts';
import type { Act } from './act.ts';
import { append_latest, type LatestEntry } from './append_latest.ts';
import { type AuditEvent, record } from './event.ts';
import { append_outbox, type OutboxEntry } from './outbox.ts';
import type { PublishDeps } from './publish.ts';
import { type ChainReport, seal_chain, verify_chain } from './chain/index.ts';
import { type ExportFormat, format_line } from './export/index.ts';
import { ids_of_person } from './ids_of_person.ts';
import { find_trace, save_trace, type Trace, type TraceReader } from './trace.ts';
import { type AuditEventView, present_event, present_summary, type TraceSummary, type TraceView } from './views.ts';

interface Paged {
  /** 1 to 1000, default 50. */
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
  readonly organization_id?: string | undefined;
  /** Epoch milliseconds: this moment and later. */
  readonly since?: number | undefined;
}

export interface EventListRequest extends Paged {
  readonly type?: string | undefined;
  /** An actor's id; for those who have none (`cli`, `system`), their kind. */
  readonly actor?: string | undefined;
  /** The id of what was changed. */
  readonly target?: string | undefined;
}

export interface TraceListRequest extends Paged {
  readonly outcome?: string | undefined;
  /** The error code of those that did not succeed. */
  readonly code?: string | undefined;
  readonly connection_id?: string | undefined;
  readonly client_id?: string | undefined;
  readonly user_id?: string | undefined;
}

export interface ExportRequest {
  readonly format: ExportFormat;
  /** The place in the chain after which to go on; 0 and absent: from the beginning. */
  readonly after?: number | undefined;
  /** 1 to 1000, default 1000. */
  readonly limit?: number | undefined;
  readonly organization_id?: string | undefined;
  readonly type?: string | undefined;
  readonly actor?: string | undefined;
  readonly target?: string | undefined;
  readonly since?: number | undefined;
}

export interface Exported {
  /** Oldest first, as they stand in the chain: what came late has a later place, so that nobody who goes on where they were misses anything. */
  readonly lines: readonly string[];
  /** Where to go on, now or later. */
  readonly after: number;
  readonly more: boolean;
}

interface Newest<View> {
  readonly data: readonly View[];
  readonly next: string | null;
}

export interface Audit {
  /** In the writer's own unit of work; secrets in `before` and `after` are masked. */
  record(tx: Tx, act: Act, event: AuditEvent): Promise<void>;
  /** In the writer's own unit of work; answers the id. */
  append_outbox(tx: Tx, entry: OutboxEntry): Promise<string>;
  /** The same for many, of which what waits already is not appended again; answers the ids. */
  append_latest(tx: Tx, entries: readonly LatestEntry[]): Promise<string[]>;
  /** Lines for another system. */
  export_events(request: ExportRequest): Promise<Exported>;
  /** Puts what was recorded since into the chain; called by a timer. Answers how many. */
  seal_chain(): Promise<number>;
  /** Whether a row of the record was changed, or is missing. */
  verify_chain(): Promise<ChainReport>;
  save_trace(tx: Tx, trace: Trace): Promise<void>;
  /** Newest first. @throws InvalidInput for a cursor that is not ours */
  list_events(request: EventListRequest): Promise<Newest<AuditEventView>>;
  /** @throws NotFound */
  find_event(id: string): Promise<AuditEventView>;
  /** Newest first, without what the partner said. @throws InvalidInput for a cursor that is not ours */
  list_traces(request: TraceListRequest): Promise<Newest<TraceSummary>>;
  /** Whoever may not see personal data gets it masked. @throws NotFound: unknown, expired, or another organization's */
  find_trace(reference: string, reader: TraceReader): Promise<TraceView>;
}

export interface AuditDeps extends PublishDeps {
  readonly storage: Storage;
  /** How long a trace can be opened. */
  readonly trace_days: number;
}

export function make_audit(deps: AuditDeps): Audit {
  const { storage, now } = deps;
  const { audit_events, login_traces } = storage.gateway;
  return {
    record: (tx, act, event) => record(deps, tx, act, event),
    append_outbox: (tx, entry) => append_outbox(deps, tx, entry),
    append_latest: (tx, entries) => append_latest(deps, tx, entries),
    export_events: (request) => export_events(storage, request),
    seal_chain: () => seal_chain(storage),
    verify_chain: () => verify_chain(storage),
    save_trace: (tx, trace) => save_trace(storage, deps.trace_days, tx, trace),
    async list_events({ limit, after, organization_id, type, actor, target, since }) {
      const people = await of_people(storage, { actor_id: actor, target_id: target });
      const { data, next } = await audit_events.page(
        { limit, after, descending: true },
        {
          order_by: 'at',
          match: given<AuditEventRow>({ org_id: organization_id, type }),
          narrow: (query) => {
            for (const [column, ids] of people) query.andWhere(`row.${column} IN (:...${column})`, { [column]: ids });
            if (since !== undefined) query.andWhere('row.at >= :since', { since });
          },
        },
      );
      return { data: data.map(present_event), next };
    },
    async find_event(id) {
      const row = await audit_events.find_one({ id });
      if (row === undefined) throw new NotFound('audit event');
      return present_event(row);
    },
    async list_traces({ limit, after, organization_id, outcome, code, connection_id, client_id, user_id, since }) {
      const people = await of_people(storage, { user_id });
      const { data, next } = await login_traces.page(
        { limit, after, descending: true },
        {
          order_by: 'started_at',
          match: given<LoginTraceRow>({ org_id: organization_id, connection_id, client_id }),
          narrow: (query) => {
            for (const [column, ids] of people) query.andWhere(`row.${column} IN (:...${column})`, { [column]: ids });
            query.andWhere('row.expires_at > :now', { now: now() });
            if (outcome !== undefined) query.andWhere('row.outcome = :outcome', { outcome });
            if (code !== undefined) query.andWhere('row.code = :code', { code });
            if (since !== undefined) query.andWhere('row.started_at >= :since', { since });
          },
        },
      );
      return { data: data.map(present_summary), next };
    },
    find_trace: (reference, reader) => find_trace(deps, reference, reader),
  };
}

async function export_events(
  storage: Storage,
  { format, after = 0, limit = 1000, organization_id, type, actor, target, since }: ExportRequest,
): Promise<Exported> {
  const query = storage.gateway.audit_events.query().andWhere('row.seq > :after', { after });
  for (const [column, ids] of await of_people(storage, { actor_id: actor, target_id: target }))
    query.andWhere(`row.${column} IN (:...${column})`, { [column]: ids });
  const conditions = given<AuditEventRow>({ org_id: organization_id, type });
  for (const [column, value] of Object.entries(conditions)) query.andWhere(`row.${column} = :${column}`, { [column]: value });
  if (since !== undefined) query.andWhere('row.at >= :since', { since });
  const rows = await query
    .orderBy('row.seq', 'ASC')
    .limit(limit + 1)
    .getMany();
  const shown = rows.slice(0, limit).map((row) => ({ ...present_event(row), seq: row.seq ?? 0, link: row.link ?? '' }));
  return { lines: shown.map(format_line[format]), after: shown.at(-1)?.seq ?? after, more: rows.length > limit };
}

/** By column, every id of whoever is asked for. */
const of_people = (storage: Storage, asked: Readonly<Record<string, string | undefined>>): Promise<(readonly [string, string[]])[]> =>
  Promise.all(
    Object.entries(asked).flatMap(([column, id]) =>
      id === undefined ? [] : [ids_of_person(storage.sql, id).then((ids) => [column, ids] as const)],
    ),
  );

/** The conditions that were asked for: the store refuses a condition on nothing. */
const given = <Row>(conditions: { readonly [Column in keyof Row]?: Row[Column] | undefined }): Match<Row> =>
  Object.fromEntries(Object.entries(conditions).filter(([, value]) => value !== undefined)) as Match<Row>; // what is left has a value
