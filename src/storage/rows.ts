import { randomBytes } from 'node:crypto';
import {
  type EntityManager,
  type EntitySchema,
  type FindOptionsWhere,
  type ObjectLiteral,
  QueryFailedError,
  type SelectQueryBuilder,
} from 'typeorm';
import { Conflict, InvalidInput } from '../kernel/index.ts';

/** Which rows: every named column equal. */
export type Match<Row> = { readonly [Column in keyof Row]?: NonNullable<Row[Column]> };

export interface Page<Row> {
  readonly data: Row[];
  /** Opaque; null on the last page. */
  readonly next: string | null;
}

export interface PageRequest {
  /** 1 to 1000, default 50. */
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
  /** Newest first. */
  readonly descending?: boolean | undefined;
}

export interface Reads<Row extends ObjectLiteral> {
  find_one(match: Match<Row>): Promise<Row | undefined>;
  find(match: Match<Row>): Promise<Row[]>;
  count(match?: Match<Row>): Promise<number>;
  /** One page in the order of `(order_by, id)`; `narrow` may add conditions on the alias `row`. @throws InvalidInput on a cursor that is not ours */
  page(
    request: PageRequest,
    options?: { order_by?: keyof Row & string; match?: Match<Row>; narrow?: (query: SelectQueryBuilder<Row>) => void },
  ): Promise<Page<Row>>;
  /** A query already bound to this scope, alias `row`, for what the others cannot say. */
  query(): SelectQueryBuilder<Row>;
}

export interface Writes<Row extends ObjectLiteral, Scope extends keyof Row = never> extends Reads<Row> {
  /** @throws Conflict `already_exists` when a unique index holds the row back */
  insert(row: Omit<Row, Scope>): Promise<void>;
  /** Answers how many rows matched: a conditional update is how single-use things are consumed. */
  update(match: Match<Row>, changes: Partial<Omit<Row, Scope>>): Promise<number>;
  delete(match: Match<Row>): Promise<number>;
}

/** Reads and writes the rows of one table within a fixed scope, merged last into everything, so that no argument can leave it. */
export class ScopedRows<Row extends ObjectLiteral, Scope extends keyof Row = never> implements Writes<Row, Scope> {
  private readonly manager: EntityManager;
  private readonly schema: EntitySchema<Row>;
  private readonly scope: Pick<Row, Scope>;

  constructor(manager: EntityManager, schema: EntitySchema<Row>, scope: Pick<Row, Scope>) {
    this.manager = manager;
    this.schema = schema;
    this.scope = scope;
  }

  private where(match: Match<Row>): FindOptionsWhere<Row> {
    refuse_nothing(match);
    return { ...match, ...this.scope };
  }

  async find_one(match: Match<Row>): Promise<Row | undefined> {
    if (Object.keys(match).length === 0) throw new TypeError('find_one without a condition would answer any row');
    return (await this.manager.getRepository(this.schema).findOneBy(this.where(match))) ?? undefined;
  }

  async find(match: Match<Row>): Promise<Row[]> {
    return this.manager.getRepository(this.schema).findBy(this.where(match));
  }

  async count(match: Match<Row> = {}): Promise<number> {
    return this.manager.getRepository(this.schema).countBy(this.where(match));
  }

  query(): SelectQueryBuilder<Row> {
    const query = this.manager.getRepository(this.schema).createQueryBuilder('row');
    for (const [column, value] of Object.entries(this.scope))
      query.andWhere(`row.${column} = :scope_${column}`, { [`scope_${column}`]: value });
    return query;
  }

  async page(
    request: PageRequest,
    options: { order_by?: keyof Row & string; match?: Match<Row>; narrow?: (query: SelectQueryBuilder<Row>) => void } = {},
  ): Promise<Page<Row>> {
    const limit = Math.min(Math.max(request.limit ?? 50, 1), 1000);
    const order = options.order_by ?? 'created_at';
    const query = this.query();
    const match: Readonly<Record<string, unknown>> = options.match ?? {};
    refuse_nothing(match);
    for (const [column, value] of Object.entries(match)) query.andWhere(`row.${column} = :match_${column}`, { [`match_${column}`]: value });
    options.narrow?.(query);
    if (request.after !== undefined) {
      const [at, id] = read_cursor(request.after);
      const beyond = request.descending === true ? '<' : '>';
      query.andWhere(`(row.${order} ${beyond} :cursor_at OR (row.${order} = :cursor_at AND row.id ${beyond} :cursor_id))`, {
        cursor_at: at,
        cursor_id: id,
      });
    }
    const direction = request.descending === true ? 'DESC' : 'ASC';
    const rows = await query
      .orderBy(`row.${order}`, direction)
      .addOrderBy('row.id', direction)
      .limit(limit + 1)
      .getMany();
    const data = rows.slice(0, limit);
    const last = data.at(-1);
    return { data, next: rows.length > limit && last !== undefined ? write_cursor(last[order], last['id']) : null };
  }

  async insert(row: Omit<Row, Scope>): Promise<void> {
    const whole = { ...row, ...this.scope } as Parameters<ReturnType<EntityManager['getRepository']>['insert']>[0]; // rows are plain: no partial entities
    try {
      await this.manager.getRepository(this.schema).insert(whole);
    } catch (error) {
      throw as_conflict(error);
    }
  }

  async update(match: Match<Row>, changes: Partial<Omit<Row, Scope>>): Promise<number> {
    if (Object.keys(match).length === 0) throw new TypeError('update without a condition');
    try {
      const result = await this.manager
        .createQueryBuilder()
        .update(this.schema)
        .set({ ...changes, ...this.scope })
        .where(this.where(match))
        .execute();
      return result.affected ?? 0;
    } catch (error) {
      throw as_conflict(error);
    }
  }

  async delete(match: Match<Row>): Promise<number> {
    if (Object.keys(match).length === 0) throw new TypeError('delete without a condition');
    const result = await this.manager.createQueryBuilder().delete().from(this.schema).where(this.where(match)).execute();
    return result.affected ?? 0;
  }
}

/** The mapper's own guard covers its find methods only; a change or removal without its condition would reach every row. */
function refuse_nothing(match: Readonly<Record<string, unknown>>): void {
  for (const [column, value] of Object.entries(match)) {
    if (value === undefined || value === null) throw new TypeError(`the condition on ${column} is ${String(value)}`);
  }
}

/** A unique index of either database, told as a Conflict; anything else as it is. */
export function as_conflict(error: unknown): unknown {
  if (!(error instanceof QueryFailedError)) return error;
  const code = String((error.driverError as { code?: unknown }).code); // both drivers set it
  const unique = code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
  return unique ? new Conflict('already_exists', 'This already exists.', { cause: error, detail: error.message }) : error;
}

const write_cursor = (at: unknown, id: unknown): string => Buffer.from(JSON.stringify([at, id])).toString('base64url');

function read_cursor(cursor: string): [string | number, string] {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[]; // checked on the next line
    if ((typeof at === 'number' || typeof at === 'string') && typeof id === 'string') return [at, id];
  } catch {
    // said below
  }
  throw new InvalidInput('invalid_cursor', 'The page cursor is not one that this list gave out.', {
    fields: [{ path: 'after', message: 'Use the `next` of the page before, unchanged.' }],
  });
}

/** An id that sorts by time: 10 characters of milliseconds, 16 of randomness. */
export function time_ordered_id(prefix: string, now: number): string {
  return `${prefix}_${now.toString(36).padStart(10, '0')}${randomBytes(12).toString('hex').slice(0, 16)}`;
}
