import type { Call, DirectoryPerson } from '../connector.ts';
import { own_name } from './dn.ts';
import { complete, type Entry, texts_of } from './entry.ts';
import { PERSON_ATTRIBUTES, read_again } from './find_person.ts';
import { attributes_of, subject_of } from './identity.ts';
import { pages } from './pages.ts';
import type { Pool } from './pool.ts';
import type { LdapConfig } from './settings.ts';
import { is_shut } from './verify.ts';

/**
 * Everyone that the sync filter finds, page by page, each with the id that never changes and the groups that the entry itself names. One connection carries
 * the whole list and one that breaks is not replaced: a list that went on as somebody else could lack people without showing it.
 * @throws ConnectorError rather than ending early
 */
export async function* people(config: LdapConfig, pool: Pool, call: Call): AsyncGenerator<readonly DirectoryPerson[]> {
  const search = {
    base: config.base_dn,
    scope: 'sub',
    filter: config.sync.user_filter.for_anyone(),
    attributes: PERSON_ATTRIBUTES,
  } as const;
  const seen = new Set<string>();
  const { session, wait, give_back } = await pool.borrow('service', call);
  let whole = false;
  try {
    for await (const entries of pages(session, wait, search, 'people')) {
      const page: DirectoryPerson[] = [];
      for (const cut of entries) {
        const entry = await complete(cut, (description) => read_again(session, wait, cut.dn, description));
        const subject = subject_of(entry, config.vendor);
        // moved while the list was read
        if (seen.has(subject)) continue;
        seen.add(subject);
        const groups = texts_of(entry, 'memberOf').map((dn) => ({ dn, name: own_name(dn) ?? dn }));
        page.push({ subject, attributes: attributes_of(entry, groups), active: is_active(entry) });
      }
      yield page;
    }
    whole = true;
  } finally {
    // a list that was left in the middle would disturb the next one on this connection
    if (!whole) session.close();
    give_back();
  }
}

/** Locked for good counts as switched off; locked for a while does not (draft-behera-ldap-password-policy section 5.3.3). */
const is_active = (entry: Entry): boolean => is_shut(entry) === undefined && texts_of(entry, 'pwdAccountLockedTime')[0] !== '000001010000Z';
