import type { Context } from 'koa';
import type { Callback, RedirectConnector } from '../../connectors/connector.ts';
import { LoginRefused } from '../kernel/index.ts';
import type { Attempt, Attempts } from './attempt.ts';
import type { ConnectionView, LoginDeps, OrganizationView } from './deps.ts';
import type { Visit } from './visit.ts';

/** What every step has in hand. Steps never call each other: each ends in `dispatch`. */
export interface Conductor {
  readonly deps: LoginDeps;
  readonly attempts: Attempts;
}

/** A message of a partner, and the connection whose address it came to: the only one that it can be for. */
export interface Arrival {
  readonly ctx: Context;
  readonly connection: ConnectionView;
  readonly connector: RedirectConnector;
  readonly callback: Callback;
}

/**
 * The attempt's organization and connection, as long as they may be used.
 * @throws LoginRefused 403 once the organization was suspended, the connection disabled, or the app closed to it
 */
export async function usable(
  deps: LoginDeps,
  visit: Pick<Visit, 'app'> | undefined,
  attempt: Pick<Attempt, 'org_id' | 'connection_id'>,
): Promise<{ connection: ConnectionView; organization: OrganizationView }> {
  const { org_id, connection_id } = attempt;
  const [connection, organization] = await Promise.all([
    connection_id === undefined ? undefined : deps.directory.connection_view(connection_id),
    org_id === undefined ? undefined : deps.directory.organization_view(org_id),
  ]);
  if (organization?.active !== true)
    throw new LoginRefused('organization_suspended', 'Access of this organization is suspended.', {
      detail: `organization ${org_id ?? '?'}`,
    });
  if (connection?.enabled !== true || connection.org_id !== org_id) {
    throw new LoginRefused('connection_disabled', 'Sign-in is switched off for this organization.', {
      detail: `connection ${connection_id ?? '?'}`,
    });
  }
  const open_to = visit?.app.organizations ?? null;
  if (open_to !== null && !open_to.includes(organization.id))
    throw new LoginRefused('app_not_allowed', 'Your organization may not use this app.');
  return { connection, organization };
}

export const name_of = (app: { readonly metadata: Readonly<Record<string, unknown>> }): string | undefined => {
  const name = app.metadata['client_name'];
  return typeof name === 'string' ? name : undefined;
};

export function go({ ctx }: Pick<Visit, 'ctx'>, url: string): void {
  ctx.status = 303;
  ctx.set('cache-control', 'no-store');
  ctx.redirect(url);
}
