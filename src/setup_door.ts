import { PORTAL_CLIENT } from './kernel/index.ts';
import { ensure_portal_client } from './organizations/index.ts';
import type { SetupAdministrators } from './setup/index.ts';
import type { Issuer } from './tokens/index.ts';
import type { Postern } from './wiring.ts';

/**
 * People who look after their own organization in the portal, signed in through its connection. Not those of the operators' organization: who
 * changes its connections decides who an owner is.
 */
export function setup_administrators({ world, storage, organizations }: Postern, issuer: Issuer): SetupAdministrators {
  const { settings, now } = world;
  return {
    client_id: PORTAL_CLIENT,
    prepare: () => ensure_portal_client(storage, { issuer: settings.issuer, now: now() }),
    redeem: (given) => issuer.portal.redeem(given),
    async of_grant(grant_hash) {
      const access = await issuer.portal.access(grant_hash);
      const organization = access === undefined ? undefined : await organizations.directory.organization_view(access.org_id);
      if (access === undefined || organization?.active !== true) return undefined;
      return organization.slug === settings.operators_organization ? undefined : access;
    },
    end: (grant_hash) => issuer.portal.end(grant_hash),
  };
}
