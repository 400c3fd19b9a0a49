import type { OpenTarget } from './open_target.ts';
import { GiveUp } from './outcome.ts';
import type { Answer, Remote } from './remote.ts';
import { own } from './units.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Sought {
  readonly kind: 'user' | 'group';
  /** Ours: what the target knows as externalId. */
  readonly id: string;
  /** The userName or the displayName. */
  readonly name: string | undefined;
}

export const collection_of = (kind: Sought['kind']): string => (kind === 'user' ? '/Users' : '/Groups');
const name_attribute = (kind: Sought['kind']): string => (kind === 'user' ? 'userName' : 'displayName');

/**
 * Whether the target has this person or group already: by externalId, which is our id; and by name. Somebody of that name who is not ours is taken over
 * only where the operator said so, and never with another externalId.
 * @throws GiveUp when the name is somebody else's
 */
export async function find_remote(remote: Remote, target: OpenTarget, sought: Sought): Promise<string | undefined> {
  if (!target.can.filter) return undefined;
  const { kind, id, name } = sought;
  if (target.can.external_id_filter) {
    const [found] = (await ask(remote, kind, `externalId eq ${JSON.stringify(id)}`)).filter((one) => own(one, 'externalId') === id);
    if (found !== undefined) return id_of(found);
  }
  if (name === undefined) return undefined;
  const attribute = name_attribute(kind);
  const named = (await ask(remote, kind, `${attribute} eq ${JSON.stringify(name)}`)).find((one) => same_name(own(one, attribute), name));
  if (named === undefined) return undefined;
  const external_id = own(named, 'externalId');
  if (external_id === id) return id_of(named);
  const nobodys = external_id === undefined || external_id === null || external_id === '';
  if (nobodys && target.row.adopt === 'name') return id_of(named);
  throw taken(kind, nobodys);
}

export const taken = (kind: Sought['kind'], nobodys: boolean): GiveUp =>
  new GiveUp(
    nobodys
      ? `the target has this ${name_attribute(kind)} already, without an externalId: remove it there, or set adopt to "name"`
      : `the target has this ${name_attribute(kind)} already, under another externalId than ours`,
  );

/** A filter that it does not know finds nobody. */
async function ask(remote: Remote, kind: Sought['kind'], filter: string): Promise<readonly Json[]> {
  const without_members = kind === 'group' ? '&excludedAttributes=members' : '';
  const answer = await remote.send(
    'GET',
    `${collection_of(kind)}?filter=${encodeURIComponent(filter)}&startIndex=1&count=10${without_members}`,
  );
  return answer.status === 200 ? resources_of(answer) : [];
}

export function resources_of({ body }: Pick<Answer, 'body'>): readonly Json[] {
  const list = own(body, 'Resources');
  return Array.isArray(list) ? list.filter((one): one is Json => typeof one === 'object' && one !== null) : [];
}

export const id_of = (resource: Json): string | undefined => {
  const id = own(resource, 'id');
  return typeof id === 'string' && id !== '' && id.length <= 255 ? id : undefined;
};

const same_name = (shown: unknown, name: string): boolean => typeof shown === 'string' && shown.toLowerCase() === name.toLowerCase();
