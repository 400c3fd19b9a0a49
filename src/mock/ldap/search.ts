import { PagedResultsControl } from 'ldapts';
import type { Switches } from '../switches.ts';
import { matches } from './matching.ts';
import { lies_under, name_key } from './names.ts';
import type { AskedSearch } from './read_search.ts';
import type { MockEntry, Values } from './tree.ts';
import { page_value, RESULT_OF, write_entry, write_reference, write_result } from './wire.ts';

/** Sent only when they are asked for by name or by `+`. */
const OPERATIONAL = new Set(['entryuuid', 'memberof', 'nsuniqueid', 'modifytimestamp']);
const PIECE = 5;

/** Everything that is sent for a search, message by message. */
export function answer_search(id: number, request: AskedSearch, tree: readonly MockEntry[], switches: Switches): Buffer[] {
  const done = (code: number, more: { referrals?: readonly string[]; cookie?: string } = {}): Buffer =>
    write_result(id, {
      operation: RESULT_OF.search,
      code,
      ...(more.referrals && { referrals: more.referrals }),
      ...(more.cookie !== undefined && { controls: [{ oid: PagedResultsControl.type, value: page_value(more.cookie) }] }),
    });
  if (switches.is_on('referral')) return [done(10, { referrals: ['ldap://127.0.0.1:1/dc=elsewhere'] })];
  const base = name_key(request.base);
  if (!tree.some(({ dn }) => name_key(dn) === base)) return [done(32)];
  const level = (dn: string): number => name_key(dn).split('\n').length - base.split('\n').length;
  const in_scope = ({ dn }: MockEntry): boolean =>
    request.scope === 'base' ? name_key(dn) === base : lies_under(dn, request.base) && (request.scope !== 'one' || level(dn) === 1);
  const found = tree.filter((entry) => in_scope(entry) && matches(request.filter, entry, tree));
  const one_person = found.length === 1 && found[0]?.person !== undefined;
  if (one_person && switches.is_on('two_entries'))
    found.push(...tree.filter(({ person, dn }) => person !== undefined && dn !== found[0]?.dn).slice(0, 1));
  const references = switches.is_on('continuations') ? [write_reference(id, 'ldap://127.0.0.1:1/dc=elsewhere')] : [];
  const sent = (entries: readonly MockEntry[]): Buffer[] =>
    entries.map((entry) => write_entry(id, name_sent(entry, switches), shown(entry, request, switches)));

  const { paging } = request;
  if (paging === undefined) {
    const limit = request.size_limit;
    if (limit > 0 && found.length > limit) return [...sent(found.slice(0, limit)), ...references, done(4)];
    return [...sent(found), ...references, done(0)];
  }
  // the cookie is the place in the list, with a mark once the empty page was sent
  const cookie = paging.cookie?.toString() ?? '';
  const from = Number.parseInt(cookie === '' ? '0' : cookie, 10);
  if (switches.is_on('empty_page') && from > 0 && !cookie.endsWith('!')) return [done(0, { cookie: `${from}!` })];
  if (switches.is_on('cut_list') && from > 0) return [done(4)];
  const to = from + paging.size;
  return [...sent(found.slice(from, to)), ...references, done(0, { cookie: to < found.length ? String(to) : '' })];
}

/** The name under which an entry is sent. */
export const name_sent = ({ dn, person }: MockEntry, switches: Switches): string =>
  person !== undefined && switches.is_on('outside_base') ? `uid=${person.id},dc=elsewhere,dc=example` : dn;

/** The attributes that were asked for. */
function shown(entry: MockEntry, request: AskedSearch, switches: Switches): (readonly [string, Values])[] {
  const asked = new Map(
    request.attributes.map((description) => {
      const [name = '', ...options] = description.split(';');
      return [name, options.join(';')] as const;
    }),
  );
  if (asked.has('1.1')) return [];
  const all = asked.size === 0 || asked.has('*');
  return Object.entries(entry.attributes).flatMap(([name, values]): (readonly [string, Values])[] => {
    const key = name.toLowerCase();
    if (/^(entryuuid|objectguid)$/.test(key) && switches.is_on('no_ids')) return [];
    const wanted = asked.has(key) || (OPERATIONAL.has(key) ? asked.has('+') : all);
    if (!wanted) return [];
    const range = /^range=(\d+)-/.exec(asked.get(key) ?? '');
    if (!switches.is_on('value_ranges') || (range === null && values.length <= PIECE)) return [[name, values]];
    const from = Number(range?.[1] ?? 0);
    const to = Math.min(from + PIECE, values.length);
    return [
      [name, []],
      [`${name};range=${from}-${to === values.length ? '*' : to - 1}`, values.slice(from, to)],
    ];
  });
}
