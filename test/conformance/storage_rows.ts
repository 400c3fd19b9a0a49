import type { EntitySchema, ObjectLiteral } from 'typeorm';
import { new_org_id, type OrgId } from '../../src/kernel/index.ts';
import { org_schemas, type Storage, type Tx } from '../../src/storage/index.ts';

export type OrgTable = keyof typeof org_schemas;
export const org_tables = Object.keys(org_schemas) as OrgTable[]; // its own keys

/** Rows that others point to come first. */
const in_order: readonly OrgTable[] = [...new Set<OrgTable>(['connections', 'users', 'groups', ...org_tables])];

type Row = Record<string, unknown>;

/** A row of any organization table, every column filled by its type; ids and foreign keys are told from the organization. */
export function any_row(table: OrgTable, org: OrgId): Row {
  const { columns } = (org_schemas[table] as unknown as EntitySchema<ObjectLiteral>).options; // each is a schema of its own row
  const row: Row = {};
  for (const [name, column] of Object.entries(columns)) {
    if (column === undefined || name === 'org_id') continue;
    const is_json = column.type === 'text' && column.transformer !== undefined;
    if (is_json) row[name] = { of: org };
    else if (column.type === 'bigint') row[name] = 1_767_225_600_000;
    else if (column.type === 'integer') row[name] = 1;
    else if (column.type === 'boolean') row[name] = true;
    else row[name] = `${name === 'id' ? table : name}-${org}`;
  }
  const points: Row = {
    user_id: `users-${org}`,
    connection_id: `connections-${org}`,
    group_id: `groups-${org}`,
    job_id: `import_jobs-${org}`,
  };
  for (const [name, value] of Object.entries(points)) if (name in row) row[name] = value;
  return row;
}

/** The columns that name one row within its organization. */
export function key_of(table: OrgTable, row: Row): Row {
  const { columns } = (org_schemas[table] as unknown as EntitySchema<ObjectLiteral>).options; // as above
  const names = Object.keys(columns).filter((name) => columns[name]?.primary === true && name !== 'org_id');
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}

/** The stores without their row types, as a loop over all of them needs. */
export interface AnyStore {
  find_one(match: Row): Promise<Row | undefined>;
  find(match: Row): Promise<Row[]>;
  count(match?: Row): Promise<number>;
  page(request: { limit: number }): Promise<{ data: Row[] }>;
  query(): { getMany(): Promise<Row[]> };
  insert(row: Row): Promise<void>;
  update(match: Row, changes: Row): Promise<number>;
  delete(match: Row): Promise<number>;
}
export const store_of = (from: Storage | Tx, org: OrgId, table: OrgTable): AnyStore => from.org(org)[table] as unknown as AnyStore; // loses the row's type on purpose

export async function new_organization(storage: Storage): Promise<OrgId> {
  const id = new_org_id();
  const at = 1_767_225_600_000;
  await storage.transact((tx) =>
    tx.gateway.organizations.insert({
      id,
      slug: id.toLowerCase(),
      name: 'Acme',
      external_id: null,
      metadata: {},
      status: 'active',
      branding: {},
      people_policy: null,
      created_at: at,
      updated_at: at,
      version: 1,
    }),
  );
  return id;
}

/** An organization with one row in each of its tables. */
export async function full_organization(storage: Storage): Promise<OrgId> {
  const org = await new_organization(storage);
  await storage.transact(async (tx) => {
    for (const table of in_order) await store_of(tx, org, table).insert(any_row(table, org));
  });
  return org;
}
