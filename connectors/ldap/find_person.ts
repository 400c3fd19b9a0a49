import { ConnectorError } from '../connector.ts';
import { is_under } from './dn.ts';
import { complete, type Entry } from './entry.ts';
import { fault_of, NO_SUCH_OBJECT, SIZE_LIMIT_EXCEEDED, SUCCESS } from './failure.ts';
import { present } from './filter.ts';
import type { Session, Wait } from './session.ts';
import type { LdapConfig } from './settings.ts';

/** What a search for a person asks for: all that users see, and what servers send only when it is named. */
export const PERSON_ATTRIBUTES: readonly string[] = ['*', 'entryUUID', 'nsUniqueId', 'memberOf', 'nsAccountLock', 'pwdAccountLockedTime'];

export type Search = { readonly found: 'one'; readonly entry: Entry } | { readonly found: 'none' | 'several' | 'outside' };

/** Looks for the one entry that a typed name means. The name goes into the filter as bytes; nothing that matches more than once counts. @throws ConnectorError */
export async function find_person(session: Session, wait: Wait, config: LdapConfig, login: string): Promise<Search> {
  const filter = config.user_filter.with_login(login);
  const { result, entries } = await session.search(
    { base: config.base_dn, scope: 'sub', filter, attributes: PERSON_ATTRIBUTES, size_limit: 2 },
    wait,
  );
  if (result.code === SIZE_LIMIT_EXCEEDED && entries.length > 1) return { found: 'several' };
  if (result.code !== SUCCESS) throw fault_of(result, 'search');
  const [entry] = entries;
  if (entry === undefined) return { found: 'none' };
  if (entries.length > 1) return { found: 'several' };
  if (!is_under(entry.dn, config.base_dn)) return { found: 'outside' };
  return { found: 'one', entry: await complete(entry, (description) => read_again(session, wait, entry.dn, description)) };
}

/** One attribute of an entry that was found. */
export async function read_again(session: Session, wait: Wait, dn: string, description: string): Promise<Entry | undefined> {
  const { result, entries } = await session.search(
    { base: dn, scope: 'base', filter: present('objectClass'), attributes: [description] },
    wait,
  );
  if (result.code === NO_SUCH_OBJECT) throw new ConnectorError('malformed', 'an entry went away while it was read');
  if (result.code !== SUCCESS) throw fault_of(result, 'reading an entry');
  return entries[0];
}
