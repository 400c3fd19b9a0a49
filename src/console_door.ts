import type { Caller } from './admin/index.ts';
import type { RateLimits } from './http/index.ts';
import type { Installed } from './installed.ts';
import { CONSOLE_CLIENT, hash_token, same_secret } from './kernel/index.ts';
import type { Operator, OperatorKey, OperatorKeys, OperatorPeople, OperatorsDeps } from './operators/index.ts';
import { type Directory, ensure_console_client } from './organizations/index.ts';
import type { AdminAccess, Issuer, PersonAccess } from './tokens/index.ts';
import type { Postern } from './wiring.ts';

/** A person of the operators' organization, bounded by their role; undefined for anybody else. */
async function operator_of_access(
  access: PersonAccess,
  directory: Directory,
  operators: string | undefined,
): Promise<Operator | undefined> {
  const organization = operators === undefined ? undefined : await directory.organization_named(operators);
  if (organization?.active !== true || organization.id !== access.org_id) return undefined;
  return { role: access.role, actor: { kind: 'user', id: access.user_id, name: access.name } };
}

/** Admin keys as the door of the console knows them: the one of the settings, and those of the database. */
function operator_keys({ admin_keys, world }: Pick<Postern, 'admin_keys' | 'world'>): OperatorKeys {
  const first = world.settings.admin_key;
  const of_settings: OperatorKey = {
    id: 'first',
    operator: { role: 'owner', actor: { kind: 'admin_key', id: 'first', name: 'POSTERN_ADMIN_KEY' } },
  };
  const known = (key: Awaited<ReturnType<typeof admin_keys.identify>>): OperatorKey | undefined => {
    if (key === undefined) return undefined;
    const { id, name, role, organization_id } = key;
    const actor = { kind: 'admin_key' as const, id, name };
    if (role !== 'org_admin') return { id, operator: { role, actor } };
    return organization_id === undefined ? undefined : { id, operator: { role, organization_id, actor } };
  };
  return {
    of_secret: async (secret) =>
      first !== undefined && same_secret(first, secret) ? of_settings : known(await admin_keys.identify(secret)),
    of_hash: async (hash) =>
      first !== undefined && same_secret(hash_token(first), hash) ? of_settings : known(await admin_keys.identify_hash(hash)),
  };
}

/** People who sign in to the console through Postern itself; undefined while no organization is named. */
function operator_people(issuer: Issuer, directory: Directory, operators: string | undefined): OperatorPeople | undefined {
  if (operators === undefined) return undefined;
  return {
    ...{ client_id: CONSOLE_CLIENT, organization: operators },
    redeem: (given) => issuer.console.redeem(given),
    async of_grant(grant_hash) {
      const access = await issuer.console.access(grant_hash);
      return access === undefined ? undefined : operator_of_access(access, directory, operators);
    },
    end: (grant_hash) => issuer.console.end(grant_hash),
  };
}

/** Who may use the admin API with an access token: a person bounded by their role, or an app in its own name, which operates but owns nothing. */
export async function caller_of(
  access: AdminAccess | undefined,
  directory: Directory,
  operators: string | undefined,
): Promise<Caller | undefined> {
  if (access?.kind === 'client') return { role: 'operator', actor: { kind: 'client', id: access.client_id } };
  return access === undefined ? undefined : operator_of_access(access, directory, operators);
}

/** What the console and its sessions are made from. Registers the console as an app where people sign in to it. */
export async function open_console_door(
  postern: Postern,
  issuer: Issuer,
  rate_limits: RateLimits,
  { version, console_folder }: Installed,
): Promise<OperatorsDeps> {
  const { world, storage, audit, organizations, second_factors, egress } = postern;
  const { settings, now } = world;
  const operators = settings.operators_organization;
  if (operators !== undefined) await ensure_console_client(storage, { issuer: settings.issuer, now: now() });
  return {
    ...{ storage, now, rate_limits, record: audit.record, issuer_url: settings.issuer, factors: second_factors },
    keys: operator_keys(postern),
    people: operator_people(issuer, organizations.directory, operators),
    second_factor_required: settings.console_second_factor === 'required',
    ...{ version, folder: console_folder, mocks: settings.mocks_url, fetch: egress.fetch },
  };
}
