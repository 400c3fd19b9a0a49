import type { Check } from '../../../connectors/connector.ts';
import type { Act } from '../../audit/index.ts';
import { new_connection_id, NotFound, type OrgId } from '../../kernel/index.ts';
import type { ConnectionKeyRow, ConnectionRow, Tx } from '../../storage/index.ts';
import type { Collection, Shown } from '../collection.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { type Body, difference, is_object, patched, same } from '../merge_patch.ts';
import { narrowed, require_row, require_version, stale } from '../versioned.ts';
import { require_foreign_paths, write_aliases } from './aliases.ts';
import { key_change, type KeyChange, settle_keys, type Upkeep } from './key_changes.ts';
import { type KeyVerbs, make_key_verbs } from './key_verbs.ts';
import { make_key, wanted_uses } from './keys.ts';
import { type Prepared, prepare_connection, type Resolved, resolve_partner } from './prepare.ts';
import { connection_body, lasting, present_connection } from './present.ts';
import { refresh_time } from './refresh.ts';
import type { ConnectionView } from './schema.ts';
import { seal_secrets, type StoredSettings, stored_settings } from './settings.ts';
import { write_sync_schedule } from './sync_schedule.ts';
import { make_trust_verbs, type TrustVerbs } from './trust_verbs.ts';

/** @throws PosternError where it is not */
type Still = (tx: Tx) => Promise<void>;

export interface ConnectionCollection extends Collection<ConnectionView>, TrustVerbs, KeyVerbs {
  update(id: string, patch: unknown, act: Act, if_match?: number): Promise<Shown<ConnectionView>>;
  /** As `update`, and the partner is asked now, also where the connection is switched off: when that fails, nothing has changed. Partners answer late: `still` says, in the unit of work that writes, whether it is still wanted. */
  settle(id: string, patch: unknown, act: Act, if_match?: number, still?: Still): Promise<Shown<ConnectionView>>;
  /** Looks whether the partner can be reached and fits; answers within its own deadline, whatever the partner does. @throws NotFound */
  test(id: string, act: Act): Promise<{ readonly checks: readonly Check[] }>;
}

const TRIES = 5;

