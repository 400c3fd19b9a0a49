import type { OrgId } from '../../kernel/index.ts';
import type { ScimTargetRow, UserRow } from '../../storage/index.ts';
import { type RawUser, read_user } from '../../users/index.ts';
import type { OutboundDeps } from './deps.ts';
import type { OpenTarget } from './open_target.ts';
import { type Units, units_of } from './units.ts';

/** How somebody should be at a target, at this moment. */
export interface WantedPerson {
  /** `gone`: there is no such person any more. */
  readonly standing: 'active' | 'inactive' | 'gone';
  readonly units: Units;
  readonly user_name: string | undefined;
}

const GONE: WantedPerson = { standing: 'gone', units: new Map(), user_name: undefined };

type Deps = Pick<OutboundDeps, 'storage' | 'roles_of'>;

type Row = RawUser & { readonly org_status: string; readonly org_slug: string; readonly org_name: string };

/** @see OpenTarget.allows: of an organization that may not use the app nobody is ever active. */
export async function wanted_person(deps: Deps, target: OpenTarget, org_id: string, id: string): Promise<WantedPerson> {
  const raw = await deps.storage.sql.get<Row>(
    `SELECT u.*, o."status" AS "org_status", o."slug" AS "org_slug", o."name" AS "org_name" FROM "users" u JOIN "organizations" o ON o."id" = u."org_id"
     WHERE u."org_id" = ? AND u."id" = ?`,
    [org_id, id],
  );
  if (raw === undefined) return GONE;
  const { org_status, org_slug, org_name, ...columns } = raw;
  const user = read_user(columns);
  const open = user.active && org_status === 'active' && target.allows(org_id);
  const roles = open && needs_roles(target.row) ? await deps.roles_of({ ...user, org_id: user.org_id as OrgId }, target.row.client_id) : []; // of a row
  const active = open && (await is_meant(deps, target.row, user, roles));
  const values = new Map<string, unknown>();
  for (const [path, source] of Object.entries(target.row.mapping))
    values.set(path, typeof source === 'string' ? value_of(source, user, { org_slug, org_name }) : source.value);
  const units = units_of(values);
  const user_name = units.get('userName');
  units.set('externalId', user.id);
  units.set('active', active);
  // whoever is switched off keeps what was said of them; their roles have ended
  if (target.row.roles !== 'none' && roles.length > 0 && active)
    units.set(
      target.row.roles,
      roles.map((value) => ({ value })),
    );
  return { standing: active ? 'active' : 'inactive', units, user_name: typeof user_name === 'string' ? user_name : undefined };
}

const needs_roles = ({ roles, people }: ScimTargetRow): boolean => roles !== 'none' || people === 'with_role';

async function is_meant({ storage }: Deps, row: ScimTargetRow, user: UserRow, roles: readonly string[]): Promise<boolean> {
  if (row.people === 'all') return true;
  if (row.people === 'with_role') return roles.length > 0;
  const groups = await storage.sql.all<{ display_name: string }>(
    `SELECT g."display_name" FROM "group_members" m JOIN "groups" g ON g."org_id" = m."org_id" AND g."id" = m."group_id"
     WHERE m."org_id" = ? AND m."user_id" = ?`,
    [user.org_id, user.id],
  );
  return groups.some(({ display_name }) => is_sent(row, display_name));
}

/** Is a group of this name one that the target hears of? */
export const is_sent = ({ groups }: Pick<ScimTargetRow, 'groups'>, display_name: string): boolean =>
  (groups.prefixes.length === 0 && groups.names.length === 0) ||
  groups.names.includes(display_name) ||
  groups.prefixes.some((prefix) => display_name.startsWith(prefix));

function value_of(source: string, user: UserRow, org: { readonly org_slug: string; readonly org_name: string }): unknown {
  if (source.startsWith('attributes.')) return plain(own(user.attributes, source.slice('attributes.'.length)));
  if (source.startsWith('scim.')) return own(user.scim, source.slice('scim.'.length));
  switch (source) {
    case 'sub':
      return user.id;
    case 'name':
      return user.display_name ?? ([user.given_name, user.family_name].filter((part) => part !== null).join(' ') || user.user_name);
    case 'org_id':
      return user.org_id;
    case 'org_slug':
      return org.org_slug;
    case 'org_name':
      return org.org_name;
    case 'user_name':
    case 'email':
    case 'given_name':
    case 'family_name':
    case 'display_name':
      return user[source];
    default:
      return undefined;
  }
}

const own = (object: Readonly<Record<string, unknown>>, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);

/** Attributes of a partner are lists of strings; a SCIM attribute that is mapped has one value. */
const plain = (value: unknown): unknown => (Array.isArray(value) ? (value[0] as unknown) : value);
