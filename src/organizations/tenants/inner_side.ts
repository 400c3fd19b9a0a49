import type { OrgId } from '../../kernel/index.ts';
import { every } from './every.ts';
import type { Item, Items, Side } from './plan.ts';
import type { TenantsDeps } from './deps.ts';

/** An organization of the file. */
export interface Place {
  readonly deps: TenantsDeps;
  readonly slug: string;
  readonly path: string;
  /** Undefined while the organization does not exist. */
  readonly known: OrgId | undefined;
  org_id(): OrgId | undefined;
}

export type Rest = Pick<Side, 'kind' | 'key' | 'label' | 'check'> & Partial<Side>;

export const field = (item: Item, name: string): string => (typeof item[name] === 'string' ? item[name] : '');
export const at = (list: string, bodies: readonly Item[] | undefined): Side['wanted'] =>
  (bodies ?? []).map((body, index) => ({ path: `${list}.${index}`, body }));

/** A list within an organization. */
export async function inner_side(
  place: Place,
  list: string,
  collection: (org_id: OrgId) => Items,
  bodies: readonly Item[],
  rest: Rest,
): Promise<Side> {
  return {
    within: place.slug,
    wanted: at(`${place.path}.${list}`, bodies),
    present: place.known === undefined ? [] : await every(collection(place.known)),
    id: 'id',
    items: () => collection(now_there(place)),
    ...rest,
  };
}

export function now_there(place: Place): OrgId {
  const org_id = place.org_id();
  if (org_id === undefined) throw new TypeError(`the organization ${place.slug} was to be made before what is in it`);
  return org_id;
}
