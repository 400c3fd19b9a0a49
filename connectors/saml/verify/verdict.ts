/** What signed an element: the partner's certificate, and by which algorithm URIs. */
export interface SignatureEvidence {
  /** SHA-256 over the certificate's DER, lower-case hex. */
  readonly fingerprint: string;
  readonly signature_algorithm: string;
  readonly digest_algorithm: string;
  readonly canonicalization: string;
}

export interface NameId {
  readonly value: string;
  readonly format?: string;
  readonly name_qualifier?: string;
  readonly sp_name_qualifier?: string;
}

export interface NamedAttribute {
  readonly name: string;
  readonly friendly_name?: string;
  readonly name_format?: string;
  readonly values: readonly string[];
}

/** What a verified assertion says. Every value was read from nodes that a signature covers. */
export interface VerifiedAssertion {
  readonly id: string;
  readonly issuer: string;
  readonly name_id: NameId;
  /** By attribute name, on a null prototype. Values of a name that occurs in several Attribute elements are joined in document order. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly attribute_names: readonly NamedAttribute[];
  /** Times are epoch milliseconds. */
  readonly authn_instant: number;
  readonly session_index?: string;
  readonly session_not_on_or_after?: number;
  /** AuthnContextClassRef. */
  readonly authn_context?: string;
  /** Until when this id must be remembered: no later moment can accept the assertion again. */
  readonly not_on_or_after: number;
  /** SHA-256 of the certificate that signed the assertion, or else the response around it. */
  readonly signed_by: string;
  readonly algorithms: {
    readonly signature: string;
    readonly digest: string;
    readonly canonicalization: string;
    readonly encryption?: string;
  };
  readonly encrypted: boolean;
}

export type Verdict =
  | { readonly kind: 'assertion'; readonly assertion: VerifiedAssertion }
  /** A response whose status is not Success: believed as a refusal, and as nothing else. */
  | {
      readonly kind: 'status';
      readonly status: string;
      readonly second: string | undefined;
      readonly message: string | undefined;
      readonly in_response_to: string | undefined;
    };
