import { z } from 'zod';
import type { ConnectorType, FieldError } from '../connector.ts';
import type { Partner } from './partner.ts';
import { is_web_address, pem_of, read_partner_metadata } from './partner_metadata.ts';
import { prepare_certificate, Refusal } from './verify/index.ts';
import type { Caps } from './xml/index.ts';

/** Metadata in the settings is read wherever they are: that has to be quick. Larger documents are for `metadata_url`. */
const GIVEN_METADATA_CAPS: Caps = {
  length: 500_000,
  elements: 8_000,
  attributes: 20_000,
  depth: 40,
  namespaces: 120,
  canonical: 1_600_000,
};

const web_address = z
  .string()
  .max(2048)
  .refine(is_web_address, 'Give a whole address that begins with https://, without user name, password or #.');
const uri = z.string().min(1).max(1024);

const certificate = z
  .string()
  .max(16_384)
  .transform((text, context) => {
    try {
      return prepare_certificate(pem_of(text)).pem;
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      context.addIssue({ code: 'custom', message: `${fault.message}. Give one X.509 certificate in PEM.` });
      return z.NEVER;
    }
  });

/** As it stands in an address: nothing that a server, a proxy or a browser would write another way. */
const ALIAS = /^(?:\/[\w~!$&'()*+,;=:@-][\w.~!$&'()*+,;=:@-]*){1,16}$/;
const alias = z.string().max(255).regex(ALIAS, 'must be a path such as /sso/acs/123, without a query, encoded characters or an end in /');

/** The block `saml` of a connection. Every default of it is here. */
export const saml_settings = z.strictObject({
  /** The partner's metadata itself. */
  metadata_xml: z
    .string()
    .min(1)
    .max(GIVEN_METADATA_CAPS.length, 'is too large: give metadata_url, or the part of this identity provider alone')
    .optional(),
  /** Where the partner publishes its metadata. */
  metadata_url: web_address.optional(),
  /** The certificates that sign what is at `metadata_url`; given, nothing else is believed. */
  metadata_certificates: z.array(certificate).min(1, 'Give the certificate that signs the metadata.').max(5).optional(),
  /** By hand: the identity provider's entity id. Beside metadata of several: which one. */
  entity_id: uri.optional(),
  /** By hand: where sign-in requests go. */
  sso_url: web_address.optional(),
  /** How sign-in requests go; by hand `redirect` unless given, with metadata the one that it offers. */
  sso_binding: z.enum(['redirect', 'post']).optional(),
  /** By hand: where logout messages go. */
  slo_url: web_address.optional(),
  /** By hand, or beside `metadata_xml`: certificates that the partner signs with. */
  certificates: z.array(certificate).min(1, 'Give the certificate that the identity provider signs with.').max(10).optional(),
  /** Sign sign-in requests; they are signed in any case when the partner's metadata wants it. */
  sign_requests: z.boolean().default(true),
  /** What has to carry a signature. The assertion is covered by one in any case. */
  want_signed: z.enum(['either', 'assertion', 'response', 'both']).default('either'),
  /** Refuse assertions that are not encrypted. */
  want_encrypted: z.boolean().default(false),
  /** Format of NameID to ask for; none is asked for unless given. */
  name_id_format: uri.optional(),
  /** Authentication context classes to ask for, and to insist on. */
  authn_context: z.union([uri.transform((one) => [one]), z.array(uri).min(1).max(10)]).optional(),
  /** How the partner is to compare with `authn_context`. Only `exact` is checked in the answer. */
  authn_context_comparison: z.enum(['exact', 'minimum', 'maximum', 'better']).default('exact'),
  /** Ask for a fresh sign-in every time. */
  force_authn: z.boolean().default(false),
  /** Say in the request whom the app expects (`login_hint`). Some identity providers refuse such requests. */
  send_login_hint: z.boolean().default(true),
  /** How far the partner's clock may be off. */
  clock_skew_seconds: z.int().min(0).max(180, 'At most 180: a clock that is further off has to be set.').default(60),
  /** Sign-ins that begin at the partner: refused; answered with a request of our own; taken. */
  idp_initiated: z.enum(['off', 'convert', 'accept']).default('off'),
  /** The app where an unsolicited sign-in ends. */
  default_client_id: z.string().min(1).max(255).optional(),
  /** Our entity id towards this partner, when it knows us by another name. */
  sp_entity_id: uri.optional(),
  /** Attribute that is the subject instead of the NameID, for partners that send transient ones. It must never change for a person. */
  subject_attribute: z.string().min(1).max(1024).optional(),
  /** Take signatures with SHA-1. They can be forged with effort: only for a partner that has nothing else. */
  allow_sha1: z.boolean().default(false),
  /** Certificates past their end: their signatures are refused, or taken with a warning in trace and pre-flight. */
  expired_certificate: z.enum(['refuse', 'warn']).default('refuse'),
  /** Other keys at `metadata_url`: used at once, or only after somebody has approved them. */
  key_changes: z.enum(['apply', 'approve']).default('apply'),
  /** Paths under which answers arrive as well, for a partner moved over from another broker. Requests name the first. */
  acs_aliases: z.array(alias).max(20).default([]),
  /** When a person signs out of an app: leave the partner alone, offer to sign out there too, or go there at once. */
  logout: z.enum(['off', 'offer', 'follow']).default('off'),
});

