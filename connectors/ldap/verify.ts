import { type Call, ConnectorError, type LoginOutcome, type Tools } from '../connector.ts';
import { password_policy_request, verdict_of } from './bind_verdict.ts';
import { type Entry, texts_of } from './entry.ts';
import { note_misconfigured } from './failure.ts';
import { find_person, type Search } from './find_person.ts';
import { type Group, groups_of } from './groups.ts';
import { attributes_of, subject_of } from './identity.ts';
import type { Pool } from './pool.ts';
import type { LdapConfig } from './settings.ts';

export interface VerifyDeps {
  readonly config: LdapConfig;
  readonly pool: Pool;
  readonly tools: Pick<Tools, 'random_bytes'>;
}

const LONGEST = 1024;
const refused = (detail: string): LoginOutcome => ({ ok: false, reason: 'invalid_credentials', detail });

/** Search, then bind: finds the one entry that the typed name means, and lets the directory check the password of that entry. @throws ConnectorError */
export async function verify(
  deps: VerifyDeps,
  given: { readonly username: unknown; readonly password: unknown },
  call: Call,
): Promise<LoginOutcome> {
  const { config, pool } = deps;
  const { username, password } = given;
  // an empty password is an anonymous bind, which directories answer with success (RFC 4513 section 5.1.2)
  if (!can_be_sent(username) || !can_be_sent(password)) {
    call.check({ name: 'credentials', ok: false, detail: 'a field was empty or not plain text: nothing was sent' });
    return refused('a field was empty or not plain text: nothing was sent to the directory');
  }
  const search = await pool.run('service', call, async (session, wait) => {
    try {
      return await find_person(session, wait, config, username);
    } catch (error) {
      note_misconfigured('search', error, call);
      throw error;
    }
  });
  call.check({ name: 'search', ok: search.found === 'one', detail: FOUND[search.found] });

  // for nobody, a password check of nobody: the same steps, so that neither answer nor time tells names apart
  const dn = search.found === 'one' ? search.entry.dn : nobody(deps);
  const verdict = await pool.run('check', call, async (session, wait) =>
    verdict_of(await session.bind(dn, password, wait, [password_policy_request()])),
  );
  if (search.found !== 'one') return refused(FOUND[search.found]);
  call.check({ name: 'password', ok: verdict.ok, detail: verdict.ok ? (verdict.note ?? 'the directory accepted it') : verdict.detail });
  if (!verdict.ok) return verdict;
  const shut = is_shut(search.entry);
  if (shut !== undefined) {
    call.check({ name: 'account', ok: false, detail: shut });
    return refused(shut);
  }
  const subject = subject_of(search.entry, config.vendor);
  const groups = await read_groups(deps, search, call);
  return { ok: true, identity: { subject, attributes: attributes_of(search.entry, groups), amr: ['pwd'] } };
}

const FOUND: Readonly<Record<Search['found'], string>> = {
  one: 'one entry matches the typed name',
  none: 'no entry under the base matches the typed name',
  several: 'more than one entry matches the typed name',
  outside: 'the entry that was sent does not lie under the base',
};

/** Text that goes over the wire as it was typed: not empty, no NUL, no half characters. */
const can_be_sent = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST && !value.includes('\0') && value.isWellFormed();

const nobody = ({ config, tools }: VerifyDeps): string => `cn=${Buffer.from(tools.random_bytes(16)).toString('hex')},${config.base_dn}`;

/** Accounts that are switched off although a password check may still say yes. */
export function is_shut(entry: Entry): string | undefined {
  const control = Number(texts_of(entry, 'userAccountControl')[0] ?? 0);
  if ((control & 2) !== 0) return 'the account is disabled';
  if (texts_of(entry, 'nsAccountLock')[0]?.toLowerCase() === 'true') return 'the account is locked by an administrator';
  return undefined;
}

async function read_groups({ config, pool }: VerifyDeps, search: Extract<Search, { found: 'one' }>, call: Call): Promise<readonly Group[]> {
  try {
    const groups = await pool.run('service', call, (session, wait) => groups_of(session, wait, config, search.entry));
    call.check({ name: 'groups', ok: true, detail: `${groups.length} groups` });
    return groups;
  } catch (error) {
    if (error instanceof ConnectorError)
      call.check({ name: 'groups', ok: false, detail: error.message, ...(error.fix !== undefined && { fix: error.fix }) });
    throw error;
  }
}
