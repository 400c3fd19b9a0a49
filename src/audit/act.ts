import type { AdminRole } from '../storage/index.ts';

/** Who does something. Never a secret, only ids and names. */
export interface Actor {
  readonly kind: 'admin_key' | 'user' | 'client' | 'scim_token' | 'setup_link' | 'cli' | 'system';
  readonly id?: string;
  readonly name?: string;
}

/** One deliberate act: who, on whose request, from where. Accompanies every change down to the audit record. */
export interface Act {
  readonly actor: Actor;
  readonly request_id?: string;
  readonly ip?: string;
  /** What the actor may do where that matters beyond the route; the command acts as `owner`. Absent: nothing beyond. */
  readonly role?: AdminRole;
}

/** What Postern does by itself. */
export const system_act: Act = { actor: { kind: 'system' } };
