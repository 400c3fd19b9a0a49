import type { DirectoryPerson } from '../../../connectors/connector.ts';
import { Conflict, Forbidden } from '../../kernel/index.ts';
import { outranks, owners_of, type PeoplePolicy } from '../../organizations/index.ts';
import type { UserRow } from '../../storage/index.ts';
import { hold_user } from '../../users/index.ts';
import { apply_change, type Changing } from '../apply_change.ts';
import type { CreationAnswer, PeopleRules, ReadPerson, SyncedConnection } from './deps.ts';

export interface Rules {
  readonly people: PeopleRules;
  readonly connection: SyncedConnection;
  readonly policy: PeoplePolicy;
  readonly proven: ReadonlySet<string>;
  /** What was said of those of whom a user would be made, by subject; undefined: nobody has a say in it. */
  readonly answers: ReadonlyMap<string, CreationAnswer> | undefined;
}

type Read = Extract<ReadPerson, { ok: true }>;

export type Outcome =
  | { readonly what: 'created' | 'updated' | 'unchanged'; readonly user: UserRow }
  | { readonly what: 'passed_over' }
  /** Nothing was written: somebody has a say in it. */
  | { readonly what: 'to_ask'; readonly person: Read['person'] };

/** Whether this source may say that somebody is switched off or on: as the policy has it, else wherever SCIM has not adopted them. */
export function may_switch(policy: PeoplePolicy, row: UserRow, to: boolean): boolean {
  const owner = row.written_by?.['active'];
  if (owners_of(policy, 'active') !== undefined) return outranks(policy, 'active', 'sync', owner);
  // whom somebody else has switched off stays off
  return row.scim_owner === null && (!to || owner === 'sync');
}

/** One person of the directory becomes, or changes, one user; who is switched off there is noted by the caller, not here. @throws PosternError */
export async function follow_person(
  work: Changing,
  rules: Rules,
  told: DirectoryPerson,
  read: ReadPerson | undefined,
  known: UserRow | undefined,
): Promise<Outcome> {
  if (known !== undefined) return change(work, rules, told, read, known, false);
  if (read === undefined) {
    if (!told.active) return { what: 'passed_over' };
    throw new Conflict('attribute_missing', 'Was left out before and has not changed since; once a day everything is read anew.');
  }
  if (!read.ok) throw new Conflict('attribute_missing', `The directory does not send: ${read.missing.join(', ')}.`);
  const { tx, org_id } = work;
  const found = await rules.people.find(tx, { org_id, ...rules }, told, read.person);
  // nobody is made to be switched off
  if (found === undefined && !told.active) return { what: 'passed_over' };
  const answer = found === undefined ? rules.answers?.get(told.subject) : undefined;
  if (found === undefined && rules.answers !== undefined && answer === undefined) return { what: 'to_ask', person: read.person };
  const user = found === undefined ? await make(work, rules, told, agreed(read, answer)) : await hold_user(tx, org_id, found.id);
  const bound = await rules.people.bind(
    tx,
    org_id,
    { user_id: user.id, connection_id: rules.connection.id, subject: told.subject },
    work.deps.now(),
  );
  if (!bound) throw new Conflict('link_refused', 'Somebody else is tied to this person of the directory.');
  await work.deps.record(tx, work.act, {
    type: 'identity.linked',
    org_id,
    target: { kind: 'user', id: user.id, name: user.user_name },
    after: { connection_id: rules.connection.id, subject: told.subject },
  });
  return found === undefined ? { what: 'created', user } : change(work, rules, told, read, user, true);
}

function agreed(read: Read, answer: CreationAnswer | undefined): Read {
  if (answer?.allow === false) throw new Forbidden('denied', 'This person is not to be made.', { detail: answer.problem });
  return { ...read, person: { ...read.person, ...answer?.person } };
}

async function make(work: Changing, { connection }: Rules, { subject }: DirectoryPerson, read: Read): Promise<UserRow> {
  const { user_name, groups: _groups, ...fields } = read.person;
  const names = [user_name ?? read.person.email ?? subject, `${subject}@${connection.id}`];
  for (const [at, name] of names.entries()) {
    try {
      return await apply_change(work, { kind: 'create_user', fields: { ...fields, user_name: name } });
    } catch (error) {
      if (!is_taken(error) || at === names.length - 1) throw error;
    }
  }
  throw new TypeError('there is always a name to try');
}

async function change(
  work: Changing,
  { people, policy }: Rules,
  told: DirectoryPerson,
  read: ReadPerson | undefined,
  before: UserRow,
  linked: boolean,
): Promise<Outcome> {
  const said = read?.ok === true ? people.changes(before, read, told.attributes, policy) : { fields: {}, states: [] };
  const back = told.active && !before.active && may_switch(policy, before, true);
  const fields = { ...said.fields, ...(back && { active: true }) };
  const states = [...said.states, ...(back ? ['active'] : [])];
  const apply = async (wanted: typeof fields): Promise<UserRow> =>
    apply_change(work, { kind: 'change_user', row: before, fields: wanted, states });
  let after: UserRow;
  try {
    after = await apply(fields);
  } catch (error) {
    if (!is_taken(error)) throw error;
    // a user name that somebody else has is not taken over
    const { user_name: _taken, ...rest } = fields;
    after = await apply(rest);
  }
  return { what: linked || after !== before ? 'updated' : 'unchanged', user: after };
}

const is_taken = (error: unknown): boolean => error instanceof Conflict && error.code === 'user_name_taken';
