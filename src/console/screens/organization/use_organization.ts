import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Schemas } from '../../api/client.ts';
import { organization_query } from '../../api/queries.ts';

const route = getRouteApi('/shell/organizations/$organization_id');

export const use_organization_id = (): string => route.useParams().organization_id;

/** The organization of the address; undefined until it is known. */
export function use_organization(): { readonly organization: Schemas['Organization'] | undefined; readonly etag: string } {
  const { data } = useQuery(organization_query(use_organization_id()));
  return { organization: data?.item, etag: data?.etag ?? '*' };
}
