import type { Actor } from '../audit/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { AdminRole } from '../storage/index.ts';

/** Who is at the console, and what that may be. */
export type Operator =
  | { readonly role: Exclude<AdminRole, 'org_admin'>; readonly actor: Actor }
  | { readonly role: 'org_admin'; readonly organization_id: OrgId; readonly actor: Actor };

/** An admin key that is valid at this moment. */
export interface OperatorKey {
  /** `first`: the key of the settings. */
  readonly id: string;
  readonly operator: Operator;
}

/** What must be known of admin keys. */
export interface OperatorKeys {
  of_secret(secret: string): Promise<OperatorKey | undefined>;
  /** By the hash of the secret: while it answers, the key is good. */
  of_hash(hash: string): Promise<OperatorKey | undefined>;
}

/** What must be known of people of the operators' organization, who sign in through Postern itself. */
export interface OperatorPeople {
  readonly client_id: string;
  /** The slug of their organization. */
  readonly organization: string;
  /** Takes a code once: answers the hash of the grant behind it, or undefined when it is no good. */
  redeem(request: {
    readonly code: string;
    readonly code_verifier: string;
    readonly redirect_uri: string;
    readonly nonce: string;
  }): Promise<string | undefined>;
  /** Whoever holds this grant, while the sign-in lives and the person may use the console. */
  of_grant(grant_hash: string): Promise<Operator | undefined>;
  /** Ends the sign-in itself. */
  end(grant_hash: string): Promise<void>;
}
