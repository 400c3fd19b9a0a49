import type { OrgId } from '../kernel/index.ts';

/** Somebody who was given, by hand, the look after their own organization. */
export interface Administrator {
  readonly org_id: OrgId;
  readonly user_id: string;
  readonly name: string;
}

/** What must be known of people who sign in to the portal through their own connection. */
export interface SetupAdministrators {
  readonly client_id: string;
  /** Makes sure that the issuer knows the portal as an app. */
  prepare(): Promise<void>;
  /** Takes a code once: answers the hash of the grant behind it, or undefined when it is no good. */
  redeem(given: {
    readonly code: string;
    readonly code_verifier: string;
    readonly redirect_uri: string;
    readonly nonce: string;
  }): Promise<string | undefined>;
  /** Whoever holds this grant, while the sign-in lives and the person may look after their organization. */
  of_grant(grant_hash: string): Promise<Administrator | undefined>;
  /** Ends the sign-in itself. */
  end(grant_hash: string): Promise<void>;
}