export function make_connection_collection(
  deps: OrganizationsDeps,
  org_id: OrgId,
  run_checks: (row: ConnectionRow) => Promise<readonly Check[]>,
): ConnectionCollection {
  const { storage } = deps;
  const reads = storage.org(org_id);
  const present = (row: ConnectionRow, stored: StoredSettings, keys: readonly ConnectionKeyRow[]): ConnectionView =>
    present_connection(deps, row, stored, keys);
  const read = async (
    rows: { find_one(match: { id: string }): Promise<ConnectionRow | undefined> },
    id: string,
  ): Promise<ConnectionRow> => {
    const row = await rows.find_one({ id });
    if (row === undefined) throw new NotFound('connection');
    return row;
  };
  const keys_of = (connection_id: string): Promise<ConnectionKeyRow[]> => reads.connection_keys.find({ connection_id });
  const record = (tx: Tx, act: Act, what: string, row: ConnectionRow, change: { before?: Body; after?: Body }): Promise<void> =>
    deps.record(tx, act, {
      type: `connection.${what}`,
      org_id,
      target: { kind: 'connection', id: row.id, name: row.name },
      ...(change.before !== undefined && { before: { ...change.before } }),
      ...(change.after !== undefined && { after: { ...change.after } }),
    });
  const missing_keys = (row: Pick<ConnectionRow, 'id' | 'protocol' | 'settings'>, present_keys: readonly ConnectionKeyRow[]) =>
    Promise.all(
      wanted_uses(row.protocol, row.settings)
        .filter((use) => !present_keys.some((key) => key.use === use))
        .map((use) => make_key(deps, { org_id, connection_id: row.id, use, state: 'current' })),
    );

  const items: Omit<ConnectionCollection, keyof TrustVerbs | keyof KeyVerbs> = {
    async create(body, act) {
      const prepared = prepare_connection(deps, body);
      const resolved = prepared.fields.enabled
        ? await resolve_partner(deps, deps.connector_types[prepared.fields.protocol], prepared.config)
        : undefined;
      require_foreign_paths(prepared.stored);
      const at = deps.now();
      const id = new_connection_id();
      const row: ConnectionRow = {
        org_id,
        id,
        ...columns_of(deps, org_id, id, prepared),
        ...remembered(deps, prepared, resolved),
        upkeep: {},
        announce_at: at,
        certificates_end_at: null,
        created_at: at,
        updated_at: at,
        version: 1,
      };
      const keys = await missing_keys(row, []);
      const view = present(row, prepared.stored, keys);
      await storage.transact(async (tx) => {
        await tx.config_changed();
        await require_row(tx, org_id);
        await tx.org(org_id).connections.insert(row);
        await write_aliases(tx, org_id, row);
        await write_sync_schedule(tx, org_id, row, at);
        for (const key of keys) await tx.org(org_id).connection_keys.insert(key);
        await record(tx, act, 'created', row, { after: lasting(view) });
      });
      return { view, version: 1 };
    },

    async list(request) {
      const page = await reads.connections.page(request, { match: narrowed(request, ['protocol', 'name']) });
      const ids = page.data.map((row) => row.id);
      const keys =
        ids.length === 0 ? [] : await reads.connection_keys.query().andWhere('row.connection_id IN (:...ids)', { ids }).getMany();
      return {
        data: page.data.map((row) =>
          present(
            row,
            stored_settings(storage, row),
            keys.filter((key) => key.connection_id === row.id),
          ),
        ),
        next: page.next,
      };
    },

    async get(id) {
      const row = await read(reads.connections, id);
      return { view: present(row, stored_settings(storage, row), await keys_of(id)), version: Number(row.version) };
    },

    update: (id, patch, act, if_match) => update(id, patch, act, if_match, 'when_enabled'),
    settle: (id, patch, act, if_match, still) => update(id, patch, act, if_match, 'now', still),

    async remove(id, act, if_match) {
      await storage.transact(async (tx) => {
        await tx.config_changed();
        const row = await read(tx.org(org_id).connections, id);
        require_version(row, if_match);
        await deps.end_access(tx, { org_id, connection_id: id }, act, 'connection.deleted');
        if ((await tx.org(org_id).connections.delete({ id, version: row.version })) === 0) throw stale();
        await record(tx, act, 'deleted', row, { before: { name: row.name, protocol: row.protocol, enabled: row.enabled } });
      });
    },

    async test(id, act) {
      const row = await read(reads.connections, id);
      const checks = await run_checks(row);
      const failed = checks.filter((check) => !check.ok).map((check) => check.name);
      await storage.transact((tx) => record(tx, act, 'tested', row, { after: { ok: failed.length === 0, failed } }));
      return { checks };
    },
  };
  return { ...items, ...make_trust_verbs(deps, org_id, items), ...make_key_verbs(deps, org_id) };

  async function update(
    id: string,
    patch: unknown,
    act: Act,
    if_match: number | undefined,
    ask: Asking,
    still?: Still,
  ): Promise<Shown<ConnectionView>> {
    for (let attempt = 1; ; attempt++) {
      const row = await read(reads.connections, id);
      require_version(row, if_match);
      const before = stored_settings(storage, row);
      const keys = await keys_of(id);
      const whole = present(row, before, keys);
      const view = lasting(whole);
      const body = { ...patched(connection_body(whole), settable(patch), view), protocol: row.protocol };
      const prepared = prepare_connection(deps, body, before);
      require_foreign_paths(prepared.stored);
      const [resolved, made] = await Promise.all([
        newly_resolved(deps, row, before, prepared, ask),
        missing_keys({ ...row, settings: prepared.stored.settings }, keys),
      ]);
      const changed: ConnectionRow = { ...row, ...columns_of(deps, org_id, id, prepared), ...resolved };
      const next_keys = [...keys, ...made];
      const change = difference(view, lasting(present(changed, prepared.stored, next_keys)));
      const secrets_changed = changed_secrets(before, prepared.stored);
      if (secrets_changed.length > 0) change.after['secrets_changed'] = secrets_changed;
      const what = { row, changed, made, change, act, keys: other_keys(deps, row, before, changed, prepared) };
      const written = await storage.transact(async (tx) => {
        await tx.config_changed(); // its row lock lets one process at a time
        await still?.(tx);
        return write(tx, what);
      });
      if (written !== undefined) return { view: present(written, prepared.stored, next_keys), version: written.version };
      // somebody else's change came between reading and writing: the patch applies to what is there now
      if (if_match !== undefined || attempt === TRIES) throw stale();
    }
  }

  interface Change {
    readonly row: ConnectionRow;
    readonly changed: ConnectionRow;
    readonly made: readonly ConnectionKeyRow[];
    readonly change: { readonly before: Body; readonly after: Body };
    readonly act: Act;
    /** Of the partner. */
    readonly keys: KeyChange | undefined;
  }

  /** The row as it was written; undefined when it is no longer as it was read. */
  async function write(tx: Tx, { row, changed, made, change, act, keys }: Change): Promise<ConnectionRow | undefined> {
    const now = await read(tx.org(org_id).connections, row.id);
    if (Number(now.version) !== Number(row.version)) return undefined;
    if (Object.keys({ ...change.before, ...change.after }).length === 0 && same(row.resolved, changed.resolved)) return row;
    const { org_id: _org, id, ...columns } = changed;
    const stamped = { ...columns, announce_at: deps.now(), updated_at: deps.now(), version: Number(row.version) + 1 };
    if ((await tx.org(org_id).connections.update({ id, version: row.version }, stamped)) === 0) return undefined;
    for (const key of made) await tx.org(org_id).connection_keys.insert(key);
    if (!same(row.settings['acs_aliases'], changed.settings['acs_aliases'])) await write_aliases(tx, org_id, changed);
    await write_sync_schedule(tx, org_id, changed, deps.now());
    if (row.enabled && !changed.enabled) await deps.end_access(tx, { org_id, connection_id: id }, act, 'connection.updated');
    await record(tx, act, 'updated', changed, change);
    if (keys !== undefined) await record(tx, act, 'keys_changed', changed, { after: { ...keys } });
    return { ...changed, ...stamped };
  }
}

