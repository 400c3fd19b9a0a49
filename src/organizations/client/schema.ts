import { z } from 'zod';
import { branding, texts } from '../branding/index.ts';
import { parse_distinguished_name } from '../../kernel/index.ts';
import { fetched_uri, plain, time, unique, web_uri } from '../parse.ts';
import { SCOPE } from '../scopes.ts';
import { claim_mapping } from './claim_mapping.ts';
import { jwks } from './jwks.ts';
import { redirect_uri_problem } from './redirect_uri.ts';

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

const signing_alg = z.enum(['RS256', 'ES256', 'EdDSA']);
const request_alg = z.enum(['RS256', 'PS256', 'ES256', 'EdDSA']);

const redirect_uri = plain(2048).superRefine((text, context) => {
  const message = redirect_uri_problem(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const scope = plain(2048).superRefine((text, context) => {
  for (const name of text.split(' ')) {
    if (!SCOPE.test(name)) context.addIssue({ code: 'custom', message: 'must be scope names with one space between them' });
    else if (name.startsWith('postern:') && name !== 'postern:admin')
      context.addIssue({ code: 'custom', message: `${name} is not a scope of Postern` });
  }
});

/** As HTML reads an address: what the issuer accepts of a contact. */
const contact = z
  .string()
  .max(320)
  .regex(/^[\w.!#$%&'*+/=?^`{|}~-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*$/, 'must be an e-mail address');

const subject_dn = plain(1024).refine(
  (text) => parse_distinguished_name(text) !== undefined,
  'must be a distinguished name as RFC 4514 writes it: CN=app,O=Example,C=DE',
);

/** OIDC Registration 1.0 section 2, RFC 7591 and the extensions that the issuer acts upon. */
const registration = {
  client_name: plain(255),
  client_uri: web_uri,
  logo_uri: web_uri,
  policy_uri: web_uri,
  tos_uri: web_uri,
  contacts: unique(contact, 20),
  application_type: z.enum(['web', 'native']),
  redirect_uris: unique(redirect_uri, 100),
  post_logout_redirect_uris: unique(redirect_uri, 100),
  response_types: z.array(z.literal('code')).max(1),
  response_modes: unique(z.enum(['query', 'fragment', 'form_post', 'jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt']), 7).min(1),
  grant_types: unique(z.enum(['authorization_code', 'refresh_token', 'client_credentials', DEVICE, EXCHANGE]), 5).min(1),
  token_endpoint_auth_method: z.enum([
    'client_secret_basic',
    'client_secret_post',
    'client_secret_jwt',
    'private_key_jwt',
    'tls_client_auth',
    'self_signed_tls_client_auth',
    'none',
  ]),
  token_endpoint_auth_signing_alg: z.enum(['HS256', 'RS256', 'PS256', 'ES256', 'EdDSA']),
  subject_type: z.literal('public'),
  scope,
  jwks,
  jwks_uri: fetched_uri,
  backchannel_logout_uri: fetched_uri,
  backchannel_logout_session_required: z.boolean(),
  /** Loaded in a frame of the page that says that the session has ended, for apps that cannot hear a back-channel logout. */
  frontchannel_logout_uri: web_uri,
  frontchannel_logout_session_required: z.boolean(),
  initiate_login_uri: web_uri,
  default_max_age: z.int().min(0).max(31_536_000),
  require_auth_time: z.boolean(),
  require_pushed_authorization_requests: z.boolean(),
  require_signed_request_object: z.boolean(),
  request_object_signing_alg: request_alg,
  dpop_bound_access_tokens: z.boolean(),
  /** RFC 8705 section 2.1.2: one of them says whose certificate it is. */
  tls_client_auth_subject_dn: subject_dn,
  tls_client_auth_san_dns: plain(255),
  tls_client_auth_san_uri: plain(2048),
  tls_client_auth_san_ip: z.union([z.ipv4(), z.ipv6()]),
  tls_client_auth_san_email: contact,
  tls_client_certificate_bound_access_tokens: z.boolean(),
  id_token_signed_response_alg: signing_alg,
  userinfo_signed_response_alg: signing_alg,
  introspection_signed_response_alg: signing_alg,
  authorization_signed_response_alg: signing_alg,
};

/** Every name that a registration may have. */
export const REGISTRATION_NAMES: readonly string[] = Object.keys(registration);

/** Ours beside the registration. */
const ours = {
  /** Ids (or slugs) of the organizations whose people may use the app, or "all". */
  organizations: z.union([z.literal('all'), unique(plain(64), 10_000)]),
  /** Resources the app may ask for; absent: all. */
  allowed_resources: unique(plain(1024), 1000),
  /** False: a person is asked for consent. */
  first_party: z.boolean(),
  /** Resources that this app is itself: it may exchange the tokens that it gets as one of them (RFC 8693). */
  own_resources: unique(plain(1024), 100),
  /** Held to the FAPI 2.0 Security Profile. */
  profile: z.literal('fapi2'),
  /** Names and shapes of claims that the app knows from its provider before. */
  claims_preset: z.enum(['auth0', 'keycloak', 'logto']),
  claim_mapping,
  /** On the pages before the person's organization is known. */
  branding,
  texts,
  /** False only by an owner, for a confidential client. */
  require_pkce: z.boolean(),
  enabled: z.boolean(),
};

export const client_body = z.strictObject({
  ...z.object(registration).partial().shape,
  grant_types: registration.grant_types.default(['authorization_code']),
  redirect_uris: registration.redirect_uris.default([]),
  token_endpoint_auth_method: registration.token_endpoint_auth_method.default('client_secret_basic'),
  ...z.object(ours).partial().shape,
  organizations: ours.organizations.default('all'),
  first_party: ours.first_party.default(true),
  enabled: ours.enabled.default(true),
});

const client_id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$/, 'must be 1 to 128 letters, digits and . _ ~ -')
  // names that every object has would be found where no app is
  .refine((id) => !(id in {}), 'is a reserved name');
const client_create = client_body.extend({ client_id: client_id.optional() });
// RFC 7396: null within them removes one
const client_patch = z
  .strictObject({
    ...registration,
    ...ours,
    branding: z.record(z.string(), z.string().nullable()),
    texts: z.record(z.string(), z.unknown()),
  })
  .partial();
const client = z.object({
  id: z.string(),
  client_id: z.string(),
  ...z.object(registration).partial().shape,
  ...z.object(ours).partial().shape,
  organizations: z.union([z.literal('all'), z.array(z.string())]),
  first_party: z.boolean(),
  enabled: z.boolean(),
  created_at: time,
  updated_at: time,
});
const client_created = client.extend({ client_secret: z.string().optional() });

/** How long the secret before counts beside the new one: at most 30 days. */
const client_rotate_secret = z.strictObject({ overlap_seconds: z.int().min(0).max(2_592_000).default(0) });
const client_rotated = client.extend({ client_secret: z.string(), previous_secret_expires_at: time.nullable() });

export const client_schemas = { client, client_create, client_patch, client_created, client_rotate_secret, client_rotated };
export type ClientBody = z.output<typeof client_body>;
export type ClientView = z.output<typeof client>;
export type CreatedClientView = z.output<typeof client_created>;
export type RotatedClientView = z.output<typeof client_rotated>;
