import { client_schemas } from './client/index.ts';
import { connection_schemas } from './connection/index.ts';
import { contact_schemas } from './contact.ts';
import { domain_schemas } from './domain.ts';
import { health_schemas } from './health/index.ts';
import { event_hook_schemas, inline_hook_schemas } from './hooks/index.ts';
import { organization_schemas } from './organization.ts';
import { registration_token_schemas } from './registration/index.ts';
import { resource_schemas } from './resource.ts';
import { role_schemas } from './role.ts';
import { role_mapping_schemas } from './role_mapping.ts';
import { scim_target_schemas } from './scim_target/index.ts';
import { signal_source_schemas } from './signal_source.ts';
import { setup_link_schemas } from './setup_links/index.ts';

/** Every shape of this room as it is on the wire. */
export const schemas = {
  ...organization_schemas,
  ...domain_schemas,
  ...connection_schemas,
  ...role_mapping_schemas,
  ...health_schemas,
  ...contact_schemas,
  ...setup_link_schemas,
  ...client_schemas,
  ...registration_token_schemas,
  ...resource_schemas,
  ...role_schemas,
  ...event_hook_schemas,
  ...inline_hook_schemas,
  ...scim_target_schemas,
  ...signal_source_schemas,
};
