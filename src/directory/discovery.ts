import { type Attribute, type Resource, type ResourceType, resource_types, type Schema } from './schema/index.ts';
import { LARGEST_BULK, MOST_OPERATIONS } from './limits.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from './query.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';

/** What a client can learn before it speaks (RFC 7644 section 4). No nulls: one client stumbles over them. */
export function discovery(
  base_url: string,
): Readonly<Record<'Schemas' | 'ResourceTypes', readonly Resource[]>> & { readonly ServiceProviderConfig: Resource } {
  const schemas = resource_types.flatMap((type) => [type.core, ...type.extensions]);
  return {
    ServiceProviderConfig: service_provider_config(base_url),
    ResourceTypes: resource_types.map((type) => resource_type(type, base_url)),
    Schemas: schemas.map((schema) => present_schema(schema, base_url)),
  };
}

const service_provider_config = (base_url: string): Resource => ({
  schemas: [`${CORE}:ServiceProviderConfig`],
  patch: { supported: true },
  bulk: { supported: true, maxOperations: MOST_OPERATIONS, maxPayloadSize: LARGEST_BULK },
  filter: { supported: true, maxResults: LARGEST_PAGE },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  pagination: { cursor: true, index: true, defaultPaginationMethod: 'index', defaultPageSize: DEFAULT_PAGE, maxPageSize: LARGEST_PAGE },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A SCIM token of this organization, in the Authorization header.',
      specUri: 'https://www.rfc-editor.org/info/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base_url}/ServiceProviderConfig` },
});

const resource_type = ({ name, endpoint, description, core, extensions }: ResourceType, base_url: string): Resource => ({
  schemas: [`${CORE}:ResourceType`],
  id: name,
  name,
  endpoint,
  description,
  schema: core.id,
  ...(extensions.length > 0 && { schemaExtensions: extensions.map(({ id }) => ({ schema: id, required: false })) }),
  meta: { resourceType: 'ResourceType', location: `${base_url}/ResourceTypes/${name}` },
});

const present_schema = ({ id, name, description, attributes }: Schema, base_url: string): Resource => ({
  schemas: [`${CORE}:Schema`],
  id,
  name,
  description,
  attributes: attributes.map(present_attribute),
  meta: { resourceType: 'Schema', location: `${base_url}/Schemas/${id}` },
});

const present_attribute = (one: Attribute): Resource => ({
  name: one.name,
  type: one.type,
  multiValued: one.multi,
  description: one.description,
  required: one.required,
  ...(one.type !== 'boolean' && one.type !== 'complex' && { caseExact: one.exact }),
  mutability: one.mutability,
  returned: one.returned,
  uniqueness: one.uniqueness,
  ...(one.canonical.length > 0 && { canonicalValues: one.canonical }),
  ...(one.references.length > 0 && { referenceTypes: one.references }),
  ...(one.sub.length > 0 && { subAttributes: one.sub.map(present_attribute) }),
});
