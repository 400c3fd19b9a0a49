import { marks } from '../../../users/index.ts';
import type { About } from '../deps.ts';
import { enqueue } from '../enqueue.ts';
import { collection_of, resources_of } from '../find_remote.ts';
import { TargetFault } from '../outcome.ts';
import { own } from '../units.ts';
import { compare_group, compare_person, type Compared } from './compare.ts';
import { place_of } from './load.ts';
import { count_all, START, walk } from './enumerate.ts';
import { find_missing } from './missing.ts';
import { type StepContext, write_progress } from './step.ts';

const BATCH = 200;
/** A target that never comes to an end is not followed. */
const MOST = 2_000_000;

const PHASES = ['begin', 'pages_user', 'missing_user', 'pages_group', 'missing_group', 'end'] as const;
type Phase = (typeof PHASES)[number];

/** One step of comparing what a target has with what we have: a page of theirs, or a batch of ours that they should have. */
export async function drift_step(context: StepContext): Promise<void> {
  const { deps, run, target } = context;
  const { storage, now } = deps;
  const phase = PHASES.find((one) => one === run.place['phase']) ?? 'begin';
  if (phase === 'begin')
    return storage.transact(async (tx) =>
      write_progress(tx, run, { place: { phase: 'pages_user', start: 1 }, total: await count_all(storage, target, run) }, now()),
    );
  if (phase === 'end') return storage.transact((tx) => write_progress(tx, run, { place: run.place, done: true }, now()));
  if (phase === 'pages_user' || phase === 'pages_group') return page_step(context, phase);
  return missing_step(context, phase);
}

const after = (phase: Phase): Phase => PHASES[PHASES.indexOf(phase) + 1] ?? 'end';

async function page_step(context: StepContext, phase: 'pages_user' | 'pages_group'): Promise<void> {
  const { deps, run, target, remote } = context;
  const kind = phase === 'pages_user' ? 'user' : 'group';
  const following = { phase: after(phase), ...START };
  if (kind === 'group' && !(target.can.groups && target.row.groups.send))
    return deps.storage.transact((tx) => write_progress(tx, run, { place: { phase: 'end' } }, deps.now()));
  const start = Number(run.place['start'] ?? 1);
  const answer = await remote.send('GET', `${collection_of(kind)}?startIndex=${start}&count=${target.can.page_size}`);
  if (answer.status !== 200) throw new TargetFault(`a list of the target cannot be read: it answered ${answer.in_short}`);
  const resources = resources_of(answer);
  const total = Number(own(answer.body, 'totalResults'));
  const compared: Compared[] = [];
  for (const resource of resources)
    compared.push(kind === 'user' ? await compare_person(context, resource) : await compare_group(context, resource));
  const next = start + resources.length;
  const ended = resources.length === 0 || (Number.isFinite(total) && next > total) || next > MOST;
  await write_compared(context, compared, ended ? following : { phase, start: next });
}

async function missing_step(context: StepContext, phase: 'missing_user' | 'missing_group'): Promise<void> {
  const { deps, run, target } = context;
  const kind = phase === 'missing_user' ? 'user' : 'group';
  const { ids, next } = await walk(deps.storage, target, run, kind === 'user' ? 'users' : 'groups', place_of(run.place), BATCH);
  const compared: Compared[] = [];
  for (const { id, org_id } of ids) {
    const about: About = { target_id: run.target_id, kind, id, org_id };
    const missing = await find_missing(context, about);
    if (missing !== undefined) compared.push(missing);
  }
  const place = next === undefined ? { phase: after(phase), start: 1 } : { phase, ...next };
  await write_compared(context, compared, place, ids.length);
}

/** What was found is written down, and mended where that was asked for, together with how far we are. */
async function write_compared(
  { deps, run }: StepContext,
  compared: readonly Compared[],
  place: Readonly<Record<string, unknown>>,
  seen = 0,
): Promise<void> {
  const met = compared.flatMap((one) => one.met ?? []);
  const findings = compared.flatMap(({ finding }) => finding ?? []);
  const mend = run.repair && !run.dry_run;
  await deps.storage.transact(async (tx) => {
    if (met.length > 0)
      await tx.sql.run(`UPDATE "scim_links" SET "seen_by" = ? WHERE "target_id" = ? AND "id" IN (${marks(met)})`, [
        ...[run.id, run.target_id, ...met],
      ]);
    if (mend) {
      for (const { repair } of compared) await repair?.before(tx);
      await enqueue(
        deps,
        tx,
        compared.flatMap(({ repair }) => repair?.about ?? []),
      );
    }
    const unchanged = compared.length - findings.length;
    await write_progress(tx, run, { place, seen, findings, unchanged }, deps.now());
  });
}
