import { new_id, NotFound, rfc3339 } from '../../kernel/index.ts';
import type { ScimTargetRow, Storage, Tx } from '../../storage/index.ts';
import type { Collection } from '../collection.ts';
import { MASK } from '../connection/settings.ts';
import type { OrganizationsDeps } from '../deps.ts';
import type { Body } from '../merge_patch.ts';
import { organization_ids } from '../organization_ids.ts';
import { parse, wrong } from '../parse.ts';
import { type Kind, make_versioned } from '../versioned.ts';
import { capabilities_of, preset_of } from './capabilities.ts';
import { scim_target_create, type ScimTargetBody, type ScimTargetView } from './schema.ts';

export type ScimTargetCollection = Collection<ScimTargetView> & Required<Pick<Collection<ScimTargetView>, 'update'>>;

/** Where the token of a target is sealed. */
export const target_context = (id: string): string => `scim_target/${id}/secret`;

/** Where the people of the vendor's apps are told to them by SCIM. */
export function make_scim_target_collection(deps: OrganizationsDeps): ScimTargetCollection {
  return make_versioned<ScimTargetRow, ScimTargetView>(deps, target_kind(deps));
}

const UNTOUCHED = { learned: {}, paused_until: null, failures: 0, failing_since: null, last_error: null, last_success_at: null };

function target_kind(deps: OrganizationsDeps): Kind<ScimTargetRow, ScimTargetView> {
  const { storage, now } = deps;
  return {
    name: 'scim_target',
    reads: storage.gateway.scim_targets,
    writes: (tx) => tx.gateway.scim_targets,
    filters: ['client_id', 'name'],
    present: (row) => present(row, now()),
    label: (row) => row.name,
    body: body_of,
    async make(body) {
      const given = parse(scim_target_create, body);
      const id = new_id('sct');
      const at = now();
      if ((await storage.gateway.clients.count({ id: given.client_id })) === 0)
        throw wrong([{ path: 'client_id', message: 'no such client' }]);
      const read = await settle(storage, given, id, at, undefined);
      return { id, client_id: given.client_id, ...read, ...UNTOUCHED, created_at: at, updated_at: at, version: 1 };
    },
    async change(row, body) {
      const given = parse(scim_target_create, { ...body, client_id: row.client_id });
      const read = await settle(storage, given, row.id, now(), row);
      const moved = read.base_url !== row.base_url || given.preset !== row.preset;
      // what was learned of another place says nothing of this one
      return moved || (read.enabled && !row.enabled) ? { ...read, ...UNTOUCHED } : read;
    },
    async ends(tx, before, after) {
      if (after === undefined) await forget_target(tx, before.id);
    },
  };
}

/** What is known of a target beside its settings. The people there stay as they are. */
export async function forget_target(tx: Tx, id: string): Promise<void> {
  await tx.sql.run(`DELETE FROM "outbox" WHERE "receiver" = ? AND "kind" = 'scim_target'`, [id]);
  for (const table of ['scim_link_members', 'scim_links', 'scim_runs'])
    await tx.sql.run(`DELETE FROM "${table}" WHERE "target_id" = ?`, [id]);
}

type Settled = Omit<ScimTargetRow, 'id' | 'client_id' | keyof typeof UNTOUCHED | 'created_at' | 'updated_at' | 'version'>;

async function settle(
  storage: Storage,
  given: ScimTargetBody,
  id: string,
  at: number,
  before: ScimTargetRow | undefined,
): Promise<Settled> {
  const { name = given.client_id, token, oauth, organizations, client_id: _fixed, ...rest } = given;
  const base_url = given.base_url.replace(/\/+$/, '');
  if ((token === null) === (oauth === null)) throw wrong([{ path: 'token', message: 'either token or oauth must be given, not both' }]);
  const secret = oauth?.client_secret ?? token ?? '';
  const entered_at = secret === MASK ? (before?.auth.entered_at ?? 0) : at;
  const auth: ScimTargetRow['auth'] =
    oauth === null
      ? { method: 'token', entered_at }
      : { method: 'oauth', entered_at, token_url: oauth.token_url, client_id: oauth.client_id, scope: oauth.scope };
  return {
    ...rest,
    ...{ name, base_url, auth },
    mapping: given.mapping,
    // IAM Identity Center knows neither roles nor entitlements
    roles: given.roles ?? (given.preset === 'aws' ? 'none' : 'roles'),
    capabilities: given.capabilities,
    organizations: await organization_ids(storage, organizations, before?.organizations ?? []),
    sealed_secret: kept_or_sealed(storage, id, secret, { base_url, auth }, before, oauth === null),
  };
}

