import type { Reads } from '../storage/index.ts';
import { column_of } from './filter/compile.ts';
import { fold, is_record, values_at } from './filter/evaluate.ts';
import type { Query } from './query.ts';
import { invalid_cursor } from './refusals.ts';
import type { Resource, ResourceType } from './schema/index.ts';

/** The part of a query that an order works on. */
type Rows = Pick<ReturnType<Reads<{ id: string }>['query']>, 'andWhere' | 'addSelect' | 'orderBy' | 'addOrderBy'>;

/** An order that the database keeps, with the place of a row in it. */
export interface Order {
  /** Puts rows in this order, behind a place in it. @throws InvalidInput invalidCursor for what is no place */
  apply(query: Rows, after: readonly (string | number)[] | undefined): void;
  position(row: { readonly created_at: number; readonly id: string }, raw: Readonly<Record<string, string | number>>): (string | number)[];
}

const by_age: Order = {
  apply(query, after) {
    place(
      query,
      [
        ['row.created_at', 'number'],
        ['row.id', 'string'],
      ],
      '>',
      after,
    );
    query.orderBy('row.created_at', 'ASC').addOrderBy('row.id', 'ASC');
  },
  position: ({ created_at, id }) => [created_at, id],
};

/** Undefined where only the resources themselves can be sorted. Whoever lacks the attribute comes last, or first when descending (RFC 7644 section 3.4.2.3). */
export function order_of(type: ResourceType, sort: Query['sort']): Order | undefined {
  if (sort === undefined) return by_age;
  const column = column_of(type, sort.path);
  if (column === undefined) return undefined;
  const at = `row.${column.name}`;
  const missing = column.nullable ? `CASE WHEN ${at} IS NULL THEN 1 ELSE 0 END` : '0';
  const value =
    column.kind === 'boolean'
      ? `CASE WHEN ${at} THEN 1 ELSE 0 END`
      : column.kind === 'lower'
        ? `LOWER(COALESCE(${at}, ''))`
        : column.nullable
          ? `COALESCE(${at}, '')`
          : `(${at})`; // bare, the mapper would take it for the column itself
  const kind: Kind = column.kind === 'boolean' || column.kind === 'time' ? 'number' : 'string';
  const direction = sort.descending ? 'DESC' : 'ASC';
  return {
    apply(query, after) {
      place(
        query,
        [
          [missing, 'number'],
          [value, kind],
          ['row.id', 'string'],
        ],
        sort.descending ? '<' : '>',
        after,
      );
      query.addSelect(missing, 'sort_missing').addSelect(value, 'sort_value');
      query.orderBy('sort_missing', direction).addOrderBy('sort_value', direction).addOrderBy('row.id', direction);
    },
    position: ({ id }, raw) => [raw['sort_missing'] ?? 0, raw['sort_value'] ?? '', id],
  };
}

type Kind = 'number' | 'string';

function place(
  query: Rows,
  order: readonly (readonly [string, Kind])[],
  beyond: '<' | '>',
  after: readonly (string | number)[] | undefined,
): void {
  if (after === undefined) return;
  // a cursor comes from outside: what the database would stumble over is none of ours
  const fits = order.every(([, kind], index) => typeof after[index] === kind && (kind === 'string' || Number.isSafeInteger(after[index])));
  if (!fits || after.length !== order.length || after.some((one) => String(one).includes('\0'))) throw invalid_cursor();
  const names = after.map((_, index) => `:after_${index}`);
  query.andWhere(
    `(${order.map(([text]) => text).join(', ')}) ${beyond} (${names.join(', ')})`,
    Object.fromEntries(after.map((one, index) => [`after_${index}`, one])),
  );
}

/** The same order for resources that were read. Of several values the primary one counts, else the first. */
export function sorted<Item extends { readonly resource: Resource }>(
  items: readonly Item[],
  { path, descending }: NonNullable<Query['sort']>,
): Item[] {
  const exact = (path.sub ?? path.attribute)?.exact === true;
  const key_of = ({ resource }: Item): string | undefined => {
    const elements = values_at(resource, { ...path, sub: undefined });
    const chosen = elements.find((one) => is_record(one) && one['primary'] === true) ?? elements[0];
    const value = path.sub === undefined ? chosen : is_record(chosen) ? chosen[path.sub.name] : undefined;
    if (value === undefined || value === null) return undefined;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return exact ? text : fold(text);
  };
  const keyed = items.map((item, index) => ({ item, index, key: key_of(item) }));
  keyed.sort((a, b) => {
    if (a.key === b.key) return a.index - b.index;
    const order = a.key === undefined ? 1 : b.key === undefined ? -1 : a.key < b.key ? -1 : 1;
    return descending ? -order : order;
  });
  return keyed.map(({ item }) => item);
}
