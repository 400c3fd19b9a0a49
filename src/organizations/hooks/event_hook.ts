import { z } from 'zod';
import { type Act, is_event_filter } from '../../audit/index.ts';
import { new_id, rfc3339 } from '../../kernel/index.ts';
import type { EventHookRow } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { organization_ids } from '../organization_ids.ts';
import { fetched_uri, parse, plain, time, unique } from '../parse.ts';
import type { Kind } from '../versioned.ts';
import { type HookCollection, make_hook_collection } from './collection.ts';
import { hook_secrets } from './secrets.ts';

const fields = {
  url: fetched_uri,
  /** Types (`user.created`), whole things (`user.*`), or "all". */
  events: z.union([
    z.literal('all'),
    unique(plain(128).refine(is_event_filter, 'is no type of event, see docs/reference/events.md'), 100).min(1),
  ]),
  /** Ids (or slugs) of the organizations to hear of, or "all", which has the installation's own events as well. */
  organizations: z.union([z.literal('all'), unique(plain(64), 10_000)]),
  description: plain(1024).nullable(),
  enabled: z.boolean(),
};
const event_hook_create = z.strictObject({
  ...fields,
  events: fields.events.default('all'),
  organizations: fields.organizations.default('all'),
  description: fields.description.default(null),
  enabled: fields.enabled.default(true),
});
const event_hook_patch = z.strictObject(fields).partial();
const names = z.union([z.literal('all'), z.array(z.string())]);
const event_hook = z.object({
  id: z.string(),
  url: z.string(),
  events: names,
  organizations: names,
  description: z.string().nullable(),
  enabled: z.boolean(),
  /** Why Postern itself switched it off; null when it did not. */
  disabled_reason: z.string().nullable(),
  created_at: time,
  updated_at: time,
});
const event_hook_created = event_hook.extend({ secret: z.string() });

export const event_hook_schemas = { event_hook, event_hook_create, event_hook_patch, event_hook_created };
export type EventHookView = z.output<typeof event_hook>;

/** Where an event goes, as of this moment. */
export interface HookTarget {
  readonly url: string;
  /** Those that sign now, newest first. */
  readonly secrets: readonly string[];
  readonly enabled: boolean;
}

export interface EventHookCollection extends HookCollection<EventHookView> {
  /** Undefined when there is no such hook. */
  target(id: string): Promise<HookTarget | undefined>;
  /** Its endpoint has said that it is gone for good. */
  disable(id: string, reason: string, act: Act): Promise<void>;
}

export function make_event_hook_collection(deps: OrganizationsDeps): EventHookCollection {
  const { storage } = deps;
  return {
    ...make_hook_collection(deps, event_hook_kind(deps)),
    async target(id) {
      const row = await storage.gateway.event_hooks.find_one({ id });
      if (row === undefined) return undefined;
      return { url: row.url, enabled: row.enabled, secrets: hook_secrets(storage.seal, id, row.sealed_secrets, deps.now()) };
    },
    disable: (id, reason, act) =>
      storage.transact(async (tx) => {
        await tx.config_changed();
        const row = await tx.gateway.event_hooks.find_one({ id });
        if (row?.enabled !== true) return;
        const changes = { enabled: false, disabled_reason: reason, updated_at: deps.now(), version: row.version + 1 };
        await tx.gateway.event_hooks.update({ id }, changes);
        const target = { kind: 'event_hook', id, name: row.url };
        await deps.record(tx, act, {
          type: 'event_hook.disabled',
          org_id: null,
          target,
          after: { enabled: false, disabled_reason: reason },
        });
      }),
  };
}

function event_hook_kind(deps: OrganizationsDeps): Kind<EventHookRow, EventHookView> {
  return {
    name: 'event_hook',
    reads: deps.storage.gateway.event_hooks,
    writes: (tx) => tx.gateway.event_hooks,
    present,
    label: (row) => row.url,
    body(row) {
      const { url, events, organizations, description, enabled } = present(row);
      return { url, events, organizations, description, enabled };
    },
    async make(body) {
      const at = deps.now();
      const read = await settle(deps, body);
      return { id: new_id('ehk'), ...read, disabled_reason: null, sealed_secrets: '', created_at: at, updated_at: at, version: 1 };
    },
    async change(row, body) {
      const changes = await settle(deps, body, row);
      return changes.enabled ? { ...changes, disabled_reason: null } : changes;
    },
    async ends(tx, before, after) {
      // what waits for it names people, and nobody will ever fetch it
      if (after === undefined) await tx.sql.run(`DELETE FROM "outbox" WHERE "receiver" = ? AND "kind" = 'event_hook'`, [before.id]);
    },
  };
}

async function settle(deps: OrganizationsDeps, body: unknown, before?: EventHookRow) {
  const { url, events, organizations, description, enabled } = parse(event_hook_create, body);
  return {
    ...{ url, description, enabled },
    events: events === 'all' ? null : events,
    organizations: await organization_ids(deps.storage, organizations, before?.organizations ?? []),
  };
}

const present = (row: EventHookRow): EventHookView => ({
  id: row.id,
  url: row.url,
  events: row.events ?? 'all',
  organizations: row.organizations ?? 'all',
  description: row.description,
  enabled: row.enabled,
  disabled_reason: row.disabled_reason,
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});
