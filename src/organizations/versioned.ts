import type { Act } from '../audit/index.ts';
import { Conflict, NotFound, type OrgId } from '../kernel/index.ts';
import type { Page, PageRequest, Tx } from '../storage/index.ts';
import type { Collection, ListRequest, Shown } from './collection.ts';
import type { OrganizationsDeps } from './deps.ts';
import { type Body, difference, patched } from './merge_patch.ts';

export interface VersionedRow {
  readonly id: string;
  readonly version: number;
}

/** The part of a store that this needs, whatever its scope. */
export interface RowWrites<Row> {
  find_one(match: { id: string }): Promise<Row | undefined>;
  insert(row: Row): Promise<void>;
  update(match: { id: string; version: number }, changes: Partial<Row>): Promise<number>;
  delete(match: { id: string; version: number }): Promise<number>;
}
export interface RowReads<Row> {
  find_one(match: { id: string }): Promise<Row | undefined>;
  page(request: PageRequest, options: { match: Readonly<Record<string, string>> }): Promise<Page<Row>>;
}

/** What one kind of configuration is: everything else about its collection is the same for all. */
export interface Kind<Row extends VersionedRow, View extends Body> {
  /** In events (`role.created`), in targets and in "No such role". */
  readonly name: string;
  /** The organization that it is within. */
  readonly within?: OrgId;
  /** The organization in whose record its events stand; absent: the one it is within, or the installation's own. */
  org_of?(row: Row): OrgId;
  readonly reads: RowReads<Row>;
  writes(tx: Tx): RowWrites<Row>;
  /** Columns by which a list may be narrowed. */
  readonly filters?: readonly string[];
  present(row: Row): View;
  label(row: Row): string;
  /** What can be set, as it is now. */
  body(row: Row): Body;
  /** Reads a body into a whole row. @throws InvalidInput | Forbidden */
  make(body: unknown, act: Act): Row | Promise<Row>;
  /** Reads the body that a patch makes. @throws InvalidInput | Forbidden */
  change(row: Row, body: Body, act: Act, tx: Tx): Partial<Row> | Promise<Partial<Row>>;
  /** May this actor touch the row at all? @throws Forbidden */
  permit?(row: Row, act: Act, what: 'update' | 'remove'): void;
  /** What ends with the change, in its unit of work. `after` is undefined when the row goes. */
  ends?(tx: Tx, before: Row, after: Row | undefined, act: Act): Promise<void>;
}

export const require_version = (row: VersionedRow, if_match: number | undefined): void => {
  if (if_match !== undefined && if_match !== Number(row.version)) throw stale();
};

export const stale = (): Conflict =>
  new Conflict('stale', 'This was changed in the meantime. Read it again and repeat your change.', { status: 412 });

export function make_versioned<Row extends VersionedRow, View extends Body>(
  deps: OrganizationsDeps,
  kind: Kind<Row, View>,
): Collection<View> & Required<Pick<Collection<View>, 'update'>> {
  const shown = (row: Row): Shown<View> => ({ view: kind.present(row), version: Number(row.version) });
  return {
    async create(body, act) {
      const row = await kind.make(body, act);
      await insert_versioned(deps, kind, row, act);
      return shown(row);
    },
    async list(request) {
      const { data, next } = await kind.reads.page(request, { match: narrowed(request, kind.filters) });
      return { data: data.map(kind.present), next };
    },
    get: async (id) => shown(await read(kind, kind.reads, id)),
    async update(id, patch, act, if_match) {
      return deps.storage.transact(async (tx) => {
        await tx.config_changed(); // its row lock lets one process at a time
        const row = await read(kind, kind.writes(tx), id);
        kind.permit?.(row, act, 'update');
        require_version(row, if_match);
        const changes = await kind.change(row, patched(kind.body(row), patch, kind.present(row)), act, tx);
        const next: Row = { ...row, ...changes };
        const { before, after } = difference(kind.present(row), kind.present(next));
        if (Object.keys({ ...before, ...after }).length === 0) return shown(row);
        const version = Number(row.version) + 1;
        const stamped = { ...changes, updated_at: deps.now(), version };
        if ((await kind.writes(tx).update({ id, version: row.version }, stamped)) === 0) throw stale();
        const whole: Row = { ...next, ...stamped };
        await kind.ends?.(tx, row, whole, act);
        await deps.record(tx, act, { ...event_of(kind, whole, 'updated'), before, after });
        return shown(whole);
      });
    },
    async remove(id, act, if_match) {
      await deps.storage.transact(async (tx) => {
        await tx.config_changed(); // as above
        await remove_within(deps, kind, tx, id, act, if_match);
      });
    },
  };
}

