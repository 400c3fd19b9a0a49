import type { Check, Identity } from '../../connectors/connector.ts';
import type { Act } from '../audit/index.ts';
import { Conflict, LoginRefused, new_id, type OrgId } from '../kernel/index.ts';
import { type PeoplePolicy, policy_of } from '../organizations/index.ts';
import type { Storage, Tx, UserRow } from '../storage/index.ts';
import { insert_user, type RawUser, read_user, type RecordEvent, type Said, type UserChanges } from '../users/index.ts';
import { apply_groups } from './apply_groups.ts';
import { type MappedPerson, map_attributes } from './map_attributes.ts';
import type { Mapping } from './mapping.ts';
import { meet } from './meet.ts';
import { type Preview, preview, type PreviewInput } from './preview.ts';
import { joining_email, profile_changes, states_of } from './profile.ts';
import { standing } from './standing.ts';

export interface LinkInput {
  readonly org_id: OrgId;
  readonly connection: {
    readonly id: string;
    readonly protocol: 'saml' | 'oidc' | 'ldap';
    readonly attribute_mapping: Mapping | null;
    readonly provisioning: { readonly jit: boolean; readonly update_on_login: boolean; readonly link_by: 'none' | 'verified_email' };
  };
  /** Verified by the connector of this very connection. */
  readonly identity: Identity;
  readonly act: Act;
  /** The answer to a LinkQuestion was yes. */
  readonly confirmed?: boolean;
  /** For the login trace. */
  note(check: Check): void;
}

export interface LinkResult {
  readonly user_id: string;
  readonly created: boolean;
  readonly updated: boolean;
}

/** What an inline hook may say of a sign-in before anything is written. */
export type HookAnswer =
  | { readonly allow: true; readonly person?: Partial<MappedPerson> }
  /** What the person meets. */
  | { readonly allow: false; readonly error: Error };

export interface LinkingDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly record: RecordEvent;
  readonly users: {
    change(tx: Tx, row: UserRow, changes: UserChanges, act: Act, said?: Said): Promise<UserRow>;
    settle_access(tx: Tx, org_id: OrgId, user_ids: readonly string[], act: Act): Promise<void>;
  };
  readonly directory: { verified_domains(org_id: OrgId): ReadonlySet<string> | Promise<ReadonlySet<string>> };
  readonly ask_hook?: (question: {
    readonly org_id: OrgId;
    readonly connection_id: string;
    readonly subject: string;
    readonly person: MappedPerson;
  }) => Promise<HookAnswer>;
}

export interface Linking {
  /**
   * The user of this organization whom a verified identity belongs to, found, linked or made, all in one unit of work.
   * @throws LinkQuestion when the person is to be asked first: nothing has been written
   * @throws LoginRefused 403 `attribute_missing` `no_account` `link_refused` `user_inactive` `not_in_allowed_group` `organization_suspended`
   * `connection_disabled` `denied`; 400 `answer_invalid` for an identity without a usable subject
   */
  link(input: LinkInput): Promise<LinkResult>;
  /** What `link` would do, without doing it. */
  preview(input: PreviewInput): Promise<Preview>;
}

interface Work {
  readonly input: LinkInput;
  readonly person: MappedPerson;
  /** The hook has agreed that a user is made. */
  readonly asked: boolean;
  readonly targets: readonly string[];
  readonly joining_email: string | undefined;
  readonly last_try: boolean;
}

const TRIES = 5;

/** A user would be made: whoever has a say in that is asked before. */
class AskFirst extends Error {}

