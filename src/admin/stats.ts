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

type Counts = ReadonlyMap<string, number>;

/** Rows from which on a table is counted once a minute only. */
const LARGE = 1000;
const MINUTE_MS = 60_000;

/** Counts with seven statements, each over an index or a table; a large table is not counted anew for everybody who looks at the dashboard. */
export function make_stats(deps: { readonly storage: { readonly sql: Pick<Storage['sql'], 'all'> } }): (now: number) => Promise<Stats> {
  const kept = new Map<string, { readonly at: number; readonly counts: Counts }>();
  const by = async (statement: string, values: readonly (string | number)[] = []): Promise<Counts> =>
    new Map((await deps.storage.sql.all<Counted>(statement, values)).map((row) => [String(row.name), Number(row.count)]));
  const table = async (now: number, statement: string): Promise<Counts> => {
    const before = kept.get(statement);
    if (before !== undefined && now - before.at < MINUTE_MS) return before.counts;
    const counts = await by(statement);
    if ([...counts.values()].reduce((sum, one) => sum + one, 0) >= LARGE) kept.set(statement, { at: now, counts });
    return counts;
  };
  return async (now) => {
    const grouped = (name: string, column: string) =>
      table(now, `SELECT "${column}" AS "name", COUNT(*) AS "count" FROM "${name}" GROUP BY "${column}"`);
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
    const clients = await table(now, `SELECT 'all' AS "name", COUNT(*) AS "count" FROM "clients"`);
    const sessions = await by(`SELECT 'all' AS "name", COUNT(*) AS "count" FROM "sessions" WHERE "expires_at" > ?`, [now]);
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
  };
}

const pick = <Name extends string>(counts: Counts, ...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, counts.get(name) ?? 0])) as Record<Name, number>; // one for each name
