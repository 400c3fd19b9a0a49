import type { Act, Audit } from '../audit/index.ts';
import type { RateLimits } from '../http/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { Storage } from '../storage/index.ts';
import type { EndAccess } from '../users/index.ts';
import type { Dialect } from './dialect.ts';
import type { RequestLog } from './request_log/log.ts';
import type { Observed } from './request_log/observed.ts';

export interface DirectoryDeps {
  readonly storage: Storage;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly record: Audit['record'];
  readonly end_access: EndAccess;
}

export interface ScimDeps extends DirectoryDeps {
  readonly issuer_url: string;
  readonly rate_limits: Pick<RateLimits, 'check' | 'count'>;
  readonly request_log: Pick<RequestLog, 'note'>;
}

/** One directory that speaks to us: its token, its organization, what it is forgiven. */
export interface Client {
  readonly org_id: OrgId;
  readonly token_id: string;
  /** The connection that its people sign in with; null: it did not say. */
  readonly connection_id: string | null;
  readonly dialect: Dialect;
  readonly act: Act;
  /** Of the request in hand. */
  readonly observed: Observed;
  /** Of this organization, without a slash at its end. */
  readonly base_url: string;
}