export function make_linking(deps: LinkingDeps): Linking {
  return {
    preview: (input) => preview(deps, input),
    async link(input) {
      const { org_id, connection, identity, note } = input;
      require_subject(identity.subject);
      const mapped = map_attributes(connection.attribute_mapping, connection.protocol, identity);
      const ignored = mapped.ignored.length === 0 ? '' : `; left out: ${mapped.ignored.join('; ')}`;
      if (!mapped.ok) {
        const missing = mapped.missing.join(', ');
        note({
          name: 'attributes',
          ok: false,
          detail: `missing: ${missing}${ignored}`,
          fix: 'The partner must send what the mapping requires.',
        });
        throw new LoginRefused('attribute_missing', 'Something that is needed was not sent.', { detail: `missing: ${missing}` });
      }
      note({ name: 'attributes', ok: true, detail: `read: ${said_of(mapped.person)}${ignored}` });
      let person = mapped.person;
      let asked = deps.ask_hook === undefined;
      const proven = await deps.directory.verified_domains(org_id);
      const email = joining_email(person, identity, connection, proven);
      for (let attempt = 1; ; attempt++) {
        const work: Work = { input, person, asked, targets: mapped.targets, joining_email: email, last_try: attempt === TRIES };
        try {
          const done = await deps.storage.transact((tx) => sign_in(deps, tx, work, attempt));
          // what the partner says of groups is kept, and their access is over
          if (done.kept_out) throw kept_out(done.user_id);
          const { kept_out: _in, ...result } = done;
          return result;
        } catch (error) {
          if (error instanceof AskFirst) {
            // nothing was kept: the answer is waited for outside any unit of work
            person = await ask(deps, input, person);
            asked = true;
            continue;
          }
          // another sign-in of the same person was first: look again, and find what it made
          if (!(error instanceof Conflict) || work.last_try) throw refusal(error, note);
        }
      }
    },
  };
}

interface Done extends LinkResult {
  readonly kept_out: boolean;
}

async function sign_in(deps: LinkingDeps, tx: Tx, work: Work, attempt: number): Promise<Done> {
  const { input, person, targets } = work;
  const { org_id, connection, identity, act, note } = input;
  const at = deps.now();
  const known = await standing(tx, org_id, connection.id, identity.subject);
  const policy = await policy_of(tx, org_id);
  const met =
    known === undefined
      ? await meet(
          tx,
          {
            org_id,
            connection_id: connection.id,
            subject: identity.subject,
            joining_email: work.joining_email,
            confirmed: input.confirmed === true,
          },
          policy,
        )
      : undefined;
  const existing = known?.user ?? met?.user;
  if (existing === undefined && !connection.provisioning.jit)
    throw new LoginRefused('no_account', 'There is no account for this person.', {
      detail: 'the connection does not make accounts (jit is off)',
    });
  if (existing === undefined && !work.asked) throw new AskFirst();
  const user = await signed_in_at(tx, org_id, (existing ?? (await make_user(deps, tx, work, attempt))).id, at);
  if (known === undefined) await bind(deps, tx, user, input, at);
  const update = existing === undefined || connection.provisioning.update_on_login;
  const after =
    existing === undefined
      ? user
      : await update_profile(deps, tx, user, profile_changes(user, person, targets, identity, update, owned(policy)), act, {
          source: 'sign_in',
          states: update ? states_of(person, targets) : [],
        });
  const groups_changed = update && person.groups !== undefined && (await apply_groups(deps, tx, after, person.groups, input, at));
  if (known !== undefined)
    await tx.sql.run(`UPDATE "identities" SET "last_login_at" = ? WHERE "org_id" = ? AND "id" = ?`, [at, org_id, known.identity_id]);
  const how = known !== undefined ? 'known' : met !== undefined ? `linked by ${met.by}` : 'made';
  note({ name: 'account', ok: true, detail: `${how}: user ${user.id}` });
  const shut = (groups_changed ? await tx.org(org_id).users.find_one({ id: user.id }) : user)?.kept_out_at !== null;
  // nobody is made only to be refused
  if (shut && existing === undefined) throw kept_out('that would have been made');
  return { user_id: user.id, created: existing === undefined, updated: after !== user || groups_changed, kept_out: shut };
}

const owned = (policy: PeoplePolicy): boolean => policy.attribute_owners !== undefined;

const kept_out = (who: string): LoginRefused =>
  new LoginRefused('not_in_allowed_group', 'None of the groups of this person lets them in.', {
    detail: `user ${who} is in no allowed group`,
  });

