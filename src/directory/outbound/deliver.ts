import { make_authorization } from './authorization.ts';
import type { About, OutboundDeps } from './deps.ts';
import { wanted_group } from './group.ts';
import { pause_target, target_failed, target_succeeded } from './health.ts';
import { type OpenTarget, open_target } from './open_target.ts';
import { GiveUp, Later, TargetFault } from './outcome.ts';
import { make_pace } from './pace.ts';
import { wanted_person } from './person.ts';
import { make_remote, type Hearing, type Remote } from './remote.ts';
import { sync_group } from './sync_group.ts';
import { sync_person } from './sync_person.ts';

/** How a delivery ended, where it did not end well. */
export type Undelivered = { readonly give_up: string } | { readonly later_ms: number; readonly reason: string };

/** Opens the way to a target, for as long as this process lives. */
export type Connect = (target: OpenTarget, hearing: Hearing) => Remote;

export function make_connect(deps: Pick<OutboundDeps, 'fetch' | 'now'>): Connect {
  const whole = { ...deps, authorization: make_authorization(deps), pace: make_pace(deps.now) };
  return (target, hearing) => make_remote(whole, target, hearing);
}

/** Tells a target how one person or group is, now. Throws to be tried again. */
export async function deliver(
  deps: OutboundDeps,
  connect: Connect,
  about: About,
  hearing: Pick<Hearing, 'signal' | 'note'>,
): Promise<Undelivered | undefined> {
  const target = await open_target(deps.storage, about.target_id);
  if (target === undefined) return undefined;
  const { row } = target;
  if (!row.enabled) return { give_up: 'the target is switched off' };
  const patience = (row.paused_until ?? 0) - deps.now();
  if (patience > 0) return { later_ms: patience, reason: 'the target has asked for patience' };
  try {
    await sync(deps, connect, target, about, hearing);
  } catch (error) {
    return after(deps, row.id, error);
  }
  await target_succeeded(deps, row);
  return undefined;
}

async function sync(
  deps: OutboundDeps,
  connect: Connect,
  target: OpenTarget,
  about: About,
  hearing: Pick<Hearing, 'signal' | 'note'>,
): Promise<void> {
  if (about.kind === 'group') {
    const wanted = await wanted_group(deps, target, about.org_id, about.id);
    const private_words = wanted.standing === 'there' ? [wanted.display_name] : [];
    return sync_group(deps, connect(target, { ...hearing, private_words }), target, about, wanted);
  }
  const wanted = await wanted_person(deps, target, about.org_id, about.id);
  return sync_person(deps, connect(target, { ...hearing, private_words: words_of([...wanted.units.values()]) }), target, about, wanted);
}

async function after(deps: OutboundDeps, target_id: string, error: unknown): Promise<Undelivered> {
  if (error instanceof GiveUp) return { give_up: error.message };
  if (error instanceof Later) {
    if (error.wait_ms >= 1000) await pause_target(deps, target_id, error.wait_ms);
    return { later_ms: error.wait_ms, reason: error.message };
  }
  if (error instanceof TargetFault) await target_failed(deps, target_id, error.message);
  throw error;
}

/** Every text in what is said of a person. */
const words_of = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(words_of) : [];
};
