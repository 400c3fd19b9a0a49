import type { FieldProblem, OrgId } from '../../kernel/index.ts';
import type { SignalSourceCollection } from '../signal_source.ts';
import type { Item, Items, Side } from './plan.ts';

export type Check = Side['check'];

/** What this needs of the room: its collections, and what their bodies must be like. */
export interface TenantsDeps {
  readonly organizations: Items;
  readonly clients: Items;
  readonly resources: Items;
  readonly roles: Items;
  readonly scim_targets: Items;
  domains(org_id: OrgId): Items;
  connections(org_id: OrgId): Items;
  role_mappings(org_id: OrgId): Items;
  contacts(org_id: OrgId): Items;
  signal_sources(org_id: OrgId): SignalSourceCollection;
  readonly check: {
    readonly [Name in
      | 'organization'
      | 'client'
      | 'resource'
      | 'role'
      | 'domain'
      | 'role_mapping'
      | 'scim_target'
      | 'contact'
      | 'signal_source']: Check;
  } & {
    /** `org_id` is undefined while the organization does not exist. */
    connection(org_id: OrgId | undefined, body: Item, there: Item | undefined): Promise<readonly FieldProblem[]>;
  };
  /** Whether the stored secret of a connection is this one. */
  connection_holds(org_id: OrgId, id: string, path: string, value: string): Promise<boolean>;
  /** Whether the stored secret of a SCIM target is this one. */
  target_holds(id: string, value: string): Promise<boolean>;
}
