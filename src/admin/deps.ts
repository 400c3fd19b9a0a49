import type { Tools } from '../../connectors/connector.ts';
import type { Act, Audit, Receipts } from '../audit/index.ts';
import type { DirectorySync, Outbound, ScimRequests, ScimTokens } from '../directory/index.ts';
import type { Deliveries } from '../events/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { Organizations } from '../organizations/index.ts';
import type { Tenants } from '../organizations/tenants/index.ts';
import type { Storage } from '../storage/index.ts';
import type { Keys, PreviewedClaims } from '../tokens/index.ts';
import type { UserImports, Users } from '../users/index.ts';
import type { AdminKeys } from './admin_keys.ts';
import type { IdentifyDeps } from './identify.ts';
import type { Checks, SystemView } from './system_shape.ts';

export interface AdminDeps extends IdentifyDeps {
  readonly issuer_url: string;
  /** The slug of the organization whose people may hold admin roles; undefined: nobody's may. */
  readonly operators_organization?: string | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly storage: Storage;
  readonly organizations: Pick<
    Organizations,
    | 'organizations'
    | 'domains'
    | 'connections'
    | 'role_mappings'
    | 'setup_links'
    | 'contacts'
    | 'signal_sources'
    | 'health'
    | 'clients'
    | 'registration_tokens'
    | 'resources'
    | 'roles'
    | 'event_hooks'
    | 'inline_hooks'
    | 'scim_targets'
    | 'require_organization'
  >;
  readonly users: Pick<Users, 'users' | 'groups'>;
  readonly user_imports: (org_id: OrgId) => ReturnType<UserImports>;
  /** Whole sign-ins that try a connection. */
  readonly test_sign_ins: {
    begin(
      of: { readonly org_id: OrgId; readonly connection_id: string },
      act: Act,
    ): Promise<{ readonly test_url: string; readonly reference: string; readonly expires_at: number }>;
  };
  /** The guarded way out. */
  readonly fetch: Tools['fetch'];
  readonly audit: Pick<Audit, 'record' | 'list_events' | 'find_event' | 'export_events' | 'list_traces' | 'find_trace'>;
  readonly keys: Pick<Keys, 'list' | 'rotate' | 'withdraw'>;
  readonly admin_keys: AdminKeys;
  /** What the holders of admin keys show beside them at the console. */
  readonly second_factors: {
    list(admin_key_id: string): Promise<
      readonly {
        readonly id: string;
        readonly kind: 'totp' | 'passkey';
        readonly name: string;
        readonly last_used_at: string | null;
        readonly created_at: string;
      }[]
    >;
    codes_left(admin_key_id: string): Promise<number>;
    reset(admin_key_id: string, act: Act): Promise<void>;
  };
  readonly system: () => Promise<SystemView>;
  /** What the doctor finds; in bounded time. */
  readonly system_checks: (of: { readonly act: Act; readonly partners: boolean }) => Promise<Checks>;
  /** The tenants file, as the command has it. */
  readonly tenants: Tenants;
  /** @throws NotFound when there is no such person or app */
  readonly preview_claims: (of: {
    readonly org_id: OrgId;
    readonly user_id: string;
    readonly client_id: string;
    readonly scopes: ReadonlySet<string>;
  }) => Promise<PreviewedClaims>;
  readonly scim_tokens: ScimTokens;
  readonly directory_sync: Pick<DirectorySync, 'runs'>;
  readonly scim_requests: (org_id: OrgId) => ReturnType<ScimRequests>;
  readonly deliveries: Deliveries;
  readonly outbound: Pick<Outbound, 'runs' | 'dead_letters'>;
  readonly receipts: Pick<Receipts, 'list' | 'get'>;
}

/** What a resource's file is made from. */
export type ResourceDeps = Omit<AdminDeps, keyof IdentifyDeps> & Pick<AdminDeps, 'admin_keys'>;
