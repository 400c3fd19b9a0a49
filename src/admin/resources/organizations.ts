import { z } from 'zod';
import { scim_token_schemas } from '../../directory/index.ts';
import { schemas } from '../../organizations/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { type CollectionSpec, mount_collection } from '../mount_collection.ts';
import type { Permission } from '../policy.ts';
import { org_of, param, type Route } from '../route.ts';
import { named } from '../shapes.ts';

type Area =
  | 'domains'
  | 'connections'
  | 'users'
  | 'groups'
  | 'role_mappings'
  | 'contacts'
  | 'signal_sources'
  | 'scim_targets'
  | 'scim_tokens'
  | 'setup_links'
  | 'clients'
  | 'resources'
  | 'roles'
  | 'event_hooks'
  | 'inline_hooks'
  | 'registration_tokens'
  | 'admin_keys';

/** One row of the policy with a column for reading and one for writing. */
export const read_and_write = (area: Area): CollectionSpec['permissions'] => {
  const read: Permission = `${area}.read`;
  const write: Permission = `${area}.write`;
  return { list: read, read, create: write, update: write, remove: write };
};

export const BOUND = '/organizations/:organization_id';

/** Organizations themselves, and what is configured within one. */
export function organization_routes({ organizations: room, scim_tokens }: ResourceDeps): Route[] {
  const domain = named('domain', schemas.domain);
  return [
    ...mount_collection({
      path: '/organizations',
      item: 'organization_id',
      noun: 'organization',
      permissions: {
        list: 'organizations.list',
        read: 'organizations.read',
        create: 'organizations.create',
        update: 'organizations.update',
        remove: 'organizations.remove',
      },
      ...{ view: schemas.organization, create: schemas.organization_create, patch: schemas.organization_patch },
      filters: { slug: z.string().max(63), external_id: z.string().max(255), status: z.enum(['active', 'suspended']) },
      of: () => room.organizations,
    }),
    {
      ...{ method: 'get', path: `${BOUND}/health`, permission: 'organizations.read' },
      summary: 'What an organization still lacks or soon will: domains, connections, certificates, provisioning, contacts',
      answer: { status: 200, shape: named('organization health', schemas.organization_health) },
      handle: async (call) => ({ status: 200, body: await room.health(org_of(call)) }),
    },
    ...mount_collection({
      path: `${BOUND}/domains`,
      item: 'domain',
      noun: 'domain',
      permissions: read_and_write('domains'),
      ...{ view: schemas.domain, create: schemas.domain_create },
      filters: { status: z.enum(['pending', 'verified']) },
      of: (call) => room.domains(org_of(call)),
    }),
    {
      ...{ method: 'post', path: `${BOUND}/domains/:domain/verify`, permission: 'domains.write' },
      summary: 'Look up the TXT record that proves a domain',
      answer: { status: 200, shape: domain },
      handle: async (call) => ({
        status: 200,
        body: (await room.domains(org_of(call)).verify(param(call, 'domain'), call.act)).view,
      }),
    },
    ...mount_collection({
      path: `${BOUND}/connections`,
      noun: 'connection',
      permissions: read_and_write('connections'),
      ...{ view: schemas.connection, create: schemas.connection_create, patch: schemas.connection_patch },
      filters: { protocol: z.enum(['saml', 'oidc', 'ldap']), name: z.string().max(255) },
      of: (call) => room.connections(org_of(call)),
    }),
    ...mount_collection({
      path: `${BOUND}/role-mappings`,
      noun: 'role mapping',
      permissions: read_and_write('role_mappings'),
      ...{ view: schemas.role_mapping, create: schemas.role_mapping_create, patch: schemas.role_mapping_patch },
      filters: { role: z.string().max(128), client_id: z.string().max(128) },
      of: (call) => room.role_mappings(org_of(call)),
    }),
    ...mount_collection({
      path: `${BOUND}/contacts`,
      noun: 'contact',
      permissions: read_and_write('contacts'),
      ...{ view: schemas.contact, create: schemas.contact_create, patch: schemas.contact_patch },
      of: (call) => room.contacts(org_of(call)),
    }),
    ...mount_collection({
      path: `${BOUND}/scim-tokens`,
      noun: 'scim token',
      permissions: read_and_write('scim_tokens'),
      view: scim_token_schemas.scim_token,
      create: scim_token_schemas.scim_token_create,
      created: scim_token_schemas.scim_token_created,
      of: (call) => scim_tokens(org_of(call)),
    }),
    ...mount_collection({
      path: `${BOUND}/signal-sources`,
      noun: 'signal source',
      permissions: read_and_write('signal_sources'),
      ...{ view: schemas.signal_source, create: schemas.signal_source_create, patch: schemas.signal_source_patch },
      created: schemas.signal_source_created,
      of: (call) => room.signal_sources(org_of(call)),
    }),
  ];
}
