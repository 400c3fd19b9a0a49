import { z } from 'zod';
import { type Act, type Audit, EVENT_HOOK, type EventMessage } from '../audit/index.ts';
import { Conflict, NotFound, rfc3339 } from '../kernel/index.ts';
import type { OutboxRow, Storage } from '../storage/index.ts';

const time = z.iso.datetime();
const status = z.enum(['pending', 'delivered', 'dead', 'resent']);

const delivery = z.object({
  id: z.string(),
  /** What the endpoint sees as `webhook-id`: the same for every try, and when it is sent again. */
  event_id: z.string(),
  type: z.string(),
  organization_id: z.string().nullable(),
  /** `dead`: given up, and kept; `resent`: was dead, another delivery took its place. */
  status,
  /** The last twenty tries, the latest last. */
  tries: z.array(z.object({ at: time, ms: z.int(), answer: z.string().optional(), error: z.string().optional() })),
  next_try_at: time.nullable(),
  last_error: z.string().nullable(),
  created_at: time,
  delivered_at: time.nullable(),
});

export const delivery_schemas = { delivery, delivery_status: status };
export type DeliveryView = z.output<typeof delivery>;

interface ListRequest {
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
  readonly filters?: Readonly<Record<string, string>> | undefined;
}

export interface Deliveries {
  /** Newest first. */
  list(hook_id: string, request: ListRequest): Promise<{ readonly data: readonly DeliveryView[]; readonly next: string | null }>;
  /** @throws NotFound */
  get(hook_id: string, id: string): Promise<DeliveryView>;
  /** Puts what was delivered or given up into the outbox once more. @throws NotFound | Conflict `delivery_pending` */
  resend(hook_id: string, id: string, act: Act): Promise<DeliveryView>;
}

/** The log of an event hook: what waits for it, what it has heard in the last week, and what was given up. */
export function make_deliveries(deps: { readonly storage: Storage; readonly append_outbox: Audit['append_outbox'] }): Deliveries {
  const { storage } = deps;
  const opened = (row: OutboxRow): EventMessage => JSON.parse(storage.seal.open(row.sealed_payload, `outbox/${row.id}`)) as EventMessage; // sealed by append_outbox
  const view = (row: OutboxRow): DeliveryView => present(row, opened(row));
  const of = (hook_id: string) => ({ receiver: hook_id, kind: EVENT_HOOK });
  return {
    async list(hook_id, { limit, after, filters }) {
      const condition = CONDITIONS.get(filters?.['status'] ?? '');
      const { data, next } = await storage.gateway.outbox.page(
        { limit, after, descending: true },
        {
          match: of(hook_id),
          narrow: (query) => {
            if (condition !== undefined) query.andWhere(condition);
          },
        },
      );
      return { data: data.map(view), next };
    },
    async get(hook_id, id) {
      const row = await storage.gateway.outbox.find_one({ ...of(hook_id), id });
      if (row === undefined) throw new NotFound('delivery');
      return view(row);
    },
    resend: (hook_id, id) =>
      storage.transact(async (tx) => {
        const row = await tx.gateway.outbox.find_one({ ...of(hook_id), id });
        if (row === undefined) throw new NotFound('delivery');
        if (row.done_at === null && row.dead_at === null)
          throw new Conflict('delivery_pending', 'This delivery is still being tried; there is nothing to send again.');
        const message = opened(row);
        const fresh = await deps.append_outbox(tx, { org_id: row.org_id, kind: EVENT_HOOK, order_key: row.order_key, payload: message });
        // of two that ask at once, one finds it given up
        const taken =
          row.dead_at === null ||
          row.done_at !== null ||
          (await tx.sql.run(`UPDATE "outbox" SET "done_at" = "dead_at" WHERE "id" = ? AND "done_at" IS NULL`, [id])) === 1;
        const made = await tx.gateway.outbox.find_one({ id: fresh });
        if (!taken || made === undefined) throw new Conflict('delivery_pending', 'This delivery was just sent again.');
        return present(made, message);
      }),
  };
}

const CONDITIONS: ReadonlyMap<string, string> = new Map([
  ['pending', 'row.done_at IS NULL AND row.dead_at IS NULL'],
  ['delivered', 'row.done_at IS NOT NULL AND row.dead_at IS NULL'],
  ['dead', 'row.dead_at IS NOT NULL AND row.done_at IS NULL'],
  ['resent', 'row.dead_at IS NOT NULL AND row.done_at IS NOT NULL'],
]);

const status_of = ({ done_at, dead_at }: OutboxRow): DeliveryView['status'] =>
  dead_at === null ? (done_at === null ? 'pending' : 'delivered') : done_at === null ? 'dead' : 'resent';

const tried = z.array(z.object({ at: z.number(), ms: z.number(), answer: z.string().optional(), error: z.string().optional() }));

function present(row: OutboxRow, { event_id, type }: EventMessage): DeliveryView {
  const state = status_of(row);
  return {
    id: row.id,
    event_id,
    type,
    organization_id: row.org_id,
    status: state,
    tries: tried.parse(row.tries ?? []).map((one) => ({ ...one, at: rfc3339(one.at) })),
    next_try_at: state === 'pending' ? rfc3339(row.available_at) : null,
    last_error: row.last_error,
    created_at: rfc3339(row.created_at),
    delivered_at: state === 'delivered' && row.done_at !== null ? rfc3339(row.done_at) : null,
  };
}
