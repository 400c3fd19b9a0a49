import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import { resource_scopes } from './client_metadata.ts';
import type { IssuerClient, IssuerDirectory, IssuerResource } from './directory.ts';

/** A signed token cannot be taken back, so it lives five minutes at most. */
const JWT_MAX_SECONDS = 300;

/** RFC 8707: what a resource that the app names is like. @throws errors.InvalidTarget for one that is not registered, or not for this app */
export function make_resource_info(directory: IssuerDirectory): (ctx: KoaContextWithOIDC, identifier: string) => Promise<ResourceServer> {
  return async (ctx, identifier) => {
    const client = ctx.oidc.client === undefined ? undefined : await directory.client(ctx.oidc.client.clientId);
    const resource = await directory.resource(identifier);
    if (client === undefined || resource === undefined || !may_use(client.metadata['allowed_resources'], identifier)) {
      throw new errors.InvalidTarget('resource indicator is missing, or unknown');
    }
    const jwt = resource.access_token_format === 'jwt';
    const info: ResourceServer = {
      scope: resource_scopes(client, resource.scopes).join(' '),
      audience: identifier,
      accessTokenFormat: resource.access_token_format,
      accessTokenTTL: jwt ? Math.min(resource.access_token_ttl_seconds, JWT_MAX_SECONDS) : resource.access_token_ttl_seconds,
      ...(jwt && { jwt: { sign: { alg: signing_alg(resource.access_token_signing_alg, client) } } }),
    };
    return info;
  };
}

/** FAPI 2.0 section 5.4.1: no RS256 for an app under it. */
const signing_alg = (alg: IssuerResource['access_token_signing_alg'], client: IssuerClient): IssuerResource['access_token_signing_alg'] =>
  alg === 'RS256' && client.metadata['profile'] === 'fapi2' ? 'ES256' : alg;

const may_use = (allowed: unknown, identifier: string): boolean => !Array.isArray(allowed) || allowed.includes(identifier);