/** The person as nobody else can change them until this unit of work ends: whatever way they were found, and whatever another one changed meanwhile. */
async function signed_in_at(tx: Tx, org_id: OrgId, user_id: string, at: number): Promise<UserRow> {
  const statement = `UPDATE "users" SET "last_login_at" = ? WHERE "org_id" = ? AND "id" = ? RETURNING *`;
  const raw = await tx.sql.get<RawUser>(statement, [at, org_id, user_id]);
  if (raw === undefined) throw raced();
  const user = read_user(raw);
  if (!user.active) throw new LoginRefused('user_inactive', 'This account is switched off.', { detail: `user ${user.id} is inactive` });
  return user;
}

async function make_user(deps: LinkingDeps, tx: Tx, { input, person }: Work, attempt: number): Promise<UserRow> {
  const { org_id, connection, identity, act } = input;
  const { user_name, groups: _groups, attributes, ...fields } = person;
  const at = deps.now();
  const new_user = { ...fields, attributes, email_denied: identity.email_verified === false, source: 'jit' as const };
  const wanted = user_name ?? person.email ?? identity.subject;
  for (const name of [wanted, `${identity.subject}@${connection.id}`, `${connection.id}:${new_id('sub')}`]) {
    const row = await insert_user(tx, org_id, { ...new_user, user_name: name }, at);
    if (row !== undefined) {
      await deps.record(tx, act, {
        type: 'user.created',
        org_id,
        target: { kind: 'user', id: row.id, name },
        after: { user_name: name, email: row.email, source: 'jit', connection_id: connection.id },
      });
      return row;
    }
    // on PostgreSQL the holder of the name may be this same person, signing in at the same moment
    if (attempt === 1 && deps.storage.kind === 'postgres') throw raced();
  }
  throw raced();
}

async function bind(deps: LinkingDeps, tx: Tx, user: UserRow, { org_id, connection, identity, act }: LinkInput, at: number): Promise<void> {
  const bound = await tx.sql.run(
    `INSERT INTO "identities" ("org_id", "id", "user_id", "connection_id", "subject", "last_login_at", "created_at")
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    [org_id, new_id('idn'), user.id, connection.id, identity.subject, at, at],
  );
  if (bound === 0) throw raced();
  await deps.record(tx, act, {
    type: 'identity.linked',
    org_id,
    target: { kind: 'user', id: user.id, name: user.user_name },
    after: { connection_id: connection.id, subject: identity.subject },
  });
}

/** A user name that somebody else has is not taken over: the person keeps the one they had. */
async function update_profile(deps: LinkingDeps, tx: Tx, row: UserRow, changes: UserChanges, act: Act, said: Said): Promise<UserRow> {
  try {
    return await deps.users.change(tx, row, changes, act, said);
  } catch (error) {
    if (!(error instanceof Conflict) || error.code !== 'user_name_taken') throw error;
    const { user_name: _taken, ...rest } = changes;
    return deps.users.change(tx, row, rest, act, said);
  }
}

/** Null, empty or blank subjects would make one account of everybody who has none. */
function require_subject(subject: unknown): void {
  if (typeof subject === 'string' && subject.length <= 255 && subject.trim() !== '' && !/[\p{Cc}\p{Cs}]/u.test(subject)) return;
  throw new LoginRefused('answer_invalid', 'The answer names nobody.', {
    status: 400,
    detail: 'the subject is absent, blank, too long or unprintable',
  });
}

async function ask(deps: LinkingDeps, { org_id, connection, identity, note }: LinkInput, person: MappedPerson): Promise<MappedPerson> {
  const answer = await deps.ask_hook?.({ org_id, connection_id: connection.id, subject: identity.subject, person });
  if (answer?.allow === false) throw refusal(answer.error, note);
  return { ...person, ...answer?.person };
}

function refusal(error: unknown, note: (check: Check) => void): unknown {
  if (error instanceof LoginRefused) note({ name: 'account', ok: false, detail: error.detail ?? error.message });
  return error;
}

const said_of = (person: MappedPerson): string =>
  [...Object.keys(person).filter((field) => field !== 'attributes'), ...Object.keys(person.attributes)].join(', ') || 'nothing';

const raced = (): Conflict => new Conflict('raced', 'Another sign-in was first.');
