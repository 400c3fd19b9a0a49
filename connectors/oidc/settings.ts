import { z } from 'zod';
import type { FieldError } from '../connector.ts';
import { OF_ALL_TENANTS, OF_MANY_TENANTS } from './tenants.ts';

/** Where a provider is, when it publishes no discovery document or another one is wanted. */
export interface ExplicitEndpoints {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly userinfo_endpoint?: string | undefined;
  readonly end_session_endpoint?: string | undefined;
  readonly id_token_signing_alg_values_supported?: readonly string[] | undefined;
  readonly authorization_response_iss_parameter_supported?: boolean | undefined;
}

const auth_methods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'] as const;
export type AuthMethod = (typeof auth_methods)[number];

export interface OidcConfig {
  /** Compared byte for byte. */
  readonly issuer: string;
  /** Entra ID: tenant ids, where the issuer speaks for every tenant. */
  readonly tenants?: readonly string[] | undefined;
  readonly client_id: string;
  readonly client_secret: string | undefined;
  /** Undefined: what the provider says that it supports, basic first. */
  readonly auth_method: AuthMethod | undefined;
  readonly scopes: readonly string[];
  /** Undefined: read from the discovery document. */
  readonly endpoints: ExplicitEndpoints | undefined;
  readonly userinfo: boolean;
  readonly prompt: string | undefined;
  readonly acr_values: readonly string[];
  readonly clock_skew_seconds: number;
  readonly keep_refresh_token: boolean;
  readonly recheck_minutes: number;
  readonly recheck_grace_minutes: number;
}

const text = z.string().min(1, 'Must not be empty.').max(2048);
const url = text.refine(is_web_address, 'Write a whole address that begins with https://, without user, password or fragment.');
const token = text.regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'Must be one word of ASCII characters.');
const words = z.union(
  [z.array(token).max(50), text.transform((value) => value.split(' ').filter((word) => word !== ''))],
  'Write a list of words, or one text with blanks between them.',
);

const schema = z.strictObject({
  issuer: url.transform(plain_issuer).refine((issuer) => !issuer.includes('?'), 'An issuer has no query.'),
  /** Entra ID: the tenants whose people may come, where the issuer speaks for every tenant. */
  tenants: z
    .array(z.uuid('Write the tenant id (a GUID) as Entra ID shows it.').toLowerCase())
    .min(1, 'Name at least one tenant.')
    .max(50)
    .optional(),
  client_id: text,
  client_secret: text.optional(),
  private_key_jwt: z.boolean().default(false),
  token_endpoint_auth_method: z.enum(auth_methods).optional(),
  scopes: words.default(['openid', 'email', 'profile']),
  discovery: z
    .union(
      [
        z.literal(true),
        z.strictObject({
          authorization_endpoint: url,
          token_endpoint: url,
          jwks_uri: url,
          userinfo_endpoint: url.optional(),
          end_session_endpoint: url.optional(),
          id_token_signing_alg_values_supported: z.array(token).max(20).optional(),
          authorization_response_iss_parameter_supported: z.boolean().optional(),
        }),
      ],
      'Write true, or an object with the endpoints.',
    )
    .default(true),
  userinfo: z.boolean().default(true),
  prompt: z.enum(['login', 'select_account', 'consent']).optional(),
  acr_values: words.default([]),
  clock_skew_seconds: z.int().min(0).max(180).default(60),
  /** Whether the provider is asked again, by its refresh token, about people who are signed in. */
  keep_refresh_token: z.boolean().default(false),
  recheck_minutes: z.int().min(1).max(10_080).default(15),
  /** How long a provider that gives no answer is borne with. */
  recheck_grace_minutes: z.int().min(0).max(43_200).default(1440),
  /** When a person signs out of an app: leave the provider alone, offer to sign out there too, or go there at once. */
  logout: z.enum(['off', 'offer', 'follow']).default('off'),
});

const ONE_TENANT =
  'Write the issuer of the one tenant, https://login.microsoftonline.com/{tenant id}/v2.0: this one speaks for every tenant. Or name those whose people may come, in oidc.tenants.';
const NOT_FOR_TENANTS = 'Is for https://login.microsoftonline.com/organizations/v2.0 or …/common/v2.0: another issuer has no tenants.';

/** Reads the `oidc` object of a connection, or says every field that is wrong. */
export function parse_settings(
  settings: unknown,
): { readonly ok: true; readonly config: OidcConfig } | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const read = schema.safeParse(settings);
  if (!read.success) return { ok: false, errors: read.error.issues.flatMap((issue) => field_errors(issue)) };
  const { discovery, private_key_jwt, token_endpoint_auth_method, client_secret, ...given } = read.data;
  const errors: FieldError[] = [];
  const wrong = (path: string, message: string): void => void errors.push({ path: `oidc.${path}`, message });
  const by_key = private_key_jwt || token_endpoint_auth_method === 'private_key_jwt';
  if (by_key && client_secret !== undefined) wrong('client_secret', 'With private_key_jwt there is no secret: leave it out.');
  if (!by_key && client_secret === undefined) {
    wrong('client_secret', 'Enter the secret that the provider gave for this client, or choose private_key_jwt.');
  }
  if (private_key_jwt && (token_endpoint_auth_method ?? 'private_key_jwt') !== 'private_key_jwt')
    wrong('token_endpoint_auth_method', 'Contradicts private_key_jwt.');
  const { issuer, tenants } = given;
  if (tenants === undefined && OF_ALL_TENANTS.test(issuer)) wrong('issuer', ONE_TENANT);
  if (tenants !== undefined && !OF_MANY_TENANTS.test(issuer)) wrong('tenants', NOT_FOR_TENANTS);
  if (tenants !== undefined && discovery !== true) wrong('discovery', 'With tenants, the discovery document is read.');
  if (!given.scopes.includes('openid')) wrong('scopes', 'Must contain "openid".');
  if (errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    config: {
      ...given,
      client_secret,
      auth_method: by_key ? 'private_key_jwt' : token_endpoint_auth_method,
      endpoints: discovery === true ? undefined : discovery,
      prompt: given.prompt,
    },
  };
}

function field_errors(issue: z.core.$ZodIssue, above: readonly string[] = ['oidc']): FieldError[] {
  const path = [...above, ...issue.path.map(String)];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'There is no such setting.' }));
  // one of several shapes: what is wrong within the one that was meant
  const meant = (inner: z.core.$ZodIssue): boolean => inner.path.length > 0 || inner.code === 'unrecognized_keys';
  const within = issue.code === 'invalid_union' ? issue.errors.find((branch) => branch.some(meant)) : undefined;
  return within?.flatMap((inner) => field_errors(inner, path)) ?? [{ path: path.join('.'), message: issue.message }];
}

/** People paste the address of the discovery document. */
function plain_issuer(given: string): string {
  return given.replace(/\/\.well-known\/openid-configuration\/?$/, '');
}

/** Whether plain http is allowed there is the egress's question. */
export function is_web_address(given: string): boolean {
  const parsed = URL.parse(given);
  return parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === '' && parsed.hash === '';
}
