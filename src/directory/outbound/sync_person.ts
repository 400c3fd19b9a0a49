import type { About, OutboundDeps } from './deps.ts';
import { enqueue } from './enqueue.ts';
import { collection_of, find_remote, id_of, taken } from './find_remote.ts';
import { is_refusal, learn_refusal } from './learn.ts';
import { bind, confirm, find_link, intend, type Link, lose, unlink } from './links.ts';
import type { OpenTarget } from './open_target.ts';
import { GiveUp, Missing, TargetFault } from './outcome.ts';
import type { WantedPerson } from './person.ts';
import type { Answer, Remote } from './remote.ts';
import { type Difference, differs, fingerprints, own, whole } from './units.ts';

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** Makes one person at a target what they are here, now. Saying it again changes nothing. */
export async function sync_person(
  deps: OutboundDeps,
  remote: Remote,
  target: OpenTarget,
  about: About,
  wanted: WantedPerson,
): Promise<void> {
  // somebody whom the target has lost is looked for once more, and made anew
  for (let turn = 0; turn < 2; turn++) {
    const link = await find_link(deps.storage, about.target_id, about.id);
    if (link === undefined && wanted.standing !== 'active') return;
    const bound = link?.remote_id == null ? await bring(deps, remote, target, about, wanted) : link;
    if (bound === undefined) return;
    try {
      return await bring_up_to_date(deps, remote, target, bound, wanted);
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      await lose(deps.storage, bound, 'user');
    }
  }
  throw new TargetFault('the target does not know whom it has just named');
}

/** Finds or makes somebody of whom we know no id there. Undefined: they are not there, and should not be. */
async function bring(
  deps: OutboundDeps,
  remote: Remote,
  target: OpenTarget,
  about: About,
  wanted: WantedPerson,
): Promise<Link | undefined> {
  const { storage, now } = deps;
  if (wanted.standing === 'active' && wanted.user_name === undefined) throw new GiveUp('the mapping gives this person no userName');
  await intend(storage, { target_id: about.target_id, id: about.id, kind: 'user', org_id: about.org_id }, now());
  const sought = { kind: 'user', id: about.id, name: wanted.user_name } as const;
  const found = await find_remote(remote, target, sought);
  if (found !== undefined) return bound_to(deps, about, found, {});
  if (wanted.standing !== 'active') {
    await storage.transact((tx) => unlink(tx, about));
    return undefined;
  }
  const answer = await remote.send('POST', collection_of('user'), whole(wanted.units));
  if (answer.status === 409) {
    const holder = await find_remote(remote, target, sought);
    if (holder === undefined) throw taken('user', false);
    return bound_to(deps, about, holder, {});
  }
  if (answer.status !== 201 && answer.status !== 200) throw new GiveUp(`the target refused to make this person (${answer.in_short})`);
  const id = id_of(answer.body);
  if (id === undefined) throw new TargetFault('the target made somebody and did not say under which id');
  const external_id = own(answer.body, 'externalId');
  if (external_id !== undefined && external_id !== null && external_id !== about.id)
    throw new GiveUp('the target answered about somebody else than whom it was told of');
  return bound_to(deps, about, id, fingerprints(about.id, wanted.units));
}

async function bound_to(deps: OutboundDeps, about: About, remote_id: string, sent: Readonly<Record<string, string>>): Promise<Link> {
  const { storage, now } = deps;
  const { target_id, id, org_id } = about;
  if (!(await bind(storage, about, 'user', remote_id, now()))) throw new GiveUp('the target named the id of somebody else of ours');
  const made = Object.keys(sent).length > 0;
  if (made) await confirm(storage, about, sent, true, now());
  // whoever has come can be in groups there
  await touch_groups(deps, about);
  return { target_id, id, kind: 'user', org_id, remote_id, sent, active: made };
}

async function bring_up_to_date(deps: OutboundDeps, remote: Remote, target: OpenTarget, link: Link, wanted: WantedPerson): Promise<void> {
  const path = `${collection_of('user')}/${encodeURIComponent(link.remote_id ?? '')}`;
  if (wanted.standing === 'gone') return see_off(deps, remote, target, link, path);
  const difference = differs(link.id, wanted.units, link.sent);
  if (difference === undefined) return;
  await change(deps, remote, target, link, path, wanted.units, difference);
  await confirm(deps.storage, link, fingerprints(link.id, wanted.units), wanted.standing === 'active', deps.now());
}

