import type { ConnectionView } from '../organizations/index.ts';
import type { Guest } from './guest.ts';

/** What people of this organization sign in with now; nothing behind a link that is not for connections. */
export async function connections_in_use({ deps, visit }: Guest): Promise<readonly ConnectionView[]> {
  if (!visit.steps.includes('connection')) return [];
  const { data } = await deps.organizations.connections(visit.org_id).list({ limit: 50 });
  return data.filter(({ enabled }) => enabled);
}
