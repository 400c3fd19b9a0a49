import type { About, OutboundDeps } from './deps.ts';
import { collection_of, find_remote, id_of, taken } from './find_remote.ts';
import type { WantedGroup } from './group.ts';
import { is_refusal, learn_refusal } from './learn.ts';
import { bind, confirm, find_link, intend, type Link, lose, unlink } from './links.ts';
import { all_members, believe_members, confirm_moves, type Move, next_moves } from './members.ts';
import type { OpenTarget } from './open_target.ts';
import { GiveUp, Later, Missing, TargetFault } from './outcome.ts';
import type { Answer, Remote } from './remote.ts';
import { fingerprint, own } from './units.ts';

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** Of one turn: what is left has another. */
const TURN_MS = 8000;

/** Makes one group at a target what it is here, now, in as few requests as the target bears. Saying it again changes nothing. */
export async function sync_group(deps: OutboundDeps, remote: Remote, target: OpenTarget, about: About, wanted: WantedGroup): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    const link = await find_link(deps.storage, about.target_id, about.id);
    if (wanted.standing === 'as_is' || (link === undefined && wanted.standing === 'gone')) return;
    const bound = link?.remote_id == null ? await bring(deps, remote, target, about, wanted) : link;
    if (bound === undefined) return;
    try {
      if (wanted.standing === 'gone') return await remove(deps, remote, bound);
      await rename(deps, remote, target, bound, wanted.display_name);
      return await move_members(deps, remote, target, about, bound, wanted.display_name);
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      await lose(deps.storage, bound, 'group');
    }
  }
  throw new TargetFault('the target does not know the group that it has just named');
}

const path_of = ({ remote_id }: Pick<Link, 'remote_id'>): string => `${collection_of('group')}/${encodeURIComponent(remote_id ?? '')}`;
const said = (id: string, display_name: string): Record<string, string> => ({ displayName: fingerprint(id, 'displayName', display_name) });

async function bring(deps: OutboundDeps, remote: Remote, target: OpenTarget, about: About, wanted: WantedGroup): Promise<Link | undefined> {
  const { storage, now } = deps;
  const { target_id, id, org_id } = about;
  await intend(storage, { target_id, id, kind: 'group', org_id }, now());
  const name = wanted.standing === 'there' ? wanted.display_name : undefined;
  const sought = { kind: 'group', id, name } as const;
  let remote_id = await find_remote(remote, target, sought);
  let sent: Record<string, string> = {};
  if (remote_id === undefined && name === undefined) {
    await storage.transact((tx) => unlink(tx, about));
    return undefined;
  }
  if (remote_id === undefined) {
    const answer = await remote.send('POST', collection_of('group'), { schemas: [GROUP], displayName: name, externalId: id });
    if (answer.status === 409) remote_id = await find_remote(remote, target, sought);
    else if (answer.status !== 201 && answer.status !== 200) throw new GiveUp(`the target refused to make this group (${answer.in_short})`);
    else {
      remote_id = id_of(answer.body);
      if (remote_id === undefined) throw new TargetFault('the target made a group and did not say under which id');
      sent = said(id, name ?? '');
    }
    if (remote_id === undefined) throw taken('group', false);
  }
  if (!(await bind(storage, about, 'group', remote_id, now()))) throw new GiveUp('the target named the id of another group of ours');
  await confirm(storage, about, sent, true, now());
  return { ...{ target_id, id, org_id, remote_id, sent }, kind: 'group', active: true };
}

async function remove(deps: OutboundDeps, remote: Remote, link: Link): Promise<void> {
  const answer = await remote.send('DELETE', path_of(link));
  if (![200, 204, 404, 410].includes(answer.status)) throw new GiveUp(`the target refused to remove this group (${answer.in_short})`);
  await deps.storage.transact((tx) => unlink(tx, link));
}

async function rename(deps: OutboundDeps, remote: Remote, target: OpenTarget, link: Link, display_name: string): Promise<void> {
  const sent = said(link.id, display_name);
  if (link.sent['displayName'] === sent['displayName']) return;
  if (target.can.patch) {
    const patch = { schemas: [PATCH], Operations: [{ op: 'replace', path: 'displayName', value: display_name }] };
    const answer = await remote.send('PATCH', path_of(link), patch);
    if (is_refusal(answer.status)) await learn_refusal(deps.storage, link.target_id, { patch: false });
    else require_done(answer, 'to rename this group', link);
    // a group that is written whole is named with its members
    if (is_refusal(answer.status)) return;
  } else return;
  await confirm(deps.storage, link, sent, true, deps.now());
}

