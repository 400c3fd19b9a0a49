import type { AttributePath } from '../attribute_path.ts';
import type { Filter } from '../filter/filter.ts';
import type { Operation } from '../patch/operations.ts';
import type { Query } from '../query.ts';
import type { Resource } from '../schema/index.ts';
import { is_record } from '../filter/evaluate.ts';
import { without_secrets } from './kept_body.ts';

/** A change that was kept, as the record has it. */
export interface Effect {
  readonly type: string;
  readonly resource: { readonly kind: string; readonly id: string };
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
}

/** What we took an operation for, in our own names. */
export interface Understood {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
  readonly filter?: string;
  readonly sort?: string;
  readonly start?: number | string;
  readonly count?: number;
}

const MOST = 200;

/** What is seen of one request while it is answered: what it was taken for, and what it changed. */
export class Observed {
  readonly understood: Understood[] = [];
  readonly effects: Effect[] = [];
  /** Beyond those that are kept. */
  left_out = 0;

  note(...operations: readonly Understood[]): void {
    this.push(this.understood, operations);
  }

  happened(effects: readonly Effect[]): void {
    this.push(this.effects, effects);
  }

  private push<One>(list: One[], more: readonly One[]): void {
    const room = Math.max(MOST - list.length, 0);
    list.push(...more.slice(0, room));
    this.left_out += Math.max(more.length - room, 0);
  }
}

export const understood_query = ({ filter, sort, start_index, count, cursor }: Query): Understood => ({
  op: 'list',
  ...(filter !== undefined && { filter: write_filter(filter) }),
  ...(sort !== undefined && { sort: `${write_path(sort.path)} ${sort.descending ? 'descending' : 'ascending'}` }),
  start: cursor === undefined ? start_index : cursor === '' ? 'cursor' : 'cursor, further',
  count,
});

export const understood_resource = (op: 'create' | 'replace', value: Resource): Understood => ({ op, value });

export const understood_operations = (operations: readonly Operation[]): Understood[] =>
  operations.map(({ op, path, value }) => ({
    op,
    ...(path !== undefined && { path: path.where === undefined ? write_path(path) : chosen_path(path, path.where) }),
    ...(value !== undefined && {
      value: path?.attribute?.mutability === 'writeOnly' ? '***' : is_record(value) ? without_secrets(value) : value,
    }),
  }));

function chosen_path(path: AttributePath, where: Filter): string {
  const whole = write_path({ ...path, sub: undefined });
  return `${whole}[${write_filter(where)}]${path.sub === undefined ? '' : `.${path.sub.name}`}`;
}

function write_path({ extension, attribute, sub }: AttributePath): string {
  const name = [attribute?.name, sub?.name].filter((part) => part !== undefined).join('.');
  return [extension, name].filter((part) => part !== undefined && part !== '').join(':');
}

/** The filter as we read it: names in the case of the schema, every value quoted. */
export function write_filter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.parts.map(write_filter).join(` ${filter.kind} `)})`;
    case 'not':
      return `not (${write_filter(filter.part)})`;
    case 'present':
      return `${write_path(filter.path)} pr`;
    case 'element':
      return `${write_path(filter.path)}[${write_filter(filter.where)}]`;
    case 'compare':
      return `${write_path(filter.path)} ${filter.op} ${JSON.stringify(filter.value)}`;
  }
}
