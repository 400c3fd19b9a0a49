import type { Reads } from '../storage/index.ts';
import { read_cursor, write_cursor } from './cursor.ts';
import { compile_filter, type Compiled } from './filter/compile.ts';
import { satisfies } from './filter/evaluate.ts';
import { order_of, type Order, sorted } from './order.ts';
import { project, shows } from './project.ts';
import type { Query } from './query.ts';
import { too_many } from './refusals.ts';
import type { Resource, ResourceType } from './schema/index.ts';

interface OrderedRow {
  org_id: string;
  id: string;
  created_at: number;
}

/** Where the resources of one type come from. */
export interface Source<Row extends OrderedRow> {
  readonly type: ResourceType;
  readonly rows: Reads<Row>;
  /** The resources of these rows; `full`: with what hangs on them in other tables. */
  load(rows: readonly Row[], full: boolean): Promise<Resource[]>;
  /** Ids of those who have an address, by its key. */
  readonly by_email?: (key: string, most: number) => Promise<string[]>;
  /** How many they are, if that was counted a moment ago. */
  readonly counted: (query: string, count: () => Promise<number>) => Promise<number>;
}

export interface Found {
  readonly total: number;
  readonly resources: readonly Resource[];
  readonly next: string | undefined;
}

/** What the database cannot decide is looked at row by row: at most so many. */
const MOST_LOOKED_AT = 10_000;
const BATCH = 500;
const MOST_OF_ONE_ADDRESS = 5000;

/** One page of the resources that a query asks for, always in the same order. @throws InvalidInput */
export async function find_resources<Row extends OrderedRow>(source: Source<Row>, query: Query): Promise<Found> {
  const condition = query.filter === undefined ? undefined : await looked_up(source, compile_filter(source.type, query.filter));
  const order = order_of(source.type, query.sort);
  const by_database = order !== undefined && condition?.exact !== false;
  const found = by_database ? await page_of(source, query, condition, order) : await looked_through(source, query, condition);
  const hanging = source.type.name === 'User' ? 'groups' : 'members';
  const resources = await source.load(found.rows, shows(query.projection, hanging));
  return { total: found.total, next: found.next, resources: resources.map((resource) => project(resource, query.projection)) };
}

/** Who has an address is asked first: no database then walks through everybody to find out. @throws InvalidInput tooMany */
async function looked_up<Row extends OrderedRow>({ by_email }: Source<Row>, compiled: Compiled): Promise<Compiled> {
  if (compiled.emails.length === 0) return compiled;
  const values = { ...compiled.values };
  for (const { name, key } of compiled.emails) {
    const ids = by_email === undefined ? [] : await by_email(key, MOST_OF_ONE_ADDRESS + 1);
    if (ids.length > MOST_OF_ONE_ADDRESS) throw too_many('Too many people have this address: add a condition on userName or externalId.');
    // an empty list is no list to a database
    values[name] = ids.length === 0 ? [''] : ids;
  }
  return { ...compiled, values };
}

interface FoundRows<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
  readonly next: string | undefined;
}

async function page_of<Row extends OrderedRow>(
  source: Source<Row>,
  query: Query,
  condition: Compiled | undefined,
  order: Order,
): Promise<FoundRows<Row>> {
  const { cursor, count } = query;
  const position = cursor === undefined || cursor === '' ? undefined : read_cursor(query.text, cursor);
  const total = position?.total ?? (await source.counted(JSON.stringify(condition ?? ''), () => count_of(source, condition)));
  if (count === 0) return { total, rows: [], next: undefined };
  const page = narrowed(source, condition);
  order.apply(page, position?.after);
  if (cursor === undefined) page.offset(query.start_index - 1);
  const { raw, entities } = await page.limit(cursor === undefined ? count : count + 1).getRawAndEntities<Record<string, string | number>>();
  const rows = entities.slice(0, count);
  const last = rows.at(-1);
  if (cursor === undefined || entities.length <= count || last === undefined) return { total, rows, next: undefined };
  return { total, rows, next: write_cursor(query.text, { total, after: order.position(last, raw[rows.length - 1] ?? {}) }) };
}

function narrowed<Row extends OrderedRow>({ rows }: Source<Row>, condition: Compiled | undefined) {
  const query = rows.query();
  if (condition !== undefined) query.andWhere(condition.where, condition.values);
  return query;
}

async function count_of<Row extends OrderedRow>(source: Source<Row>, condition: Compiled | undefined): Promise<number> {
  const counted = await narrowed(source, condition).select('COUNT(*)', 'total').getRawOne<{ total: number | string }>();
  return Number(counted?.total ?? 0);
}

/** The rows that might be meant, each looked at as the resource that it is. @throws InvalidInput tooMany */
async function looked_through<Row extends OrderedRow>(
  source: Source<Row>,
  query: Query,
  condition: Compiled | undefined,
): Promise<FoundRows<Row>> {
  const { filter, sort, cursor, count } = query;
  const matching: { row: Row; resource: Resource }[] = [];
  const order = order_of(source.type, undefined);
  let after: readonly (string | number)[] | undefined;
  for (let seen = 0; ; ) {
    const batch = narrowed(source, condition);
    order?.apply(batch, after);
    const rows = await batch.limit(BATCH).getMany();
    seen += rows.length;
    if (seen > MOST_LOOKED_AT)
      throw too_many(
        'This filter or order would have to look at too many resources: add a condition on userName, externalId, displayName, active or meta.',
      );
    const resources = await source.load(rows, source.type.name === 'User');
    for (const [index, row] of rows.entries()) {
      const resource = resources[index];
      if (resource !== undefined && (filter === undefined || satisfies(resource, filter))) matching.push({ row, resource });
    }
    const last = rows.at(-1);
    if (rows.length < BATCH || last === undefined) break;
    after = [last.created_at, last.id];
  }
  const all = sort === undefined ? matching : sorted(matching, sort);
  const start = cursor === undefined ? query.start_index - 1 : cursor === '' ? 0 : Number(read_cursor(query.text, cursor).after[0]);
  const rows = all.slice(start, start + count).map(({ row }) => row);
  const end = start + rows.length;
  const next =
    cursor !== undefined && rows.length > 0 && end < all.length ? write_cursor(query.text, { total: all.length, after: [end] }) : undefined;
  return { total: all.length, rows, next };
}
