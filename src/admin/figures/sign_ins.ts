import { z } from 'zod';
import { rfc3339 } from '../../kernel/index.ts';
import type { Storage } from '../../storage/index.ts';
import { named } from '../shapes.ts';
import { by_organization_name } from './organization_names.ts';

const MINUTE_MS = 60_000;
/** Longer windows are for whoever exports the record. */
export const LONGEST_MS = 7 * 24 * 60 * MINUTE_MS;
/** More bars than that nobody tells apart. */
const MOST_BUCKETS = 400;
/** Of the newest sign-ins: enough for a percentile, however many there were. */
const SAMPLED = 1000;
const SHOWN = 10;

export const BUCKETS = { minute: MINUTE_MS, five_minutes: 5 * MINUTE_MS, hour: 60 * MINUTE_MS, day: 24 * 60 * MINUTE_MS };

const count = z.int();
const time = z.iso.datetime();
const shape = z.object({
  since: time,
  until: time,
  bucket_seconds: count,
  /** Without those in which nobody signed in. */
  buckets: z.array(z.object({ at: time, succeeded: count, refused: count, failed: count })),
  failures: z.object({
    by_reason: z.array(z.object({ code: z.string(), count })),
    by_organization: z.array(z.object({ organization_id: z.string().nullable(), name: z.string().nullable(), count })),
  }),
  /** How long each step took since the one before it, of the newest sign-ins of this time. */
  steps: z.array(z.object({ name: z.string(), count, p50_ms: count, p95_ms: count })),
  sampled: count,
});
export const sign_in_figures = named('sign-in figures', shape);

type Sql = Pick<Storage['sql'], 'all'>;
interface Window {
  readonly since: number;
  readonly until: number;
  readonly bucket: keyof typeof BUCKETS;
}

/** Four statements over the index of times: their cost is that of the window, not of how many organizations there are. */
export async function count_sign_ins(sql: Sql, { since, until, bucket }: Window): Promise<z.output<typeof shape>> {
  const width = Math.max(BUCKETS[bucket], Math.ceil((until - since) / MOST_BUCKETS / MINUTE_MS) * MINUTE_MS);
  const within = `"purpose" = 'login' AND "started_at" >= ? AND "started_at" < ?`;
  const counted = await sql.all<{ bucket: number | string; outcome: string; rows: number | string }>(
    `SELECT CAST("started_at" / ${width} AS bigint) AS "bucket", "outcome", COUNT(*) AS "rows" FROM "login_traces" WHERE ${within} GROUP BY 1, 2 ORDER BY 1`,
    [since, until],
  );
  const unhappy = `${within} AND "outcome" IN ('refused', 'failed')`;
  const reasons = await sql.all<{ code: string | null; rows: number | string }>(
    `SELECT "code", COUNT(*) AS "rows" FROM "login_traces" WHERE ${unhappy} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${SHOWN}`,
    [since, until],
  );
  const organizations = await sql.all<{ org_id: string | null; rows: number | string }>(
    `SELECT "org_id", COUNT(*) AS "rows" FROM "login_traces" WHERE ${unhappy} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${SHOWN}`,
    [since, until],
  );
  const newest = await sql.all<{ steps: string }>(
    `SELECT "steps" FROM "login_traces" WHERE ${within} ORDER BY "started_at" DESC LIMIT ${SAMPLED}`,
    [since, until],
  );
  const names = await by_organization_name(
    sql,
    organizations.map(({ org_id }) => org_id),
  );
  return {
    since: rfc3339(since),
    until: rfc3339(until),
    bucket_seconds: width / 1000,
    buckets: in_buckets(counted, width),
    failures: {
      by_reason: reasons.map(({ code, rows }) => ({ code: code ?? 'unknown', count: Number(rows) })),
      by_organization: organizations.map(({ org_id, rows }) => ({
        organization_id: org_id,
        name: org_id === null ? null : (names.get(org_id) ?? null),
        count: Number(rows),
      })),
    },
    steps: percentiles(newest.map(({ steps }) => steps)),
    sampled: newest.length,
  };
}

type Bucket = z.output<typeof shape>['buckets'][number];

function in_buckets(rows: readonly { bucket: number | string; outcome: string; rows: number | string }[], width: number): Bucket[] {
  const buckets = new Map<number, Bucket>();
  for (const { bucket, outcome, rows: counted } of rows) {
    const at = Number(bucket) * width;
    const known = buckets.get(at) ?? { at: rfc3339(at), succeeded: 0, refused: 0, failed: 0 };
    if (outcome === 'succeeded' || outcome === 'refused' || outcome === 'failed') buckets.set(at, { ...known, [outcome]: Number(counted) });
  }
  return [...buckets.values()];
}

const step = z.array(z.object({ name: z.string(), at: z.number() }));

function percentiles(texts: readonly string[]): z.output<typeof shape>['steps'] {
  const took = new Map<string, number[]>();
  for (const text of texts) {
    let before: number | undefined;
    for (const { name, at } of step.parse(JSON.parse(text))) {
      if (before !== undefined) add(took, name, at - before);
      before = at;
    }
  }
  return [...took].map(([name, times]) => {
    const sorted = times.sort((a, b) => a - b);
    const at = (part: number): number =>
      Math.max(0, Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0));
    return { name, count: sorted.length, p50_ms: at(0.5), p95_ms: at(0.95) };
  });
}

function add(took: Map<string, number[]>, name: string, milliseconds: number): void {
  const times = took.get(name);
  if (times === undefined) took.set(name, [milliseconds]);
  else times.push(milliseconds);
}
