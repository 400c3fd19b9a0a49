import type { EntitySchemaColumnOptions } from 'typeorm';

/** Portable columns: text kinds, integer, boolean, json as text, time as bigint epoch milliseconds. Defaults live in code. */
type Options = Pick<EntitySchemaColumnOptions, 'primary' | 'nullable'>;

export const key = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'varchar', primary: true, ...options });
export const string = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'varchar', ...options });
export const text = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'text', ...options });
export const bool = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'boolean', ...options });
export const int = (options: Options = {}): EntitySchemaColumnOptions => ({ type: 'integer', ...options });

/** PostgreSQL's driver reads bigint as text. */
export const time = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'bigint',
  ...options,
  transformer: {
    to: (value: unknown) => value,
    from: (value: unknown) => (value === null ? null : Number(value)),
  },
});

export const json = (options: Options = {}): EntitySchemaColumnOptions => ({
  type: 'text',
  ...options,
  transformer: {
    to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
    from: (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value),
  },
});
