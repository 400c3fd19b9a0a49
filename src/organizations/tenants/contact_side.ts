import { parse_email } from '../../kernel/index.ts';
import { field, inner_side, type Place } from './inner_side.ts';
import type { Item, Side } from './plan.ts';

/** However an address is written, it is one contact. */
export const contact_key = (item: Item): string => parse_email(field(item, 'email'))?.key ?? field(item, 'email');

export async function contact_side(place: Place, contacts: readonly Item[] | undefined): Promise<Side | undefined> {
  if (contacts === undefined) return undefined;
  const { deps } = place;
  // as it is stored
  const bodies = contacts.map((body) => ({ ...body, email: parse_email(field(body, 'email'))?.address ?? body['email'] }));
  return inner_side(place, 'contacts', (org_id) => deps.contacts(org_id), bodies, {
    kind: 'contact',
    key: contact_key,
    label: (item) => field(item, 'email'),
    check: deps.check.contact,
  });
}
