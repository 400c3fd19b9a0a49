import type { OrgId } from '../kernel/index.ts';
import type { Protocol } from './directory.ts';

export interface RouteRequest {
  /** The app that asks; `organizations` whose people may use it, null: all. */
  readonly client: { readonly client_id: string; readonly organizations: readonly string[] | null };
  /** Id or slug. */
  readonly organization?: string | undefined;
  readonly connection?: string | undefined;
  readonly login_hint?: string | undefined;
  readonly domain_hint?: string | undefined;
  /** What the person typed on our page: an e-mail address or a domain. */
  readonly typed?: string | undefined;
  /** The organization of the last sign-in in this browser: offered, never taken by itself. */
  readonly remembered_org?: OrgId | undefined;
}

export interface ConnectionChoice {
  readonly id: string;
  readonly name: string;
  readonly protocol: Protocol;
}

export type Decision =
  | { readonly kind: 'connection'; readonly org_id: OrgId; readonly connection_id: string; readonly login_hint?: string }
  | {
      readonly kind: 'choose_connection';
      readonly org_id: OrgId;
      readonly connections: readonly ConnectionChoice[];
      readonly login_hint?: string;
    }
  | {
      readonly kind: 'ask';
      readonly remembered?: { readonly org_id: OrgId; readonly name: string };
      readonly problem?: 'unknown_identifier' | 'invalid_identifier';
      readonly typed?: string;
    }
  /** The organization is known, but it may not sign in or has no enabled connection. */
  | { readonly kind: 'unavailable'; readonly org_id: OrgId };
