import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { AccessScope } from '../kernel/index.ts';
import type { Storage, Tx } from '../storage/index.ts';
import type { ClientCertificates } from './client_certificate.ts';
import type { IssuerDirectory } from './directory.ts';
import type { EndAccessDeps } from './end_access.ts';
import type { AskTokenHook } from './hook_claims.ts';
import type { Keys } from './keys.ts';
import type { SignIn } from './sign_in.ts';

/** The person signed out, or somebody else signed in where they were. */
export type EndedBy = 'person' | 'other_sign_in';

/** What the issuer is given by whoever wires it. */
export interface IssuerDeps {
  readonly issuer: string;
  readonly storage: Storage;
  readonly directory: IssuerDirectory;
  readonly keys: Keys;
  readonly now: () => number;
  readonly cookie_keys: readonly string[];
  /** Mutual TLS of apps. */
  readonly client_certificates: ClientCertificates;
  /** The guarded egress. */
  readonly fetch: NonNullable<Configuration['fetch']>;
  readonly append_outbox: EndAccessDeps['append_outbox'];
  readonly end_access: (tx: Tx, scope: AccessScope) => Promise<unknown>;
  /** A session ended in its browser: for the audit record, in the same unit of work. */
  readonly session_ended: (tx: Tx, sign_in: SignIn, by: EndedBy) => Promise<void>;
  /** Whether the partner still stands by a sign-in whose time to be asked about has come. */
  readonly recheck: (sign_in: SignIn) => Promise<boolean>;
  /** Before a session ends by the person's wish: where the browser goes so that the partner's session can end as well, and from there to `return_url`. */
  readonly partner_logout?: (sign_in: SignIn, return_url: string) => Promise<string | undefined>;
  /** More claims for tokens that are about to be made; absent: none. */
  readonly ask_token_hook?: AskTokenHook | undefined;
  readonly new_reference: () => string;
  readonly log: (ctx: KoaContextWithOIDC, error: unknown, reference: string) => void;
  /** A token was issued or refused: for metrics. */
  readonly observe?: (event: string) => void;
  readonly login_seconds: number;
  readonly session_seconds: number;
  readonly refresh_idle_seconds: number;
  readonly refresh_absolute_seconds: number;
}