export async function insert_versioned<Row extends VersionedRow, View extends Body>(
  deps: OrganizationsDeps,
  kind: Kind<Row, View>,
  row: Row,
  act: Act,
): Promise<void> {
  await deps.storage.transact(async (tx) => {
    await tx.config_changed();
    await insert_within(deps, kind, tx, row, act);
  });
}

/** One in the place of another, both or neither. @throws NotFound */
export async function replace_versioned<Row extends VersionedRow, View extends Body>(
  deps: OrganizationsDeps,
  kind: Kind<Row, View>,
  id: string,
  row: Row,
  act: Act,
): Promise<void> {
  await deps.storage.transact(async (tx) => {
    await tx.config_changed();
    await remove_within(deps, kind, tx, id, act, undefined);
    await insert_within(deps, kind, tx, row, act);
  });
}

async function insert_within<Row extends VersionedRow, View extends Body>(
  deps: OrganizationsDeps,
  kind: Kind<Row, View>,
  tx: Tx,
  row: Row,
  act: Act,
): Promise<void> {
  if (kind.within !== undefined) await require_row(tx, kind.within);
  await kind.writes(tx).insert(row);
  await deps.record(tx, act, { ...event_of(kind, row, 'created'), after: { ...kind.present(row) } });
}

async function remove_within<Row extends VersionedRow, View extends Body>(
  deps: OrganizationsDeps,
  kind: Kind<Row, View>,
  tx: Tx,
  id: string,
  act: Act,
  if_match: number | undefined,
): Promise<void> {
  const row = await read(kind, kind.writes(tx), id);
  kind.permit?.(row, act, 'remove');
  require_version(row, if_match);
  await kind.ends?.(tx, row, undefined, act);
  if ((await kind.writes(tx).delete({ id, version: row.version })) === 0) throw stale();
  await deps.record(tx, act, { ...event_of(kind, row, 'deleted'), before: { ...kind.present(row) } });
}

async function read<Row extends VersionedRow, View extends Body>(
  kind: Kind<Row, View>,
  rows: Pick<RowReads<Row>, 'find_one'>,
  id: string,
): Promise<Row> {
  const row = await rows.find_one({ id });
  if (row === undefined) throw new NotFound(kind.name.replaceAll('_', ' '));
  return row;
}

/** Seen in the unit of work that adds to it, under the lock that whoever deletes it takes as well. @throws NotFound */
export async function require_row(tx: Tx, org_id: OrgId): Promise<void> {
  if ((await tx.gateway.organizations.count({ id: org_id })) === 0) throw new NotFound('organization');
}

const event_of = <Row extends VersionedRow, View extends Body>(kind: Kind<Row, View>, row: Row, what: string) => ({
  type: `${kind.name}.${what}`,
  org_id: kind.org_of?.(row) ?? kind.within ?? null,
  target: { kind: kind.name, id: row.id, name: kind.label(row) },
});

export function narrowed(request: ListRequest, names: readonly string[] = []): Record<string, string> {
  const given = Object.entries(request.filters ?? {}).filter(([name, value]) => names.includes(name) && value !== '');
  return Object.fromEntries(given);
}
