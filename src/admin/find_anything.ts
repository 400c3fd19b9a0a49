import { z } from 'zod';
import { read_reference } from '../audit/index.ts';
import type { Storage } from '../storage/index.ts';
import { named } from './shapes.ts';

const SHOWN = 5;

const shape = z.object({
  organizations: z.array(z.object({ id: z.string(), slug: z.string(), name: z.string() })),
  users: z.array(
    z.object({
      id: z.string(),
      organization_id: z.string(),
      user_name: z.string(),
      email: z.string().nullable(),
      display_name: z.string().nullable(),
    }),
  ),
  clients: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
  /** Sign-ins by the reference that the person saw. */
  login_traces: z.array(z.object({ reference: z.string(), organization_id: z.string().nullable(), outcome: z.string() })),
});
export type Found = z.output<typeof shape>;
export const found_shape = named('found', shape);

type Sql = Pick<Storage['sql'], 'all'>;

/** What somebody may mean by a few letters: the beginning of a name, a whole id, a reference. Each statement is a look into an index. */
export async function find_anything(sql: Sql, typed: string): Promise<Found> {
  const text = typed.trim();
  const key = text.toLowerCase();
  const [organizations, users, clients, login_traces] = await Promise.all([
    find_organizations(sql, text, key),
    find_users(sql, text, key),
    find_clients(sql, text, key),
    sql.all<{ id: string; org_id: string | null; outcome: string }>(
      `SELECT "id", "org_id", "outcome" FROM "login_traces" WHERE "id" = ? LIMIT 1`,
      [read_reference(text)],
    ),
  ]);
  return {
    ...{ organizations, users, clients },
    login_traces: login_traces.map(({ id, org_id, outcome }) => ({ reference: id, organization_id: org_id, outcome })),
  };
}

/** How many are looked at from where the text would stand: in whatever order the database has, those that begin with it come soon. */
const LOOKED_AT = 25;

/** Rows whose column begins with the text: the next in the order of the index, and of those only what does. */
async function beginning_with<Row extends object>(
  sql: Sql,
  of: { select: string; table: string; column: string & keyof Row },
  text: string,
): Promise<Row[]> {
  const { select, table, column } = of;
  const rows = await sql.all<Row>(`SELECT ${select} FROM "${table}" WHERE "${column}" >= ? ORDER BY "${column}" LIMIT ${LOOKED_AT}`, [
    text,
  ]);
  return rows.filter((row) => String(row[column]).startsWith(text));
}

async function find_organizations(sql: Sql, text: string, key: string): Promise<Found['organizations']> {
  type Row = Found['organizations'][number];
  const select = '"id", "slug", "name"';
  // names keep their capitals: as typed, and as names are written
  const title = key.replace(/^\p{L}/u, (letter) => letter.toUpperCase());
  const names = [...new Set([text, title, text.toUpperCase()])];
  const domain = key.slice(key.lastIndexOf('@') + 1);
  const found = await Promise.all([
    sql.all<Row>(`SELECT ${select} FROM "organizations" WHERE "id" = ?`, [text]),
    beginning_with<Row>(sql, { select, table: 'organizations', column: 'slug' }, key),
    ...names.map((name) => beginning_with<Row>(sql, { select, table: 'organizations', column: 'name' }, name)),
    sql.all<Row>(
      `SELECT o."id", o."slug", o."name" FROM "domains" d JOIN "organizations" o ON o."id" = d."org_id" WHERE d."verified_domain" = ?`,
      [domain],
    ),
  ]);
  return unique(found.flat()).map(({ id, slug, name }) => ({ id, slug, name }));
}

async function find_users(sql: Sql, text: string, key: string): Promise<Found['users']> {
  type Row = Found['users'][number] & { user_name_key: string; email_key: string | null };
  const select = '"id", "org_id" AS "organization_id", "user_name", "email", "display_name", "user_name_key", "email_key"';
  const found = await Promise.all([
    sql.all<Row>(`SELECT ${select} FROM "users" WHERE "id" = ?`, [text]),
    beginning_with<Row>(sql, { select, table: 'users', column: 'user_name_key' }, key),
    beginning_with<Row>(sql, { select, table: 'users', column: 'email_key' }, key),
  ]);
  return unique(found.flat()).map(({ id, organization_id, user_name, email, display_name }) => ({
    id,
    organization_id,
    user_name,
    email,
    display_name,
  }));
}

/** Apps are few: they are looked through. */
async function find_clients(sql: Sql, text: string, key: string): Promise<Found['clients']> {
  const rows = await sql.all<{ id: string; metadata: string }>(
    `SELECT "id", "metadata" FROM "clients" WHERE "id" = ? OR LOWER("metadata") LIKE ? ESCAPE '!' ORDER BY "created_at" LIMIT 50`,
    [text, `%${key.replaceAll(/[!%_]/g, '!$&')}%`],
  );
  const metadata = z.object({ client_name: z.string().optional() });
  return rows
    .map(({ id, metadata: json }) => ({ id, name: metadata.parse(JSON.parse(json)).client_name ?? null }))
    .filter(({ id, name }) => id === text || name?.toLowerCase().includes(key) === true)
    .slice(0, SHOWN);
}

const unique = <Row extends { readonly id: string }>(rows: readonly Row[]): Row[] =>
  [...new Map(rows.map((row) => [row.id, row])).values()].slice(0, SHOWN);
