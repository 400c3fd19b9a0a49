import type { FieldProblem, OrgId } from '../../kernel/index.ts';
import type { SignalSourceCollection } from '../signal_source.ts';
import { every } from './every.ts';
import { field, inner_side, now_there, type Place } from './inner_side.ts';
import type { Item, Items, Side } from './plan.ts';

/** A connection has one at most, and is called by its name: it has another id in every installation. */
export async function signal_source_side(
  place: Place,
  sources: readonly Item[] | undefined,
  connections: readonly Item[] | undefined,
): Promise<Side | undefined> {
  if (sources === undefined) return undefined;
  const { deps } = place;
  const there = place.known === undefined ? [] : await every(deps.connections(place.known));
  const names = new Map(there.map((view) => [view['id'], field(view, 'name')]));
  const protocols = new Map([...there, ...(connections ?? [])].map((item) => [field(item, 'name'), item['protocol']]));
  const side = await inner_side(place, 'signal_sources', (org_id) => named(place, deps.signal_sources(org_id)), sources.map(said), {
    kind: 'signal source',
    key: (item) => field(item, 'connection'),
    label: (item) => `${field(item, 'issuer')} for ${field(item, 'connection')}`,
    check: async (body, before) => [
      ...connection_problems(protocols, body),
      ...(await deps.check.signal_source({ ...without_connection(body), connection_id: '' }, before)),
    ],
    replace: (changes) => changes.some(({ path }) => path !== 'audience'),
    async remake(id, body, act) {
      const org_id = now_there(place);
      return deps.signal_sources(org_id).replace(id, await with_id(place, org_id, body), act);
    },
  });
  return { ...side, present: side.present.map((view) => ({ ...view, connection: names.get(view['connection_id']) })) };
}

/** Null says nothing here, as when one is made. */
const said = (body: Item): Item => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

function without_connection({ connection: _name, ...body }: Item): Item {
  return body;
}

function connection_problems(protocols: ReadonlyMap<string, unknown>, body: Item): FieldProblem[] {
  const name = field(body, 'connection');
  if (protocols.has(name) && protocols.get(name) !== 'ldap') return [];
  return [{ path: 'connection', message: 'is not the name of an OIDC or SAML connection of this organization' }];
}

/** The collection, as the file speaks to it. */
function named(place: Place, sources: SignalSourceCollection): Items {
  return {
    ...sources,
    create: async (body, act) => sources.create(await with_id(place, now_there(place), body as Item), act), // an item of the file
    update: (id, body, act, if_match) => sources.update(id, { audience: (body as Item)['audience'] }, act, if_match), // as above
  };
}

async function with_id({ deps }: Place, org_id: OrgId, body: Item): Promise<Item> {
  const connection = (await every(deps.connections(org_id))).find((view) => view['name'] === body['connection']);
  return { ...without_connection(body), connection_id: connection?.['id'] ?? '' };
}
