import type { ConnectorType, Tools } from '../../connectors/connector.ts';
import type { Act } from '../audit/index.ts';
import type { AccessScope, OrgId } from '../kernel/index.ts';
import type { Protocol, Storage, Tx } from '../storage/index.ts';

/** What happened to the configuration; `before` and `after` hold only what changed, without secrets. */
export interface ConfigEvent {
  readonly type: string;
  readonly org_id?: OrgId | null;
  readonly target?: { readonly kind: string; readonly id: string; readonly name?: string };
  readonly before?: Record<string, unknown>;
  readonly after?: Record<string, unknown>;
}

/** One protocol as its connector folder offers it; what its config is, only it knows. */
export type AnyConnectorType = ConnectorType<unknown>;

export interface OrganizationsDeps {
  readonly storage: Storage;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Appends to the audit record in the writer's own unit of work. */
  readonly record: (tx: Tx, act: Act, event: ConfigEvent) => Promise<void>;
  /** Ends every session, grant and token of the scope in the same unit of work. With a reason, a type of event, a receipt lists them. */
  readonly end_access: (tx: Tx, scope: AccessScope, act: Act, reason?: string) => Promise<unknown>;
  /** Lets in and keeps out everybody as the organization's policy now says, in the same unit of work. */
  readonly settle_everyone?: (tx: Tx, org_id: OrgId, act: Act) => Promise<void>;
  /** An app was switched off or on, in the same unit of work. */
  readonly app_switched?: (tx: Tx, client_id: string, enabled: boolean) => Promise<void>;
  readonly issuer_url: string;
  /** How apps can authenticate by certificate here (RFC 8705); empty where no certificate arrives. */
  readonly certificate_methods?: readonly string[];
  readonly connector_types: Readonly<Record<Protocol, AnyConnectorType>>;
  /** The guarded egress. */
  readonly egress: Pick<Tools, 'fetch' | 'resolve'>;
  readonly random_bytes: (length: number) => Uint8Array;
  readonly log: Tools['log'];
  /** The TXT records of a name, each in its chunks; rejects as node:dns does. */
  readonly resolve_txt: (name: string) => Promise<string[][]>;
}