/** Somebody who is no more: removed there, or only switched off, as the target is set. */
async function see_off(deps: OutboundDeps, remote: Remote, target: OpenTarget, link: Link, path: string): Promise<void> {
  const answer = target.row.on_delete === 'delete' && target.can.delete_users ? await remote.send('DELETE', path) : undefined;
  if (answer !== undefined && is_refusal(answer.status)) await learn_refusal(deps.storage, link.target_id, { delete_users: false });
  if (answer === undefined || is_refusal(answer.status)) {
    const inactive = new Map([['active', false]]);
    await change(deps, remote, target, link, path, inactive, { set: inactive, removed: [] }).catch((error: unknown) => {
      if (!(error instanceof Missing)) throw error;
    });
  } else if (![200, 204, 404, 410].includes(answer.status))
    throw new GiveUp(`the target refused to remove this person (${answer.in_short})`);
  await touch_groups(deps, link);
  await deps.storage.transact((tx) => unlink(tx, link));
}

async function change(
  deps: OutboundDeps,
  remote: Remote,
  target: OpenTarget,
  link: Link,
  path: string,
  units: WantedPerson['units'],
  difference: Difference,
): Promise<void> {
  let answer: Answer | undefined;
  if (target.can.patch) {
    answer = await remote.send('PATCH', path, { schemas: [PATCH], Operations: operations(difference) });
    if (is_refusal(answer.status)) {
      await learn_refusal(deps.storage, link.target_id, { patch: false });
      answer = undefined;
    }
  }
  answer ??= await put(remote, path, units, difference);
  if (answer.status === 404 || answer.status === 410) throw new Missing('the target does not know this person any more');
  if (answer.status === 409) throw new GiveUp(`the target says that this is somebody else's (${answer.in_short})`);
  if (answer.status === 412) throw new TargetFault('somebody else changed this person at the target meanwhile');
  if (answer.status >= 400) throw new GiveUp(`the target refused the change (${answer.in_short})`);
  require_same(answer, link.remote_id ?? '');
}

const operations = ({ set, removed }: Difference): readonly object[] => [
  ...[...set].map(([path, value]) => ({ op: 'replace', path, value })),
  ...removed.map((path) => ({ op: 'remove', path })),
];

/** Read, changed, and written back whole: what is not ours stays (RFC 7644 section 3.5.1). */
async function put(remote: Remote, path: string, units: WantedPerson['units'], { removed }: Difference): Promise<Answer> {
  const present = await remote.send('GET', path);
  if (present.status !== 200) return present;
  require_same(present, decodeURIComponent(path.slice(path.lastIndexOf('/') + 1)));
  const { meta: _meta, groups: _groups, ...rest } = present.body;
  return remote.send('PUT', path, whole(units, rest, removed));
}

/** An answer about another is no answer. */
function require_same({ body }: Answer, remote_id: string): void {
  const id = own(body, 'id');
  if (id !== undefined && id !== remote_id) throw new GiveUp('the target answered about somebody else than who was changed');
}

/** The groups that somebody is in, here or there, may have something to say once they have come or gone. */
export async function touch_groups(
  deps: Pick<OutboundDeps, 'storage' | 'append_latest'>,
  { target_id, id, org_id }: Pick<About, 'target_id' | 'id' | 'org_id'>,
): Promise<void> {
  const rows = await deps.storage.sql.all<{ group_id: string }>(
    `SELECT "group_id" FROM "group_members" WHERE "org_id" = ? AND "user_id" = ?
     UNION SELECT "group_id" FROM "scim_link_members" WHERE "target_id" = ? AND "user_id" = ?`,
    [org_id, id, target_id, id],
  );
  if (rows.length === 0) return;
  const about = rows.map(({ group_id }) => ({ target_id, kind: 'group' as const, id: group_id, org_id }));
  await deps.storage.transact((tx) => enqueue(deps, tx, about));
}
