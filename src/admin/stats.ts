import { z } from 'zod';
import type { Storage } from '../storage/index.ts';
import { named } from './shapes.ts';

const DAY_MS = 86_400_000;
const count = z.int();

const shape = z.object({
  organizations: z.object({ active: count, suspended: count }),
  connections: z.object({ saml: count, oidc: count, ldap: count }),
  domains: z.object({ pending: count, verified: count }),
  users: z.object({ active: count, inactive: count }),
  clients: count,
  /** Alive now. */
  sessions: count,
  /** Of the last 24 hours, by outcome. */
  sign_ins: z.object({ succeeded: count, refused: count, failed: count, pending: count }),
});
type Stats = z.output<typeof shape>;
export const stats = named('stats', shape);

interface Counted {
  readonly name: string | boolean | number;
  readonly count: number | string;
}

/** Seven statements, each over an index or a small table. */
export async function count_stats(sql: Pick<Storage['sql'], 'all'>, now: number): Promise<Stats> {
  const by = async (statement: string, values: readonly (string | number)[] = []): Promise<ReadonlyMap<string, number>> =>
    new Map((await sql.all<Counted>(statement, values)).map((row) => [String(row.name), Number(row.count)]));
  const grouped = (table: string, column: string) =>
    by(`SELECT "${column}" AS "name", COUNT(*) AS "count" FROM "${table}" GROUP BY "${column}"`);
  const [organizations, connections, domains, users, sign_ins] = [
    await grouped('organizations', 'status'),
    await grouped('connections', 'protocol'),
    await grouped('domains', 'status'),
    await grouped('users', 'active'),
    await by(
      `SELECT "outcome" AS "name", COUNT(*) AS "count" FROM "login_traces" WHERE "purpose" = 'login' AND "started_at" >= ? GROUP BY "outcome"`,
      [now - DAY_MS],
    ),
  ];
  const clients = await by(`SELECT 'all' AS "name", COUNT(*) AS "count" FROM "clients"`);
  const sessions = await by(`SELECT 'all' AS "name", COUNT(*) AS "count" FROM "sessions" WHERE "expires_at" > ?`, [now]);
  const pick = <Name extends string>(counts: ReadonlyMap<string, number>, ...names: Name[]) =>
    Object.fromEntries(names.map((name) => [name, counts.get(name) ?? 0])) as Record<Name, number>; // one for each name
  // SQLite has 0 and 1 for a boolean
  const people = (flag: boolean): number => (users.get(String(flag)) ?? 0) + (users.get(flag ? '1' : '0') ?? 0);
  return {
    organizations: pick(organizations, 'active', 'suspended'),
    connections: pick(connections, 'saml', 'oidc', 'ldap'),
    domains: pick(domains, 'pending', 'verified'),
    users: { active: people(true), inactive: people(false) },
    clients: clients.get('all') ?? 0,
    sessions: sessions.get('all') ?? 0,
    sign_ins: pick(sign_ins, 'succeeded', 'refused', 'failed', 'pending'),
  };
}
