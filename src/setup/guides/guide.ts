/**
 * One guide: how a partner's administrator sets this up in their own product, in that product's words. The portal shows it with
 * this connection's real values, the documentation with placeholders: one source.
 */
export interface Guide {
  /** In addresses: `okta`, `entra`, `generic_saml`. */
  readonly id: string;
  /** As the vendor writes it: `Okta`. */
  readonly name: string;
  readonly protocol: 'saml' | 'oidc' | 'ldap';
  readonly steps: readonly GuideStep[];
  /** What goes wrong there, and what to do about it. */
  readonly mistakes: readonly GuideMistake[];
}

export interface GuideStep {
  readonly title: string;
  /** Paragraphs of plain text; `**bold**` is a word on the vendor's screen, `{name}` a value. */
  readonly text: readonly string[];
  /** What is to be typed there: the vendor's own name of the field, and which of our values goes in. */
  readonly values?: readonly GuideField[];
}

export interface GuideField {
  readonly label: string;
  /** A name of GuideValues, or a text as it is to be typed. */
  readonly value: { readonly ours: keyof GuideValues } | { readonly text: string };
}

export interface GuideMistake {
  readonly mistake: string;
  readonly remedy: string;
}

/** Our values. What a connection does not have is empty. */
export interface GuideValues {
  readonly acs_url: string;
  readonly entity_id: string;
  readonly metadata_url: string;
  readonly slo_url: string;
  readonly certificate: string;
  readonly redirect_uri: string;
  readonly scim_base_url: string;
  readonly name_id_format: string;
}
