/** Entra ID: whoever signs in there may come from any company. */
export const OF_ALL_TENANTS = /^https:\/\/login\.microsoftonline\.(com|us)\/(common|organizations|consumers)(\/|$)/i;

/** The two that an application of many tenants signs people in at, as their discovery documents are found. */
export const OF_MANY_TENANTS = /^https:\/\/login\.microsoftonline\.com\/(common|organizations)\/v2\.0$/;

/** What their discovery documents say instead of an issuer. */
const TEMPLATE = 'https://login.microsoftonline.com/{tenantid}/v2.0';

/** Of the settings of a connection. */
interface Config {
  readonly issuer: string;
  readonly tenants?: readonly string[] | undefined;
}

/** What the discovery document must name. */
export const published_issuer = ({ issuer, tenants }: Config): string => (tenants === undefined ? issuer : TEMPLATE);

const issuer_of = (tenant: string): string => TEMPLATE.replace('{tenantid}', () => tenant);

/** Whoever may sign a token, one for each tenant that the connection names. */
export const token_issuers = ({ issuer, tenants }: Config): string[] => (tenants === undefined ? [issuer] : tenants.map(issuer_of));

interface Signed {
  readonly iss: unknown;
  readonly tid?: unknown;
}

/**
 * What is wrong with the tenant of a token: one that the connection does not name, an issuer that is not that tenant's, or a key that is another's.
 * Undefined when nothing is, and for providers without tenants.
 */
export function foreign_tenant({ iss, tid }: Signed, key_issuer: unknown, { tenants }: Config): string | undefined {
  if (tenants === undefined) return undefined;
  // ids are small letters in every token, and compared as they come
  if (typeof tid !== 'string' || !tenants.includes(tid)) return 'the person comes from a tenant that the connection does not name (tid)';
  if (iss !== issuer_of(tid)) return 'the issuer is not that of the tenant (iss, tid)';
  // the keys of every tenant lie in one set: some are for one of them alone
  if (typeof key_issuer === 'string' && key_issuer !== TEMPLATE && key_issuer !== iss) return 'the key is that of another tenant';
  return undefined;
}