/** The mask keeps the stored secret, unless it would be shown to somebody that it was not entered for. */
function kept_or_sealed(
  storage: Storage,
  id: string,
  secret: string,
  place: Pick<ScimTargetRow, 'base_url' | 'auth'>,
  before: ScimTargetRow | undefined,
  is_token: boolean,
): string {
  const path = is_token ? 'token' : 'oauth.client_secret';
  if (secret !== MASK) return storage.seal.seal(secret, target_context(id));
  if (before?.auth.method !== place.auth.method)
    throw wrong([{ path, message: `"${MASK}" stands for a stored secret, and none is stored: enter it` }]);
  if (shown_to(place) !== shown_to(before))
    throw wrong([{ path, message: 'must be entered again, because the address that it is sent to changed' }]);
  return before.sealed_secret;
}

const shown_to = ({ base_url, auth }: Pick<ScimTargetRow, 'base_url' | 'auth'>): string =>
  new URL(auth.method === 'oauth' ? auth.token_url : base_url).origin + new URL(base_url).origin;

function body_of(row: ScimTargetRow): Body {
  const { name, base_url, enabled, people, mapping, groups, roles, on_delete, adopt, capabilities } = row;
  return {
    ...{ name, base_url, enabled, people, mapping, groups, roles, on_delete, adopt, capabilities },
    preset: preset_of(row.preset),
    organizations: row.organizations ?? 'all',
    token: row.auth.method === 'token' ? MASK : null,
    oauth: shown_oauth(row),
  };
}

const shown_oauth = ({ auth }: ScimTargetRow): ScimTargetView['oauth'] =>
  auth.method === 'token' ? null : { token_url: auth.token_url, client_id: auth.client_id, client_secret: MASK, scope: auth.scope };

const when = (at: number | null): string | null => (at === null ? null : rfc3339(at));

const present = (row: ScimTargetRow, now: number): ScimTargetView => ({
  id: row.id,
  name: row.name,
  client_id: row.client_id,
  base_url: row.base_url,
  token: row.auth.method === 'token' ? MASK : null,
  oauth: shown_oauth(row),
  secret_entered_at: rfc3339(row.auth.entered_at),
  enabled: row.enabled,
  organizations: row.organizations ?? 'all',
  people: row.people,
  mapping: row.mapping,
  groups: row.groups,
  roles: row.roles,
  on_delete: row.on_delete,
  adopt: row.adopt,
  preset: preset_of(row.preset),
  capabilities: row.capabilities,
  profile: capabilities_of(row),
  state: state_of(row, now),
  failing_since: when(row.failing_since),
  paused_until: row.paused_until !== null && row.paused_until > now ? rfc3339(row.paused_until) : null,
  last_error: row.last_error,
  last_success_at: when(row.last_success_at),
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});

/** One failure may be anything; three in a row are the target's. */
const FAILING = 3;

function state_of(row: ScimTargetRow, now: number): ScimTargetView['state'] {
  if (!row.enabled) return 'off';
  if (row.failures >= FAILING) return 'failing';
  return row.paused_until !== null && row.paused_until > now ? 'paused' : 'ok';
}

/** @throws NotFound */
export async function require_target(storage: Storage, id: string): Promise<ScimTargetRow> {
  const row = await storage.gateway.scim_targets.find_one({ id });
  if (row === undefined) throw new NotFound('scim target');
  return row;
}