type Given = z.infer<typeof saml_settings>;

export interface SamlConfig
  extends Omit<Given, 'metadata_xml' | 'metadata_url' | 'metadata_certificates' | 'entity_id' | 'sso_url' | 'slo_url' | 'certificates'> {
  /** Either known from the settings, or published by the partner. */
  readonly source:
    | { readonly kind: 'known'; readonly partner: Partner }
    | {
        readonly kind: 'published';
        readonly url: string;
        readonly entity_id: string | undefined;
        /** Undefined: whoever answers at `url` over TLS is believed. */
        readonly signers: readonly string[] | undefined;
      };
}

type Sourced = { readonly ok: true; readonly source: SamlConfig['source'] } | { readonly ok: false; readonly errors: FieldError[] };

const at = (field: string, message: string): FieldError => ({ path: field === '' ? 'saml' : `saml.${field}`, message });

/** Exactly one of the three ways to say who the partner is. */
function source_of(given: Given): Sourced {
  const { metadata_xml, metadata_url, metadata_certificates: signers, entity_id } = given;
  const by_hand = (['sso_url', 'slo_url', 'certificates'] as const).filter(
    (field) => given[field] !== undefined && (field !== 'certificates' || metadata_url !== undefined),
  );
  if (signers !== undefined && metadata_url === undefined)
    return { ok: false, errors: [at('metadata_certificates', 'They sign what is at metadata_url, and there is none.')] };
  if (metadata_xml !== undefined || metadata_url !== undefined) {
    const errors = by_hand.map((field) => at(field, 'The metadata says this. Leave it out, or leave out the metadata.'));
    if (metadata_xml !== undefined && metadata_url !== undefined)
      errors.push(at('metadata_xml', 'Give metadata_xml or metadata_url, not both.'));
    if (errors.length > 0) return { ok: false, errors };
    if (metadata_url !== undefined) return { ok: true, source: { kind: 'published', url: metadata_url, entity_id, signers } };
    const read = read_partner_metadata(metadata_xml ?? '', entity_id, undefined, GIVEN_METADATA_CAPS);
    if (!read.ok) return { ok: false, errors: [at('metadata_xml', read.problem)] };
    const all = [...new Set([...read.partner.certificates, ...(given.certificates ?? [])])];
    return { ok: true, source: { kind: 'known', partner: { ...read.partner, certificates: all } } };
  }
  const { sso_url, certificates, slo_url } = given;
  if (entity_id === undefined && sso_url === undefined && certificates === undefined)
    return { ok: false, errors: [at('metadata_url', 'Give metadata_url or metadata_xml, or entity_id, sso_url and certificates.')] };
  const errors: FieldError[] = [];
  if (entity_id === undefined) errors.push(at('entity_id', 'The entity id of the identity provider is missing.'));
  if (sso_url === undefined) errors.push(at('sso_url', 'The address where sign-in requests go is missing.'));
  if (certificates === undefined) errors.push(at('certificates', 'The certificate that the identity provider signs with is missing.'));
  if (entity_id === undefined || sso_url === undefined || certificates === undefined) return { ok: false, errors };
  const binding = given.sso_binding ?? 'redirect';
  const partner: Partner = {
    entity_id,
    sign_on: { [binding]: { location: sso_url } },
    logout: slo_url === undefined ? {} : { [binding]: { location: slo_url } },
    certificates,
    wants_signed_requests: false,
  };
  return { ok: true, source: { kind: 'known', partner } };
}

/** The settings of the API body to a config that cannot be wrong, or every wrong field. Pure. */
export const parse_settings: ConnectorType<SamlConfig>['parse'] = (settings) => {
  const result = saml_settings.safeParse(settings);
  if (!result.success) return { ok: false, errors: result.error.issues.flatMap(field_errors) };
  const sourced = source_of(result.data);
  if (!sourced.ok) return sourced;
  const {
    metadata_xml: _xml,
    metadata_url: _url,
    metadata_certificates: _signers,
    entity_id: _id,
    sso_url: _sso,
    slo_url: _slo,
    certificates: _certificates,
    ...rest
  } = result.data;
  return { ok: true, config: { ...rest, source: sourced.source } };
};

function field_errors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => at(path === '' ? key : `${path}.${key}`, 'There is no such setting.'));
  return [at(path, issue.message)];
}
