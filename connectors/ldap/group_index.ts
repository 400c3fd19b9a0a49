import { dn_key, is_under, own_name } from './dn.ts';
import { complete, type Entry, texts_of, values_of } from './entry.ts';
import { all_of, equal, type Filter } from './filter.ts';
import { read_again } from './find_person.ts';
import type { Group } from './groups.ts';
import { sid_beside, sid_text } from './microsoft_ids.ts';
import { pages } from './pages.ts';
import type { Session, Wait } from './session.ts';
import type { LdapConfig } from './settings.ts';

const ATTRIBUTES: readonly string[] = ['cn', 'member', 'uniqueMember', 'memberUid', 'objectSid'];

interface Known extends Group {
  /** Within what the settings count as groups; another one is only a way to those. */
  readonly counts: boolean;
}

/** Who is in which group, for everyone at once. */
export interface GroupIndex {
  /** Every group of a person, nested ones too where the settings say so, each once: what a sign-in would find. */
  of(person: Entry): readonly Group[];
}

/**
 * Reads every group with its members. A sign-in asks the directory about one person; for everyone, reading the groups once costs less, and sees a change of
 * membership, which touches the group and not its members. @throws ConnectorError rather than leaving some out
 */
export async function group_index(session: Session, wait: Wait, config: LdapConfig): Promise<GroupIndex> {
  const by_member = new Map<string, Known[]>();
  const by_login = new Map<string, Known[]>();
  const by_sid = new Map<string, Known>();
  const met = new Set<string>();
  const put = (where: Map<string, Known[]>, key: string, group: Known): void => {
    const list = where.get(key);
    if (list === undefined) where.set(key, [group]);
    else list.push(group);
  };
  const read = async (base: string, filter: Filter, counts: boolean): Promise<void> => {
    for await (const entries of pages(session, wait, { base, scope: 'sub', filter, attributes: ATTRIBUTES }, 'groups')) {
      for (const cut of entries) {
        const key = dn_key(cut.dn);
        if (met.has(key)) continue;
        met.add(key);
        const entry = await complete(cut, (description) => read_again(session, wait, cut.dn, description));
        const name = texts_of(entry, 'cn')[0] ?? own_name(entry.dn);
        if (name === undefined || name === '') continue;
        const group = { name, dn: entry.dn, counts: counts && is_under(entry.dn, config.group_base_dn) };
        for (const member of [...texts_of(entry, 'member'), ...texts_of(entry, 'uniqueMember')]) put(by_member, dn_key(member), group);
        for (const login of texts_of(entry, 'memberUid')) put(by_login, login.toLowerCase(), group);
        const [sid] = values_of(entry, 'objectSid').map(sid_text);
        if (sid !== undefined) by_sid.set(sid, group);
      }
    }
  };
  await read(config.group_base_dn, config.group_filter.for_anyone(), true);
  // Active Directory's own rule goes through groups that the settings do not count
  if (config.vendor === 'active_directory' && config.nested_groups)
    await read(config.base_dn, all_of(equal('objectClass', 'group')), false);

  return {
    of(person) {
      const found = new Map<string, Group>();
      const climbed = new Set<string>();
      let fresh: string[] = [];
      const meet = ({ dn, name, counts }: Known): void => {
        const key = dn_key(dn);
        if (climbed.has(key)) return;
        climbed.add(key);
        if (counts) found.set(key, { dn, name });
        fresh.push(key);
      };
      // what the person's own entry says, unless only some groups count
      const said = config.groups_narrowed ? [] : texts_of(person, 'memberOf').filter((dn) => is_under(dn, config.group_base_dn));
      for (const dn of said) {
        const name = own_name(dn);
        if (name !== undefined && name !== '') meet({ dn, name, counts: true });
      }
      for (const group of by_member.get(dn_key(person.dn)) ?? []) meet(group);
      if (config.vendor === 'active_directory') {
        const primary = primary_of(person);
        const group = primary === undefined ? undefined : by_sid.get(primary);
        if (group !== undefined) meet(group);
      } else for (const login of texts_of(person, 'uid')) for (const group of by_login.get(login.toLowerCase()) ?? []) meet(group);
      while (config.nested_groups && fresh.length > 0) {
        const level = fresh;
        fresh = [];
        for (const key of level) for (const group of by_member.get(key) ?? []) meet(group);
      }
      return [...found.values()];
    },
  };
}

function primary_of(person: Entry): string | undefined {
  const [sid] = values_of(person, 'objectSid');
  const [id] = texts_of(person, 'primaryGroupID');
  const beside = sid === undefined || id === undefined || !/^\d{1,9}$/.test(id) ? undefined : sid_beside(sid, Number(id));
  return beside === undefined ? undefined : sid_text(beside);
}
