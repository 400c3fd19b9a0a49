import { words_of } from '../kernel/index.ts';
import type { Storage } from '../storage/index.ts';
import { count_of, type Finding, ok, problem, warning } from './finding.ts';
import { sealed_columns } from './sealed_columns.ts';

const CLOCK_MS = 5000;

/** Whether any version of Postern has been here. */
export async function has_tables(storage: Storage): Promise<boolean> {
  try {
    await storage.sql.get('SELECT 1 AS one FROM "versions" LIMIT 1');
    return true;
  } catch {
    return false;
  }
}

/** Reachable, of this version, its clock ours, and everything in it can be opened. Stops at the first that makes the rest pointless. */
export async function look_at_database(storage: Storage, now: () => number): Promise<{ findings: Finding[]; usable: boolean }> {
  try {
    await storage.ping();
  } catch (error) {
    return {
      usable: false,
      findings: [
        problem(
          'database',
          `It does not answer: ${words_of(error)}`,
          'Check POSTERN_DATABASE_URL, and that the server runs and lets this machine in.',
        ),
      ],
    };
  }
  if (await storage.pending_migrations()) {
    const fresh = !(await has_tables(storage));
    const finding = fresh
      ? warning('database', 'It is empty.', 'Start the broker, or run postern migrate.')
      : problem('database', 'It is of another version of Postern.', 'Run postern migrate with the version that serves.');
    return { usable: false, findings: [finding] };
  }
  const findings = [ok('database', `${storage.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, of this version.`)];
  const seals = await look_at_seals(storage);
  findings.push(...(await look_at_clock(storage, now)), seals, ...(await look_at_outbox(storage, now())));
  return { usable: seals.level !== 'problem', findings };
}

async function look_at_clock(storage: Storage, now: () => number): Promise<Finding[]> {
  if (storage.kind === 'sqlite') return [];
  const before = now();
  const row = await storage.sql.get<{ at: number | string }>('SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS at');
  const apart = Math.abs(Number(row?.at ?? before) - (before + now()) / 2);
  if (apart < CLOCK_MS) return [ok('clock', 'As the database server has it.')];
  return [
    problem(
      'clock',
      `It is ${Math.round(apart / 1000)} s off the database server's.`,
      'Keep both in time (NTP): sign-ins are refused when times do not fit.',
    ),
  ];
}

async function look_at_seals(storage: Storage): Promise<Finding> {
  const prefix = storage.seal.seal('', '').split('.').slice(0, 2).join('.');
  let stale = 0;
  for (const { table, column, key, context } of sealed_columns) {
    const where = `WHERE "${column}" IS NOT NULL AND "${column}" <> '' AND substr("${column}", 1, ?) <> ?`;
    const row = await storage.sql.get<{ n: number | string }>(`SELECT COUNT(*) AS n FROM "${table}" ${where}`, [prefix.length, prefix]);
    const here = Number(row?.n ?? 0);
    if (here === 0) continue;
    stale += here;
    const names = key.map((name) => `"${name}"`).join(', ');
    const one = await storage.sql.get<Record<string, string>>(`SELECT ${names}, "${column}" AS "sealed" FROM "${table}" ${where} LIMIT 1`, [
      prefix.length,
      prefix,
    ]);
    if (one === undefined) continue;
    try {
      storage.seal.open(one['sealed'] ?? '', context(one));
    } catch (_error) {
      return problem(
        'stored secrets',
        `What ${table} holds was sealed under a secret that is not configured.`,
        'Put the secret it was sealed under behind the current one: POSTERN_SECRET=new,old.',
      );
    }
  }
  if (stale === 0) return ok('stored secrets', 'All sealed under the current secret.');
  return warning(
    'stored secrets',
    `${count_of(stale, 'value is', 'values are')} sealed under an older secret.`,
    'Run postern secret reseal before the older secret is dropped.',
  );
}

async function look_at_outbox(storage: Storage, now: number): Promise<Finding[]> {
  const count = async (where: string, values: readonly number[] = []): Promise<number> =>
    Number((await storage.sql.get<{ n: number | string }>(`SELECT COUNT(*) AS n FROM "outbox" WHERE ${where}`, values))?.n ?? 0);
  const dead = await count('"dead_at" IS NOT NULL');
  const late = await count('"done_at" IS NULL AND "dead_at" IS NULL AND "created_at" < ?', [now - 10 * 60_000]);
  const findings: Finding[] = [];
  if (dead > 0) {
    findings.push(
      warning(
        'deliveries',
        `${count_of(dead, 'message was', 'messages were')} given up on: apps were not told that a sign-in ended, for example.`,
        'Check the backchannel_logout_uri of your apps: it must answer 200 to Postern within seconds.',
      ),
    );
  }
  if (late > 0)
    findings.push(
      warning(
        'deliveries',
        `${count_of(late, 'message waits', 'messages wait')} for more than ten minutes.`,
        'Is a broker running, and can it reach the apps?',
      ),
    );
  return findings.length > 0 ? findings : [ok('deliveries', 'Nothing waits, nothing was given up on.')];
}
