import { rfc3339 } from '../kernel/index.ts';
import type { Storage, Tx } from '../storage/index.ts';
import { is_event_type, matches_filter } from './event_types.ts';
import { append_outbox } from './outbox.ts';

/** An endpoint that wants to hear of events. */
export interface Subscriber {
  readonly id: string;
  /** Types and `thing.*`; null: all. */
  readonly events: readonly string[] | null;
  /** Ids; null: all, and the installation's own events. */
  readonly organizations: readonly string[] | null;
}

export interface PublishDeps {
  readonly storage: Pick<Storage, 'seal'>;
  readonly now: () => number;
  /** Those that are enabled, from memory: asked at every change. */
  readonly subscribers?: (() => Promise<readonly Subscriber[]>) | undefined;
  /** Whoever acts on what happens within its unit of work. */
  readonly heard?: ((tx: Tx, event: Heard) => Promise<void>) | undefined;
}

export interface Named {
  readonly kind: string;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

/** What was recorded. */
export interface Heard {
  readonly id: string;
  readonly org_id: string | null;
  readonly type: string;
  readonly at: number;
  readonly actor: Named;
  readonly target: Named | null;
  readonly before: object | null;
  readonly after: object | null;
}

/** What the outbox holds for an event hook. */
export interface EventMessage {
  readonly hook_id: string;
  /** The event's own id: the same for every hook and every try. */
  readonly event_id: string;
  readonly type: string;
  /** RFC 3339. */
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export const EVENT_HOOK = 'event_hook';

/** Puts a public event into the outbox, once for each hook that wants it, in the unit of work that caused it. */
export async function publish(deps: PublishDeps, tx: Tx, event: Heard): Promise<void> {
  const { id, org_id, type, at, actor, target, before, after } = event;
  await deps.heard?.(tx, event);
  if (deps.subscribers === undefined || !is_event_type(type)) return;
  for (const hook of await deps.subscribers()) {
    if (hook.events !== null && !hook.events.some((filter) => matches_filter(filter, type))) continue;
    if (hook.organizations !== null && (org_id === null || !hook.organizations.includes(org_id))) continue;
    const message: EventMessage = {
      hook_id: hook.id,
      event_id: id,
      type,
      timestamp: rfc3339(at),
      data: { id, organization_id: org_id, actor, target, before, after },
    };
    await append_outbox(deps, tx, { org_id, kind: EVENT_HOOK, order_key: `${hook.id}/${about(event)}`, payload: message });
  }
}

/** Whose event it is: what is about one person leaves in order. */
const about = ({ actor, target }: Heard): string =>
  (target?.kind === 'user' ? target.id : actor.kind === 'user' ? actor.id : undefined) ?? target?.id ?? '';
