import type { Act } from '../audit/index.ts';
import type { AccessScope, OrgId } from '../kernel/index.ts';
import type { Storage, Tx } from '../storage/index.ts';

/** What happened to a person or a group; `before` and `after` hold only what changed. */
export interface PeopleEvent {
  readonly type: string;
  readonly org_id: OrgId;
  readonly target: { readonly kind: 'user' | 'group' | 'user_import'; readonly id: string; readonly name?: string };
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** Appends to the audit record in the writer's own unit of work. */
export type RecordEvent = (tx: Tx, act: Act, event: PeopleEvent) => Promise<void>;

/** Ends every session, grant and token of the scope in the same unit of work. With a reason, a type of event, a receipt lists them. */
export type EndAccess = (tx: Tx, which: AccessScope, act: Act, reason?: string) => Promise<unknown>;

export interface UsersDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly record: RecordEvent;
  readonly end_access: EndAccess;
  /** Domains that this organization has proven, lower case A-labels. */
  readonly domains: (org_id: OrgId) => ReadonlySet<string> | Promise<ReadonlySet<string>>;
  /** Whatever else keeps what was said of people, and forgets it with them. */
  readonly forget?: Forget | undefined;
}

export interface Forget {
  /** Before the unit of work: what waits in memory is written, so that it is found. */
  prepare(): Promise<void>;
  /** Within it: whatever holds one of these words, which say who somebody was, is emptied. */
  within(tx: Tx, org_id: OrgId, words: readonly string[]): Promise<unknown>;
}

/** What the shared write functions need of their caller. */
export type WriteDeps = Pick<UsersDeps, 'now' | 'record' | 'end_access'>;
