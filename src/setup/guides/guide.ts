import type { CheckName } from './check_names.ts';
import type { Vendor } from './vendors.ts';

/**
 * One guide: how a partner's administrator sets this up in their own product, in that product's words. The portal shows it with
 * this connection's real values, the documentation with placeholders: one source.
 */
export interface Guide {
  /** In addresses: `okta_saml`, `entra_oidc`, `okta_scim`. */
  readonly id: string;
  /** The guides of one vendor stand on one page of the documentation: `okta`. */
  readonly vendor: Vendor;
  /** As the vendor writes it: `Okta`. */
  readonly name: string;
  /** `scim`: how the vendor pushes people, beside any way of signing in. */
  readonly protocol: 'saml' | 'oidc' | 'ldap' | 'scim';
  /** How long somebody needs who does it for the first time. */
  readonly minutes: number;
  /** What one must be there, and where one begins. */
  readonly where: string;
  readonly steps: readonly GuideStep[];
  /** What the partner gives back to us, in the vendor's words, and which of our fields takes it. */
  readonly asks_back: readonly GuideAnswer[];
  /** What goes wrong there, and what to do about it. */
  readonly mistakes: readonly GuideMistake[];
}

export interface GuideStep {
  readonly title: string;
  /** Paragraphs of plain text; `**bold**` is a word on the vendor's screen, `{name}` one of our values. */
  readonly text: readonly string[];
  /** What is to be typed there: the vendor's own name of the field, and which of our values goes in. */
  readonly values?: readonly GuideField[];
}

export interface GuideField {
  readonly label: string;
  /** A name of GuideValues, or a text as it is to be typed or chosen. */
  readonly value: { readonly ours: keyof GuideValues } | { readonly text: string };
}

export interface GuideAnswer {
  /** The vendor's word for it. */
  readonly label: string;
  /** Of the connection: `saml.metadata_url`. */
  readonly field: string;
  readonly note?: string;
}

export interface GuideMistake {
  /** What one sees, or what was forgotten. */
  readonly mistake: string;
  /** What to change, where, in the vendor's own words. */
  readonly remedy: string;
  /** Checks of a connection test or a test sign-in that are crossed by it. */
  readonly checks?: readonly CheckName[];
}

/** Our values. What a connection does not have is empty. */
export interface GuideValues {
  readonly acs_url: string;
  readonly entity_id: string;
  readonly metadata_url: string;
  readonly slo_url: string;
  readonly certificate: string;
  readonly redirect_uri: string;
  /** Where the keys stand that our side signs with (`private_key_jwt`). */
  readonly jwks_uri: string;
  readonly backchannel_logout_uri: string;
  readonly scim_base_url: string;
  /** Shown once, where it was made; empty otherwise. */
  readonly scim_token: string;
  readonly name_id_format: string;
}
