import type { Act } from '../../audit/index.ts';
import { Conflict, Forbidden, new_id, NotFound, random_token, rfc3339 } from '../../kernel/index.ts';
import type { ClientRow, Tx } from '../../storage/index.ts';
import type { Collection, Shown } from '../collection.ts';
import { keep_logos } from '../branding/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { type Body, is_object } from '../merge_patch.ts';
import { parse, wrong } from '../parse.ts';
import { OWNERS_SCOPES } from '../scopes.ts';
import { insert_versioned, type Kind, make_versioned } from '../versioned.ts';
import { organization_ids } from '../organization_ids.ts';
import { application_type, contradictions, needs_secret } from './rules.ts';
import { client_body, client_schemas, type ClientBody, type ClientView, type CreatedClientView, type RotatedClientView } from './schema.ts';
import { open_secrets, seal_secrets } from './secrets.ts';

export interface ClientCollection extends Collection<ClientView, CreatedClientView> {
  update(id: string, patch: unknown, act: Act, if_match?: number): Promise<Shown<ClientView>>;
  /** A new secret; the old one ends at once, or when the overlap is over. @throws NotFound | Conflict for an app that has none | Forbidden | InvalidInput */
  rotate_secret(id: string, act: Act, body?: unknown): Promise<Shown<RotatedClientView>>;
}

export function make_client_collection(deps: OrganizationsDeps): ClientCollection {
  const { storage } = deps;
  const kind = client_kind(deps);
  const collection = make_versioned<ClientRow, ClientView>(deps, kind);
  const seal = (id: string, current: string): string => seal_secrets(storage.seal, id, { current });
  return {
    ...collection,
    async create(body, act) {
      const row = await kind.make(body, act);
      const secret = needs_secret(body_of(row)) ? random_token() : undefined;
      const whole = { ...row, sealed_secret: secret === undefined ? null : seal(row.id, secret) };
      await insert_versioned(deps, kind, whole, act);
      return { view: { ...present(whole), ...(secret !== undefined && { client_secret: secret }) }, version: 1 };
    },
    async rotate_secret(id, act, body) {
      const { overlap_seconds } = parse(client_schemas.client_rotate_secret, body ?? {});
      const secret = random_token();
      return storage.transact(async (tx) => {
        await tx.config_changed();
        const row = await tx.gateway.clients.find_one({ id });
        if (row === undefined) throw new NotFound('client');
        kind.permit?.(row, act, 'update');
        if (!needs_secret(body_of(row))) throw new Conflict('no_client_secret', 'This app authenticates without a secret.');
        const at = deps.now();
        const before = row.sealed_secret === null ? undefined : open_secrets(storage.seal, id, row.sealed_secret).current;
        if (overlap_seconds > 0 && row.metadata['token_endpoint_auth_method'] === 'client_secret_jwt')
          throw wrong([{ path: 'overlap_seconds', message: 'is not for client_secret_jwt: one secret verifies its assertions' }]);
        // the one before that ends now, whatever was left of its time
        const previous = before === undefined || overlap_seconds === 0 ? undefined : { secret: before, until: at + overlap_seconds * 1000 };
        const sealed_secret = seal_secrets(storage.seal, id, { current: secret, previous });
        const changes = { sealed_secret, updated_at: at, version: Number(row.version) + 1 };
        const ends = previous === undefined ? null : rfc3339(previous.until);
        await tx.gateway.clients.update({ id }, changes);
        await deps.record(tx, act, {
          ...{ type: 'client.secret_rotated', org_id: null, target: { kind: 'client', id, name: label(row) } },
          after: { previous_secret_expires_at: ends },
        });
        const next = { ...row, ...changes };
        return { view: { ...present(next), client_secret: secret, previous_secret_expires_at: ends }, version: next.version };
      });
    },
  };
}

function client_kind(deps: OrganizationsDeps): Kind<ClientRow, ClientView> {
  return {
    name: 'client',
    reads: deps.storage.gateway.clients,
    writes: (tx) => tx.gateway.clients,
    present,
    label,
    body: body_of,
    async make(body, act) {
      const { client_id, ...given } = parse(client_schemas.client_create, body);
      const at = deps.now();
      const id = client_id ?? new_id('app');
      return {
        id,
        ...(await deps.storage.transact((tx) => settle(deps, tx, given, act))),
        sealed_secret: null,
        registration_hash: null,
        created_at: at,
        updated_at: at,
        version: 1,
      };
    },
    async change(row, body, act, tx) {
      const given = parse(client_body, body);
      const changes = await settle(deps, tx, given, act, row);
      if (!needs_secret(given)) return { ...changes, sealed_secret: null };
      // nobody knows this one: `rotate_secret` shows the next
      const sealed_secret = row.sealed_secret ?? seal_secrets(deps.storage.seal, row.id, { current: random_token() });
      return { ...changes, sealed_secret };
    },
    permit(row, act, what) {
      // whoever may turn the redirect of such an app, or read its new secret, has what it opens
      const scope = owners_scope(row.metadata);
      if (what === 'update' && act.role !== 'owner' && scope !== undefined) throw owners_only(`An app with ${scope}`);
    },
    async ends(tx, before, after, act) {
      if (after === undefined || (before.enabled && !after.enabled)) await deps.end_access(tx, { client_id: before.id }, act);
      if (after !== undefined && before.enabled !== after.enabled) await deps.app_switched?.(tx, after.id, after.enabled);
    },
  };
}

type Settled = Pick<ClientRow, 'metadata' | 'organizations' | 'enabled'>;

/** @throws InvalidInput for what contradicts itself, Forbidden for what only an owner may say */
async function settle(deps: OrganizationsDeps, tx: Tx, body: ClientBody, act: Act, before?: ClientRow): Promise<Settled> {
  const problems = contradictions(body, deps.certificate_methods);
  if (problems.length > 0) throw wrong(problems);
  const { organizations, enabled, ...registration } = body;
  if (act.role !== 'owner') {
    const scope = owners_scope(registration);
    if (scope !== undefined) throw owners_only(`The scope ${scope}`);
    if (body.require_pkce === false && before?.metadata['require_pkce'] !== false) throw owners_only('An exemption from PKCE');
  }
  const branding =
    body.branding && (await keep_logos(tx, body.branding, before === undefined ? {} : (registered(before).branding ?? {}), deps.now()));
  const metadata = { ...registration, ...(branding !== undefined && { branding }), application_type: application_type(body) };
  return { metadata, organizations: await organization_ids(deps.storage, organizations, before?.organizations ?? []), enabled };
}

const owners_only = (what: string): Forbidden => new Forbidden('owners_only', `${what} is for an owner to give and to change.`);

const owners_scope = (metadata: Body): string | undefined =>
  typeof metadata['scope'] === 'string' ? metadata['scope'].split(' ').find((name) => OWNERS_SCOPES.includes(name)) : undefined;

const label = (row: ClientRow): string => (typeof row.metadata['client_name'] === 'string' ? row.metadata['client_name'] : row.id);

/** What was registered, as it can be sent again. */
function body_of(row: ClientRow): ClientBody {
  const { organizations, enabled } = row;
  return { ...registered(row), organizations: organizations ?? 'all', enabled };
}

/** Rows hold what `settle` made. */
const registered = (row: ClientRow): Omit<ClientBody, 'organizations' | 'enabled'> =>
  (is_object(row.metadata) ? row.metadata : {}) as Omit<ClientBody, 'organizations' | 'enabled'>; // written by settle alone

const present = (row: ClientRow): ClientView => ({
  id: row.id,
  client_id: row.id,
  ...body_of(row),
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});