type Columns = Prepared['fields'] & Pick<ConnectionRow, 'settings' | 'sealed_secrets'>;

const columns_of = (deps: OrganizationsDeps, org_id: OrgId, id: string, { fields, stored }: Prepared): Columns => ({
  ...fields,
  settings: { ...stored.settings },
  sealed_secrets: seal_secrets(deps.storage, org_id, id, stored.secrets),
});

type Remembered = Pick<ConnectionRow, 'resolved' | 'resolved_at' | 'refresh_at'>;

/** Undefined: nobody was asked. */
function remembered(deps: OrganizationsDeps, { fields, config }: Prepared, resolved: Resolved | undefined): Remembered {
  if (resolved === undefined) return { resolved: {}, resolved_at: null, refresh_at: null };
  const refresh_at = refresh_time(deps, { protocol: fields.protocol, config, resolved });
  return { resolved: { ...resolved }, resolved_at: deps.now(), refresh_at };
}

/** When the partner is asked for what it publishes. */
type Asking = 'when_enabled' | 'now';

/** The partner is asked when a connection is switched on, and when what is switched on says something else of the partner. */
async function newly_resolved(
  deps: OrganizationsDeps,
  row: ConnectionRow,
  before: StoredSettings,
  prepared: Prepared,
  ask: Asking,
): Promise<Partial<Remembered & Pick<ConnectionRow, 'upkeep'>>> {
  const { fields, stored, config } = prepared;
  const type = deps.connector_types[row.protocol];
  const other = !same(before.settings, stored.settings) || !same(before.secrets, stored.secrets);
  const moved = type.endpoints.some((name) => !same(before.settings[name], stored.settings[name]));
  if (!fields.enabled && ask === 'now') {
    const resolved = await resolve_partner(deps, type, config);
    return { ...remembered(deps, prepared, resolved), refresh_at: null, ...(moved && { upkeep: {} }) };
  }
  // what was approved of this partner outlives a pause, and a change of something else
  if (!fields.enabled) return moved ? { ...remembered(deps, prepared, undefined), upkeep: {} } : { refresh_at: null };
  if (row.enabled && row.resolved_at !== null && !other) return {};
  const fresh = await resolve_partner(deps, type, config);
  const { resolved, held } = settle_keys(type, config, moved ? {} : row.resolved, fresh);
  const upkeep: Upkeep = held === undefined ? {} : { waiting: { found_at: deps.now(), resolved: { ...fresh } } };
  return { ...remembered(deps, prepared, resolved), upkeep };
}

/** The partner's keys, where this change of the settings makes them others. */
function other_keys(deps: OrganizationsDeps, row: ConnectionRow, before: StoredSettings, changed: ConnectionRow, { config }: Prepared) {
  const { trust, parse } = deps.connector_types[row.protocol];
  const read = trust === undefined ? undefined : parse({ ...before.settings, ...before.secrets });
  if (trust === undefined || read?.ok !== true) return undefined;
  return key_change(trust.certificates(read.config, row.resolved), trust.certificates(config, changed.resolved));
}

/** Whoever sends back what was read sends this along, and it is another one by then. */
function settable(patch: unknown): unknown {
  if (!is_object(patch)) return patch;
  const { trust: _trust, ...rest } = patch;
  return rest;
}

const changed_secrets = (before: StoredSettings, after: StoredSettings): string[] =>
  [...new Set([...Object.keys(before.secrets), ...Object.keys(after.secrets)])].filter(
    (name) => !same(before.secrets[name], after.secrets[name]),
  );