/** Who comes and who goes, as many at once as the target takes. */
async function move_members(
  deps: OutboundDeps,
  remote: Remote,
  target: OpenTarget,
  about: About,
  link: Link,
  display_name: string,
): Promise<void> {
  if (!target.can.patch) return write_whole(deps, remote, about, link, display_name);
  const until = deps.now() + TURN_MS;
  const limit = target.can.max_member_changes;
  const after = { remove: '', add: '' };
  let refused = 0;
  for (;;) {
    const removals = await next_moves(deps.storage, about, 'remove', after.remove, limit);
    const additions = removals.length === limit ? [] : await next_moves(deps.storage, about, 'add', after.add, limit - removals.length);
    const moves = [...removals, ...additions];
    if (moves.length === 0) break;
    after.remove = removals.at(-1)?.user_id ?? after.remove;
    after.add = additions.at(-1)?.user_id ?? after.add;
    const outcome = await send_moves(deps, remote, target, link, moves);
    if (outcome === 'no_patch') return write_whole(deps, remote, about, link, display_name);
    refused += outcome;
    if (deps.now() > until) throw new Later(0, 'there are more members than one turn allows');
  }
  if (refused > 0) throw new GiveUp(`the target refused ${refused} of the members`);
}

/** Sends them; what is refused together is tried in halves, so that one whom the target does not know keeps nobody else out. Answers how many it refused. */
async function send_moves(
  deps: OutboundDeps,
  remote: Remote,
  target: OpenTarget,
  link: Link,
  moves: readonly Move[],
): Promise<number | 'no_patch'> {
  const answer = await remote.send('PATCH', path_of(link), { schemas: [PATCH], Operations: operations(moves, target.can.member_removal) });
  if (is_refusal(answer.status)) {
    await learn_refusal(deps.storage, link.target_id, { patch: false });
    return 'no_patch';
  }
  if (answer.status === 404 || answer.status === 410) throw await whose_absence(remote, link);
  if (answer.status >= 400) {
    const [only] = moves;
    if (moves.length > 1) {
      const half = Math.ceil(moves.length / 2);
      const first = await send_moves(deps, remote, target, link, moves.slice(0, half));
      const second = await send_moves(deps, remote, target, link, moves.slice(half));
      return first === 'no_patch' || second === 'no_patch' ? 'no_patch' : first + second;
    }
    // somebody who is not there any more has left the group
    if (only?.what !== 'remove') return 1;
  } else require_done(answer, 'the members of this group', link);
  await confirm_moves(deps.storage, link, moves);
  return 0;
}

/** Is it the group that is missing, or somebody named in the request? */
async function whose_absence(remote: Remote, link: Link): Promise<Error> {
  const there = await remote.send('GET', `${path_of(link)}?excludedAttributes=members`);
  return there.status === 200
    ? new GiveUp('the target does not know one of the members')
    : new Missing('the target does not know this group any more');
}

function operations(moves: readonly Move[], removal: 'path' | 'value'): readonly object[] {
  const removed = moves.filter(({ what }) => what === 'remove').map(({ remote_id }) => remote_id);
  const added = moves.filter(({ what }) => what === 'add').map(({ remote_id }) => ({ value: remote_id }));
  const removals =
    removal === 'path'
      ? removed.map((id) => ({ op: 'remove', path: `members[value eq ${JSON.stringify(id)}]` }))
      : removed.length === 0
        ? []
        : [{ op: 'remove', path: 'members', value: removed.map((value) => ({ value })) }];
  return [...removals, ...(added.length === 0 ? [] : [{ op: 'add', path: 'members', value: added }])];
}

/** For a target that takes no PATCH. */
async function write_whole(deps: OutboundDeps, remote: Remote, about: About, link: Link, display_name: string): Promise<void> {
  const sent = said(link.id, display_name);
  const members = await all_members(deps.storage, about);
  const [leaving] = await next_moves(deps.storage, about, 'remove', '', 1);
  const [coming] = await next_moves(deps.storage, about, 'add', '', 1);
  if (leaving === undefined && coming === undefined && link.sent['displayName'] === sent['displayName']) return;
  const body = { schemas: [GROUP], id: link.remote_id, displayName: display_name, externalId: link.id };
  const answer = await remote.send('PUT', path_of(link), { ...body, members: members.map(({ remote_id }) => ({ value: remote_id })) });
  require_done(answer, 'this group', link);
  await confirm(deps.storage, link, sent, true, deps.now());
  await believe_members(deps.storage, link, members);
}

function require_done(answer: Answer, what: string, link: Link): void {
  if (answer.status === 404 || answer.status === 410) throw new Missing('the target does not know this group any more');
  if (answer.status >= 400) throw new GiveUp(`the target refused ${what} (${answer.in_short})`);
  const id = own(answer.body, 'id');
  if (id !== undefined && id !== link.remote_id) throw new GiveUp('the target answered about another group');
}
