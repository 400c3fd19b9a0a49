import { z } from 'zod';
import { plain, time } from '../parse.ts';
import { certificate_view } from './certificates.ts';
import { attribute_mapping } from './mapping_schema.ts';
import { trust_view } from './trust_view.ts';

const protocol = z.enum(['saml', 'oidc', 'ldap']);
/** Read by the connector of the protocol, which names every wrong field. */
const block = z.record(z.string(), z.unknown());
const blocks = { saml: block.optional(), oidc: block.optional(), ldap: block.optional() };

const provisioning = {
  /** Make an account at the first sign-in. */
  jit: z.boolean(),
  update_on_login: z.boolean(),
  link_by: z.enum(['none', 'verified_email']),
};
const provisioning_defaults = { jit: true, update_on_login: true, link_by: 'none' as const };

export const connection_create = z.strictObject({
  protocol,
  name: plain(255),
  enabled: z.boolean().default(true),
  ...blocks,
  attribute_mapping: attribute_mapping.nullable().default(null),
  provisioning: z
    .strictObject(provisioning)
    .partial()
    .default({})
    .transform((given) => ({
      jit: given.jit ?? provisioning_defaults.jit,
      update_on_login: given.update_on_login ?? provisioning_defaults.update_on_login,
      link_by: given.link_by ?? provisioning_defaults.link_by,
    })),
});

/** RFC 7396: null removes. */
const connection_patch = z
  .strictObject({
    name: plain(255),
    enabled: z.boolean(),
    saml: block,
    oidc: block,
    ldap: block,
    attribute_mapping: z.record(z.string(), z.unknown()).nullable(),
    provisioning: z.strictObject(provisioning).partial(),
  })
  .partial();

const certificate = z.object({
  kid: z.string(),
  use: z.enum(['signing', 'encryption']),
  state: z.enum(['current', 'next', 'retired']),
  pem: z.string(),
  expires_at: time.nullable(),
  subject: z.string(),
  serial: z.string(),
  sha256: z.string(),
});

/** What the partner types in. */
const service_provider = z.object({
  entity_id: z.string().optional(),
  acs_url: z.string().optional(),
  metadata_url: z.string().optional(),
  slo_url: z.string().optional(),
  redirect_uri: z.string().optional(),
  backchannel_logout_uri: z.string().optional(),
  certificates: z.array(certificate).optional(),
  jwks_uri: z.string().optional(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).optional(),
});

const connection = z.object({
  id: z.string(),
  protocol,
  name: z.string(),
  enabled: z.boolean(),
  ...blocks,
  attribute_mapping: z.record(z.string(), z.unknown()).nullable(),
  provisioning: z.object(provisioning),
  service_provider,
  trust: trust_view.optional(),
  created_at: time,
  updated_at: time,
});

const connection_test = z.object({
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), fix: z.string().optional() })),
  /** Opened in a browser: a whole sign-in that makes no user and no session. For one browser, once. */
  test_url: z.string(),
  /** Under which its result is found. */
  reference: z.string(),
  expires_at: time,
});

/** A certificate of the partner's, beside those that are there. */
export const certificate_create = z.strictObject({ pem: z.string().min(1).max(16_384) });

/** Which keys somebody has looked at; absent: those that wait now, whatever they are. */
export const approve_keys = z.strictObject({
  sha256: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(100)
    .optional(),
});

/** A key of ours from elsewhere: issued by an authority, or known to the partner from another broker. */
export const key_create = z.strictObject({
  use: z.enum(['signing', 'encryption']),
  private_key_pem: z.string().min(1).max(32_768),
  certificate_pem: z.string().min(1).max(16_384),
  /** `next` is published and used once it is activated; `current` is used at once. */
  state: z.enum(['next', 'current']).default('next'),
});

export const connection_schemas = {
  ...{ connection, connection_create, connection_patch, connection_test, connection_approve_keys: approve_keys },
  ...{ connection_certificate: certificate_view, connection_certificate_create: certificate_create },
  ...{ connection_key: certificate, connection_key_create: key_create },
};
export type ConnectionView = z.output<typeof connection>;
export type ServiceProvider = z.output<typeof service_provider>;
