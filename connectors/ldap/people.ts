import type { Call, DirectoryPerson } from '../connector.ts';
import { changed_attribute, halves, read_cursor, read_time, write_cursor } from './cursor.ts';
import { complete, type Entry, texts_of } from './entry.ts';
import { all_of, type Filter } from './filter.ts';
import { PERSON_ATTRIBUTES, read_again } from './find_person.ts';
import { group_index } from './group_index.ts';
import { attributes_of, subject_of } from './identity.ts';
import { pages } from './pages.ts';
import type { Pool } from './pool.ts';
import type { LdapConfig } from './settings.ts';
import { is_shut } from './verify.ts';

/** Of somebody whose entry has not changed: who they are, whether they are switched off, what their groups hang on. */
const FEW: readonly string[] = [
  ...['objectGUID', 'entryUUID', 'nsUniqueId', 'uid', 'memberOf', 'objectSid', 'primaryGroupID'],
  ...['userAccountControl', 'nsAccountLock', 'pwdAccountLockedTime'],
];

/**
 * Everyone that the sync filter finds, page by page, each with the id that never changes and every group they are in. One connection carries
 * the whole list and one that breaks is not replaced: a list that went on as somebody else could lack people without showing it.
 * @throws ConnectorError rather than ending early
 */
export async function* people(
  config: LdapConfig,
  { pool, now }: { readonly pool: Pool; readonly now: () => number },
  call: Call,
  since?: string,
  read_up_to?: (cursor: string) => void,
): AsyncGenerator<readonly DirectoryPerson[]> {
  const began = now();
  const everyone = config.sync.user_filter.for_anyone();
  const time_attribute = changed_attribute(config.vendor);
  let newest: number | undefined;
  let dated = true;
  const { session, wait, server, give_back } = await pool.borrow('service', call);
  let whole = false;
  try {
    const groups = await group_index(session, wait, config);
    const read = async (cut: Entry, unchanged: boolean): Promise<DirectoryPerson> => {
      const entry = await complete(cut, (description) => read_again(session, wait, cut.dn, description));
      const changed_at = read_time(texts_of(entry, time_attribute)[0]);
      if (changed_at === undefined) dated = false;
      else newest = Math.max(newest ?? 0, changed_at);
      const subject = subject_of(entry, config.vendor);
      const attributes = attributes_of(entry, groups.of(entry));
      return { subject, attributes, active: is_active(entry), ...(unchanged && { unchanged }) };
    };
    const from = read_cursor(since, server.url);
    // those that have not changed first: whoever changes meanwhile is in both lists, and never in none
    const parts: readonly { readonly filter: Filter; readonly unchanged: boolean }[] =
      from === undefined
        ? [{ filter: everyone, unchanged: false }]
        : [
            { filter: all_of(everyone, halves(config.vendor, from).unchanged), unchanged: true },
            { filter: all_of(everyone, halves(config.vendor, from).changed), unchanged: false },
          ];
    for (const { filter, unchanged } of parts) {
      const attributes = [...(unchanged ? FEW : PERSON_ATTRIBUTES), time_attribute];
      const listed = new Set<string>();
      for await (const entries of pages(session, wait, { base: config.base_dn, scope: 'sub', filter, attributes }, 'people')) {
        const page: DirectoryPerson[] = [];
        for (const cut of entries) {
          const person = await read(cut, unchanged);
          // moved while the list was read
          if (listed.has(person.subject)) continue;
          listed.add(person.subject);
          page.push(person);
        }
        yield page;
      }
    }
    whole = true;
    // only where every entry says when it was changed can those that were not be left out next time
    if (dated && newest !== undefined) read_up_to?.(write_cursor(server.url, newest, now() - began));
  } finally {
    // a list that was left in the middle would disturb the next one on this connection
    if (!whole) session.close();
    give_back();
  }
}

/** Locked for good counts as switched off; locked for a while does not (draft-behera-ldap-password-policy section 5.3.3). */
const is_active = (entry: Entry): boolean => is_shut(entry) === undefined && texts_of(entry, 'pwdAccountLockedTime')[0] !== '000001010000Z';
