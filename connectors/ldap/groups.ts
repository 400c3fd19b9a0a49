import { ConnectorError } from '../connector.ts';
import { dn_key, is_under, own_name } from './dn.ts';
import { type Entry, texts_of, values_of } from './entry.ts';
import { all_of, any_of, equal, type Filter, in_chain } from './filter.ts';
import { sid_beside } from './microsoft_ids.ts';
import { pages } from './pages.ts';
import type { Session, Wait } from './session.ts';
import type { LdapConfig } from './settings.ts';

export interface Group {
  readonly name: string;
  readonly dn: string;
}

const MOST_GROUPS = 2000;
/** So many names are put into one filter. */
const AT_ONCE = 50;

/** Every group that a person is in, nested ones too where the settings say so, each once. Loops end. @throws ConnectorError rather than leaving some out */
export async function groups_of(session: Session, wait: Wait, config: LdapConfig, person: Entry): Promise<readonly Group[]> {
  const found = new Map<string, Group>();
  const add = (dn: string, name: string | undefined): boolean => {
    const key = dn_key(dn);
    if (found.has(key) || name === undefined || name === '') return false;
    if (found.size >= MOST_GROUPS) {
      throw new ConnectorError('misconfigured', `the person is in more than ${MOST_GROUPS} groups`, {
        fix: 'Narrow `group_base_dn` or `group_filter`.',
      });
    }
    found.set(key, { dn, name });
    return true;
  };
  /** Groups that a membership filter finds; answers the names of those not met before. */
  const search = async (membership: Filter): Promise<string[]> => {
    const filter = all_of(config.group_filter.for_anyone(), membership);
    const fresh: string[] = [];
    for await (const entries of pages(session, wait, { base: config.group_base_dn, scope: 'sub', filter, attributes: ['cn'] }, 'groups')) {
      for (const { dn, ...entry } of entries) {
        const [cn] = texts_of({ dn, ...entry }, 'cn');
        if (is_under(dn, config.group_base_dn) && add(dn, cn ?? own_name(dn))) fresh.push(dn);
      }
    }
    return fresh;
  };

  // what the person's own entry says, unless only some groups count
  const said = config.groups_narrowed ? [] : texts_of(person, 'memberOf').filter((dn) => is_under(dn, config.group_base_dn));
  if (config.vendor === 'active_directory') {
    const membership = (dn: string): Filter => (config.nested_groups ? in_chain('member', dn) : equal('member', dn));
    await search(membership(person.dn));
    // neither memberOf nor the in-chain rule knows the primary group
    const primary = primary_group(person);
    for (const dn of primary === undefined ? [] : await search(equal('objectSid', primary))) {
      if (config.nested_groups) await search(in_chain('member', dn));
    }
    for (const dn of said) add(dn, own_name(dn));
    return [...found.values()];
  }

  const fresh = said.filter((dn) => add(dn, own_name(dn)));
  const logins = texts_of(person, 'uid').map((uid) => equal('memberUid', uid));
  fresh.push(...(await search(any_of(...members([person.dn]), ...logins))));
  while (config.nested_groups && fresh.length > 0) fresh.push(...(await search(any_of(...members(fresh.splice(0, AT_ONCE))))));
  return [...found.values()];
}

const members = (dns: readonly string[]): Filter[] => dns.flatMap((dn) => [equal('member', dn), equal('uniqueMember', dn)]);

function primary_group(person: Entry): Buffer | undefined {
  const [sid] = values_of(person, 'objectSid');
  const [id] = texts_of(person, 'primaryGroupID');
  return sid === undefined || id === undefined || !/^\d{1,9}$/.test(id) ? undefined : sid_beside(sid, Number(id));
}
