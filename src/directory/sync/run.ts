import { ConnectorError, type DirectoryPerson, type DirectoryReader } from '../../../connectors/connector.ts';
import { Conflict, PosternError } from '../../kernel/index.ts';
import type { SyncRunRow, Tx } from '../../storage/index.ts';
import { AskFirst, Asking } from './ask.ts';
import type { CreationAnswer, Run, SyncDeps } from './deps.ts';
import { ended, type End } from './end.ts';
import { hold_lease, LostLease } from './lease.ts';
import { brake_of, leavers_of, let_go } from './leave.ts';
import { follow_page, type Met } from './page.ts';
import { sync_settings } from './settings.ts';
import { Tally } from './tally.ts';

/** Everything is read anew at least so often: an entry that a copied server dates back would be missed otherwise. */
const WHOLE_EVERY_MS = 24 * 3_600_000;

export interface RunOptions {
  /** The brake does not hold this once. */
  readonly let_pass: boolean;
  readonly signal: AbortSignal;
}

/** What is undone again. */
class Undone extends Error {}

/**
 * Reads the directory once, page by page, and makes its people those of the organization. What was read stays when the directory dies on the way; nobody is
 * switched off and nobody leaves a group before it was read to its end. Ends with a row that says what came of it, whatever happens. The lease is held.
 */
export async function run_sync(deps: SyncDeps, run: Run, options: RunOptions): Promise<SyncRunRow> {
  const tally = new Tally();
  const whole = { value: true };
  let end: End;
  try {
    end = await follow(deps, run, options, tally, whole);
  } catch (error) {
    end = { status: 'failed', error: told(deps, run, error) };
  }
  return ended(deps, run, end, tally, whole.value);
}

async function follow(deps: SyncDeps, run: Run, options: RunOptions, tally: Tally, whole: { value: boolean }): Promise<End> {
  const { storage } = deps;
  const { org_id, connection, dry_run } = run;
  const claim = () => ({ org_id, id: connection.id, lease: run.id, now: deps.now() });
  const hold = (tx: Tx): Promise<void> => hold_lease(tx, claim());
  const reader = await reader_of(deps, run);
  const state = await storage.org(org_id).connection_syncs.find_one({ connection_id: connection.id });
  const fresh = state?.full_at !== null && state?.full_at !== undefined && deps.now() - state.full_at < WHOLE_EVERY_MS;
  const since = fresh && deps.people.groups_are_memberships(connection) ? (state.cursor ?? undefined) : undefined;
  whole.value = since === undefined;
  const met: Met = { subjects: new Set(), shut: new Map(), leaving: new Map() };
  const asking = new Asking({ org_id, connection_id: connection.id }, () => deps.now());
  let cursor: string | undefined;
  const read_up_to = (to: string): void => void (cursor = to);
  for await (const page of reader.people({ signal: options.signal, check: () => undefined }, since, read_up_to)) {
    if (dry_run) await storage.transact((tx) => hold(tx));
    await ask_and_attempt({ deps, run, met, tally, hold, asking, signal: options.signal }, page);
    tally.seen = met.subjects.size;
  }
  const { brake_percent } = sync_settings(connection);
  const { leavers, brake } = await storage.transact(async (tx) => {
    const found = await leavers_of(tx, run, met);
    return { leavers: found, brake: await brake_of(tx, org_id, found, met.subjects.size, brake_percent) };
  });
  if (brake !== undefined && !options.let_pass) return { status: 'stopped', brake };
  tally.deactivated = dry_run ? leavers.off.size : await let_go(deps, storage, run, leavers, hold);
  // without one the next run reads everything: who waits is unchanged there
  return { status: 'finished', cursor: asking.waiting ? null : (cursor ?? null) };
}

interface UnderWay {
  readonly deps: SyncDeps;
  readonly run: Run;
  readonly met: Met;
  readonly tally: Tally;
  readonly hold: (tx: Tx) => Promise<void>;
  readonly asking: Asking;
  readonly signal: AbortSignal;
}

/** An answer is waited for outside any unit of work: a page in which somebody is to be asked about is undone, and comes again with the answers. A dry run asks nobody. */
async function ask_and_attempt(way: UnderWay, page: readonly DirectoryPerson[]): Promise<void> {
  const { deps, run, hold, asking, signal } = way;
  const asked = run.dry_run ? undefined : await deps.who_is_asked?.(run.org_id);
  const answers = asked === undefined ? undefined : new Map<string, CreationAnswer>();
  for (;;) {
    try {
      await attempt(way, page, answers);
      return;
    } catch (error) {
      if (!(error instanceof AskFirst) || asked === undefined) throw error;
      const said = await asking.about(error.people, asked, () => deps.storage.transact(hold), signal);
      for (const [subject, answer] of said) answers?.set(subject, answer);
    }
  }
}

/** Pages are kept one by one; in a dry run none is. @throws AskFirst */
async function attempt(
  { deps, run, met, tally, hold }: UnderWay,
  page: readonly DirectoryPerson[],
  answers: ReadonlyMap<string, CreationAnswer> | undefined,
): Promise<void> {
  // it may be done twice, after a deadlock: what is counted is what was kept
  let done: { readonly met: Met; readonly tally: Tally } | undefined;
  const work = async (tx: Tx): Promise<void> => {
    const [own_met, own_tally] = [{ subjects: new Set<string>(), shut: new Map(met.shut), leaving: new Map(met.leaving) }, new Tally()];
    await hold(tx);
    await follow_page(deps, tx, run, page, own_met, own_tally, answers);
    done = { met: own_met, tally: own_tally };
    if (run.dry_run) throw new Undone();
  };
  await deps.storage.transact(work).catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  if (done === undefined) return;
  for (const subject of done.met.subjects) met.subjects.add(subject);
  replace(met.shut, done.met.shut);
  replace(met.leaving, done.met.leaving);
  tally.add(done.tally);
}

function replace<Value>(target: Map<string, Value>, by: ReadonlyMap<string, Value>): void {
  target.clear();
  for (const [key, value] of by) target.set(key, value);
}

/** @throws Conflict `not_synced` */
async function reader_of(deps: SyncDeps, { connection }: Run): Promise<DirectoryReader> {
  const connector = await deps.connector(connection.id);
  if (connector.kind !== 'credential' || connector.directory === undefined) throw not_synced();
  return connector.directory;
}

export const not_synced = (): Conflict => new Conflict('not_synced', 'People can be read from LDAP directories only.');

/** For operators: what to look at. */
function told(deps: SyncDeps, run: Run, error: unknown): string {
  if (error instanceof ConnectorError) return `${error.reason}: ${error.message}${error.fix === undefined ? '' : ` ${error.fix}`}`;
  if (error instanceof LostLease) return error.message;
  if (error instanceof PosternError) return error.detail ?? error.message;
  deps.log('error', 'a sync failed in itself', { connection_id: run.connection.id, error });
  return 'an error of ours; the log has it';
}
