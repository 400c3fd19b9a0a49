import type { z } from 'zod';
import { type FieldProblem, InvalidInput } from '../../kernel/index.ts';
import type { Storage } from '../../storage/index.ts';
import { client_schemas } from '../client/schema.ts';
import { contact_schemas } from '../contact.ts';
import { prepare_connection } from '../connection/prepare.ts';
import { stored_settings } from '../connection/settings.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { domain_schemas } from '../domain.ts';
import { is_object, patched } from '../merge_patch.ts';
import { organization_schemas } from '../organization.ts';
import { problems_of } from '../parse.ts';
import { resource_schemas } from '../resource.ts';
import { role_schemas } from '../role.ts';
import { role_mapping_schemas } from '../role_mapping.ts';
import { type Applied, apply_tenants, type ApplyOptions } from './apply.ts';
import { export_tenants } from './export.ts';
import { scim_target_schemas, target_context } from '../scim_target/index.ts';
import { signal_source_schemas } from '../signal_source.ts';
import type { TenantsFile } from './file.ts';
import type { Side } from './plan.ts';
import type { TenantsDeps } from './deps.ts';

export interface Tenants {
  /** Makes the configuration what the file says; a second time it finds nothing to do. @see apply_tenants */
  apply(file: TenantsFile, options: ApplyOptions): Promise<Applied>;
  /** The whole configuration as a file has it, without its secrets. */
  export(): Promise<Record<string, unknown>>;
}

type Collections = Omit<TenantsDeps, 'check' | 'connection_holds' | 'target_holds'>;

/** The tenants file on top of the collections of this room. */
export function make_tenants(collections: Collections, deps: Pick<OrganizationsDeps, 'storage' | 'connector_types'>): Tenants {
  const { organizations, clients, resources, roles, scim_targets, domains, connections, role_mappings, contacts, signal_sources } =
    collections;
  const whole: TenantsDeps = {
    ...{ organizations, clients, resources, roles, scim_targets, domains, connections, role_mappings, contacts, signal_sources },
    check: {
      organization: by_schema(organization_schemas.organization_create, organization_schemas.organization_patch),
      client: by_schema(client_schemas.client_create, client_schemas.client_patch, 'client_id'),
      resource: by_schema(resource_schemas.resource_create, resource_schemas.resource_patch),
      scim_target: by_schema(scim_target_schemas.scim_target_create, scim_target_schemas.scim_target_patch, 'client_id'),
      role: by_schema(role_schemas.role_create, role_schemas.role_patch),
      domain: by_schema(domain_schemas.domain_create, domain_schemas.domain_create),
      role_mapping: by_schema(role_mapping_schemas.role_mapping_create, role_mapping_schemas.role_mapping_patch),
      contact: by_schema(contact_schemas.contact_create, contact_schemas.contact_patch),
      // what cannot be changed is made anew: it is always whole
      signal_source: by_schema(signal_source_schemas.signal_source_create, signal_source_schemas.signal_source_create),
      connection: async (org_id, body, there) => {
        const row =
          org_id === undefined || there === undefined
            ? undefined
            : await deps.storage.org(org_id).connections.find_one({ id: String(there['id']) });
        return problems_in(() => {
          const { service_provider: _ours, created_at: _made, updated_at: _changed, id: _id, ...settable } = there ?? {};
          const merged = there === undefined ? body : patched(settable, body, there);
          prepare_connection(deps, merged, row === undefined ? undefined : stored_settings(deps.storage, row));
        });
      },
    },
    connection_holds: (org_id, id, path, value) => holds(deps.storage, org_id, id, path, value),
    async target_holds(id, value) {
      const row = await deps.storage.gateway.scim_targets.find_one({ id });
      return row !== undefined && deps.storage.seal.open(row.sealed_secret, target_context(id)) === value;
    },
  };
  return { apply: (file, options) => apply_tenants(whole, file, options), export: () => export_tenants(whole) };
}

const by_schema =
  (create: z.ZodType, patch: z.ZodType, fixed?: string): Side['check'] =>
  (body, there) => {
    const { [fixed ?? '']: _fixed, ...changeable } = body;
    const read = there === undefined ? create.safeParse(body) : patch.safeParse(changeable);
    return read.success ? [] : problems_of(read.error);
  };

function problems_in(look: () => void): readonly FieldProblem[] {
  try {
    look();
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields;
    throw error;
  }
}

async function holds(storage: Storage, org_id: Parameters<Storage['org']>[0], id: string, path: string, value: string): Promise<boolean> {
  const row = await storage.org(org_id).connections.find_one({ id });
  if (row === undefined) return false;
  const [protocol, ...names] = path.split('.');
  let stored: unknown = protocol === row.protocol ? stored_settings(storage, row).secrets : undefined;
  for (const name of names) stored = is_object(stored) ? stored[name] : undefined;
  return stored === value;
}
