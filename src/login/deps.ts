import type { Act } from '../audit/index.ts';
import type { Connector, Identity } from '../../connectors/connector.ts';
import type { Browsers, RateLimits } from '../http/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { ConnectionRow, Storage, Tx } from '../storage/index.ts';
import type { Issuer } from '../tokens/index.ts';
import type { UserCollection } from '../users/index.ts';

/** One thing that happened in a sign-in, for its trace. `detail` is safe for operators. */
export interface Step {
  readonly at: number;
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly fix?: string;
}

export interface Trace {
  readonly reference: string;
  readonly purpose?: 'login' | 'test';
  readonly org_id: string | null;
  readonly connection_id: string | null;
  readonly client_id: string | null;
  readonly user_id: string | null;
  readonly outcome: 'pending' | 'succeeded' | 'refused' | 'failed';
  readonly code: string | null;
  readonly steps: readonly Step[];
  /** What the partner said of the person: shown masked by role. */
  readonly personal: unknown;
  readonly started_at: number;
  readonly finished_at: number | null;
}

/** A connection as the cache of configuration holds it. */
export interface ConnectionView
  extends Pick<ConnectionRow, 'id' | 'protocol' | 'name' | 'enabled' | 'attribute_mapping' | 'provisioning' | 'settings'> {
  readonly org_id: OrgId;
}

export interface OrganizationView {
  readonly id: OrgId;
  readonly slug: string;
  readonly name: string;
  readonly active: boolean;
  readonly branding: Readonly<Record<string, string>>;
}

export interface AppView {
  readonly client_id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly organizations: readonly string[] | null;
}

/** Where a request leads. */
export type Decision =
  | { readonly kind: 'connection'; readonly org_id: OrgId; readonly connection_id: string; readonly login_hint?: string | undefined }
  | {
      readonly kind: 'choose_connection';
      readonly org_id: OrgId;
      readonly connections: readonly { readonly id: string; readonly name: string; readonly protocol: string }[];
      readonly login_hint?: string | undefined;
    }
  | {
      readonly kind: 'ask';
      readonly remembered?: { readonly org_id: OrgId; readonly name: string } | undefined;
      readonly problem?: 'unknown_identifier' | 'invalid_identifier' | undefined;
      readonly typed?: string | undefined;
    }
  | { readonly kind: 'unavailable'; readonly org_id: OrgId };

export interface RouteRequest {
  readonly client: { readonly client_id: string; readonly organizations: readonly string[] | null };
  readonly organization?: string | undefined;
  readonly connection?: string | undefined;
  readonly login_hint?: string | undefined;
  readonly domain_hint?: string | undefined;
  readonly typed?: string | undefined;
  readonly remembered_org?: OrgId | undefined;
}

/** The account that a sign-in would have ended at, had it been one. */
export type Preview =
  | { readonly ok: true; readonly user: Readonly<Record<string, string | readonly string[]>> }
  | { readonly ok: false; readonly code: string };

/** Everything the conductor needs of other rooms; wiring passes it in. */
export interface LoginDeps {
  readonly issuer_url: string;
  readonly issuer: Issuer;
  readonly storage: Storage;
  readonly browsers: Browsers;
  readonly rate_limits: RateLimits;
  readonly now: () => number;
  readonly directory: {
    client(client_id: string): Promise<AppView | undefined>;
    connection_view(id: string): Promise<ConnectionView | undefined>;
    organization_view(id: OrgId): Promise<OrganizationView | undefined>;
    /** The connection that takes answers at a path which is none of ours. */
    connection_at(path: string): Promise<string | undefined>;
  };
  /** The people of one organization, for whom it shows them to. */
  readonly people: (org_id: OrgId) => Pick<UserCollection, 'get' | 'sessions' | 'end_session' | 'end_sessions'>;
  /** Opened and cached. */
  readonly connector: (connection_id: string) => Promise<Connector>;
  readonly route: (request: RouteRequest) => Promise<Decision>;
  readonly link: (input: {
    org_id: OrgId;
    connection: ConnectionView;
    identity: Identity;
    act: Act;
    confirmed?: boolean;
    note: (check: { name: string; ok: boolean; detail: string; fix?: string }) => void;
  }) => Promise<{ user_id: string; created: boolean }>;
  /** The same without writing anything. */
  readonly preview: (input: {
    org_id: OrgId;
    connection: ConnectionView;
    identity: Identity;
    note: (check: { name: string; ok: boolean; detail: string; fix?: string }) => void;
  }) => Promise<Preview>;
  /** Who has a say once somebody has signed in. @throws LoginRefused | UpstreamFault */
  readonly after_login?: (login: {
    readonly org_id: OrgId;
    readonly user_id: string;
    readonly created: boolean;
    readonly connection_id: string;
    readonly client_id: string | null;
    readonly acr: string | undefined;
    readonly amr: readonly string[];
  }) => Promise<void>;
  readonly end_access: (tx: Tx, scope: { org_id: OrgId; session_id: string }, act: Act) => Promise<unknown>;
  readonly record: (
    tx: Tx,
    act: Act,
    event: { type: string; org_id?: OrgId | null; target?: { kind: string; id: string; name?: string }; after?: Record<string, unknown> },
  ) => Promise<void>;
  readonly save_trace: (tx: Tx, trace: Trace) => Promise<void>;
  readonly new_reference: () => string;
  readonly log_error: (error: unknown, about: { reference: string; request_id: string }) => void;
  /** A sign-in ended: for metrics. `code` empty when it succeeded. */
  readonly observe: (outcome: Trace['outcome'], protocol: string, code: string, milliseconds: number) => void;
  readonly login_seconds: number;
  readonly session_seconds: number;
  /** How long an app's grant lives at most. */
  readonly refresh_seconds: number;
  readonly step_timeout_ms: number;
}
