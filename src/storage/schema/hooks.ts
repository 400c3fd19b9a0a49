import { EntitySchema } from 'typeorm';
import { bool, int, json, key, string, text, time } from '../columns.ts';

/** An endpoint of the vendor that hears of what happens. */
export interface EventHookRow {
  id: string;
  url: string;
  /** Types and `thing.*`; null: all. */
  events: string[] | null;
  /** Ids; null: all, and the installation's own events. */
  organizations: string[] | null;
  description: string | null;
  enabled: boolean;
  /** Why Postern itself switched it off. */
  disabled_reason: string | null;
  /** Sealed JSON [{secret, until}]: newest first, the older one signs until then. */
  sealed_secrets: string;
  created_at: number;
  updated_at: number;
  version: number;
}

export const event_hooks = new EntitySchema<EventHookRow>({
  name: 'event_hooks',
  columns: {
    id: key(),
    url: text(),
    events: json({ nullable: true }),
    organizations: json({ nullable: true }),
    description: string({ nullable: true }),
    enabled: bool(),
    disabled_reason: string({ nullable: true }),
    sealed_secrets: text(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [{ name: 'event_hooks_order', columns: ['created_at', 'id'] }],
});

/** An endpoint of the vendor that is asked before something goes on. */
export interface InlineHookRow {
  id: string;
  point: 'before_user_created' | 'before_token' | 'after_login';
  url: string;
  /** Ids; null: all. */
  organizations: string[] | null;
  on_failure: 'fail_open' | 'fail_closed';
  timeout_ms: number;
  description: string | null;
  enabled: boolean;
  /** As of an event hook. */
  sealed_secrets: string;
  created_at: number;
  updated_at: number;
  version: number;
}

export const inline_hooks = new EntitySchema<InlineHookRow>({
  name: 'inline_hooks',
  columns: {
    id: key(),
    point: string(),
    url: text(),
    organizations: json({ nullable: true }),
    on_failure: string(),
    timeout_ms: int(),
    description: string({ nullable: true }),
    enabled: bool(),
    sealed_secrets: text(),
    created_at: time(),
    updated_at: time(),
    version: int(),
  },
  indices: [{ name: 'inline_hooks_order', columns: ['created_at', 'id'] }],
});
