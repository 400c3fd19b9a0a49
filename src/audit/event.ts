import { type OrgId, random_token } from '../kernel/index.ts';
import { time_ordered_id, type Tx } from '../storage/index.ts';
import type { Act } from './act.ts';
import { digest_of } from './chain/index.ts';
import { mask_secrets } from './mask.ts';
import { publish, type PublishDeps } from './publish.ts';

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

/**
 * Appends to the record, in the unit of work of what it tells: neither is ever there without the other. There is no way to change or remove an event.
 * Event hooks that want to hear of it find it in the outbox by the same commit.
 */
export async function record(deps: PublishDeps, tx: Tx, act: Act, event: AuditEvent): Promise<void> {
  const { kind, id: actor_id, name } = act.actor;
  const at = deps.now();
  const id = time_ordered_id('evt', at);
  const org_id = event.org_id ?? null;
  const actor = { kind, id: actor_id, name };
  const target = event.target === undefined ? null : { kind: event.target.kind, id: event.target.id, name: event.target.name };
  const before = event.before === undefined ? null : mask_secrets(event.before);
  const after = event.after === undefined ? null : mask_secrets(event.after);
  const personal = {
    actor: JSON.stringify(actor),
    target: json_or_null(target),
    before: json_or_null(before),
    after: json_or_null(after),
    ip: act.ip ?? null,
  };
  const salt = random_token(16);
  await tx.sql.run(
    `INSERT INTO "audit_events" ("id", "org_id", "type", "actor", "actor_id", "target", "target_id", "before", "after", "request_id", "ip", "at", "salt", "digest")
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      org_id,
      event.type,
      personal.actor,
      actor_id ?? kind,
      personal.target,
      target?.id ?? null,
      personal.before,
      personal.after,
      act.request_id ?? null,
      personal.ip,
      at,
      salt,
      digest_of(salt, personal),
    ],
  );
  await publish(deps, tx, { id, org_id, type: event.type, at, actor, target, before, after });
}

const json_or_null = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
