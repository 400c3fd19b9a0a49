import type { SetupCheck } from './view.ts';

export interface SetupConnectionView {
  readonly protocol: 'saml' | 'oidc' | 'ldap';
  readonly guide_name: string;
  /** What the form shows, by the name of its field: never a secret. */
  readonly values: Readonly<Record<string, string>>;
  /** A secret is stored; it stays unless another is typed. */
  readonly secret_stored: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** Where our keys stand, for a partner that takes them instead of a secret. */
  readonly jwks_uri: string | undefined;
  readonly version: number;
  /** What was understood of it; undefined until something was given. */
  readonly seen: readonly SetupCheck[] | undefined;
  readonly back: string;
  readonly next: string | undefined;
}
