import type { Tools } from '../../../connectors/connector.ts';
import type { Audit } from '../../audit/index.ts';
import type { OrgId } from '../../kernel/index.ts';
import type { Storage, UserRow } from '../../storage/index.ts';

export interface OutboundDeps {
  readonly storage: Storage;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly record: Audit['record'];
  readonly append_latest: Audit['append_latest'];
  /** The guarded egress. */
  readonly fetch: Tools['fetch'];
  /** The roles of a person in an app, as its tokens have them. */
  readonly roles_of: (
    person: { readonly org_id: OrgId } & Pick<UserRow, 'id' | 'attributes' | 'user_name' | 'email'>,
    client_id: string,
  ) => Promise<readonly string[]>;
}

/** The kind of its rows in the outbox; their receiver is the target. */
export const SCIM_TARGET = 'scim_target';

/** What a delivery is about; how things are is looked up when it is made. */
export interface About {
  readonly target_id: string;
  readonly kind: 'user' | 'group';
  readonly id: string;
  readonly org_id: string;
}
