import type { OrgId } from '../kernel/index.ts';
import { time_ordered_id, type Tx } from '../storage/index.ts';
import type { Act } from './act.ts';
import { mask_secrets } from './mask.ts';

/** What happened, to what, in whose organization. `before` and `after` hold only what changed. */
export interface AuditEvent {
  /** `thing.happened`: stable, public. */
  readonly type: string;
  /** Absent or null: the installation's own. */
  readonly org_id?: OrgId | null | undefined;
  readonly target?: { readonly kind: string; readonly id: string; readonly name?: string | undefined } | undefined;
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
}

/** Appends to the record, in the unit of work of what it tells: neither is ever there without the other. There is no way to change or remove an event. */
export async function record(now: () => number, tx: Tx, act: Act, event: AuditEvent): Promise<void> {
  const { kind, id, name } = act.actor;
  const { target, before, after } = event;
  const at = now();
  await tx.sql.run(
    `INSERT INTO "audit_events" ("id", "org_id", "type", "actor", "actor_id", "target", "target_id", "before", "after", "request_id", "ip", "at")
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      time_ordered_id('evt', at),
      event.org_id ?? null,
      event.type,
      JSON.stringify({ kind, id, name }),
      id ?? kind,
      target === undefined ? null : JSON.stringify({ kind: target.kind, id: target.id, name: target.name }),
      target?.id ?? null,
      before === undefined ? null : JSON.stringify(mask_secrets(before)),
      after === undefined ? null : JSON.stringify(mask_secrets(after)),
      act.request_id ?? null,
      act.ip ?? null,
      at,
    ],
  );
}
