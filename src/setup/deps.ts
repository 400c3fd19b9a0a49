import type { Act, Audit } from '../audit/index.ts';
import type { ScimTokens } from '../directory/index.ts';
import type { Browsers, RateLimits } from '../http/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { Organizations } from '../organizations/index.ts';
import type { Seal, Storage } from '../storage/index.ts';
import type { SetupAdministrators } from './administrator.ts';

export interface SetupDeps {
  readonly issuer_url: string;
  /** Who invites. */
  readonly vendor_name: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly browsers: Browsers;
  readonly rate_limits: RateLimits;
  readonly organizations: Pick<Organizations, 'setup_visits' | 'domains' | 'connections' | 'contacts' | 'health'>;
  /** As the cache of configuration holds it. */
  readonly organization: (id: OrgId) => Promise<SetupOrganization | undefined>;
  readonly scim_tokens: ScimTokens;
  readonly audit: Pick<Audit, 'find_trace' | 'list_traces' | 'record'>;
  readonly storage: Pick<Storage, 'transact'>;
  readonly seal: Pick<Seal, 'seal' | 'open'>;
  readonly administrators: SetupAdministrators;
  /** A whole sign-in that leaves nothing but its trace, and ends at `back`. */
  readonly begin_test: (
    of: { readonly org_id: OrgId; readonly connection_id: string },
    act: Act,
    back: string,
  ) => Promise<{ readonly test_url: string; readonly reference: string }>;
}

export interface SetupOrganization {
  readonly id: OrgId;
  readonly name: string;
  readonly active: boolean;
  readonly branding: Readonly<Record<string, string>>;
}
