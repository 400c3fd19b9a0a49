import type { About } from '../deps.ts';
import { enqueue } from '../enqueue.ts';
import { discover } from '../learn.ts';
import { assess } from './assess.ts';
import { count_all, type Place, START, walk, walk_strays } from './enumerate.ts';
import { type StepContext, write_progress } from './step.ts';

/** Handed over at once. */
const BATCH = 200;
/** More wait for the target before others are added: what happens meanwhile must not stand behind everybody. */
const MOST_WAITING = 400;
const PAUSE_MS = 1000;

/** In this order: people before the groups that they are in; those who have to go last, when nobody can be mistaken for one. */
const PHASES = ['begin', 'users', 'groups', 'strays', 'wait'] as const;
type Phase = (typeof PHASES)[number];

/** One step of telling a target everybody: each is put into the outbox like any change, so that order, retries and limits are those of every delivery. */
export async function load_step(context: StepContext): Promise<void> {
  const { deps, run, target } = context;
  const { storage, now } = deps;
  const phase = PHASES.find((one) => one === run.place['phase']) ?? 'begin';
  const place = place_of(run.place);
  const write = (progress: Parameters<typeof write_progress>[2]): Promise<void> =>
    storage.transact((tx) => write_progress(tx, run, progress, now()));

  if (phase === 'begin') {
    if (!run.dry_run) await discover(storage, run.target_id, context.remote);
    return write({ place: at('users', START), total: await count_all(storage, target, run) });
  }
  const waiting = await count_waiting(context);
  if (phase === 'wait') return write({ place: run.place, done: waiting === 0, wait_ms: PAUSE_MS });
  if (waiting > MOST_WAITING) return write({ place: run.place, wait_ms: PAUSE_MS });
  const { about, next } = await next_batch(context, phase, place);
  const following = next === undefined ? at(after(phase), START) : at(phase, next);
  const seen = phase === 'strays' ? 0 : about.length;
  if (run.dry_run) {
    const { findings, unchanged } = await assess(context, about);
    return write({ place: following, seen, findings, unchanged });
  }
  await storage.transact(async (tx) => {
    const ids = await enqueue(deps, tx, about);
    const last_delivery = [run.last_delivery ?? '', ...ids].sort().at(-1) ?? null;
    await write_progress(tx, run, { place: following, seen, last_delivery }, now());
  });
}

const at = (phase: Phase, { org, after: last }: Place): Readonly<Record<string, unknown>> => ({ phase, org, after: last });
const after = (phase: Phase): Phase => PHASES[PHASES.indexOf(phase) + 1] ?? 'wait';
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const place_of = (place: Readonly<Record<string, unknown>>): Place => ({ org: text(place['org']), after: text(place['after']) });

async function next_batch(
  { deps: { storage }, run, target }: StepContext,
  phase: Exclude<Phase, 'begin' | 'wait'>,
  place: Place,
): Promise<{ readonly about: readonly About[]; readonly next: Place | undefined }> {
  const target_id = run.target_id;
  if (phase === 'strays') {
    const { strays, next } = await walk_strays(storage, target, run, place, BATCH);
    return { about: strays.map(({ id, org_id, kind }) => ({ target_id, kind, id, org_id })), next };
  }
  const { ids, next } = await walk(storage, target, run, phase, place, BATCH);
  const kind = phase === 'users' ? 'user' : 'group';
  return { about: ids.map(({ id, org_id }) => ({ target_id, kind, id, org_id })), next };
}

/** Of what this run has put there. */
export async function count_waiting({ deps: { storage }, run }: Pick<StepContext, 'deps' | 'run'>): Promise<number> {
  if (run.last_delivery === null) return 0;
  const counted = await storage.sql.get<{ rows: number }>(
    `SELECT COUNT(*) AS "rows" FROM "outbox" WHERE "receiver" = ? AND "done_at" IS NULL AND "dead_at" IS NULL AND "id" <= ?`,
    [run.target_id, run.last_delivery],
  );
  return Number(counted?.rows ?? 0);
}
