import type { OrgId } from '../kernel/index.ts';
import type { Sql, Tx, UserRow } from '../storage/index.ts';
import { hold_user, require_user_or_say } from '../users/index.ts';
import { apply_change, type Changing } from './apply_change.ts';
import { remembered_counts } from './counts.ts';
import type { Client, DirectoryDeps } from './deps.ts';
import type { Endpoint, Precondition, Shown } from './endpoint.ts';
import { etag_in } from './etag.ts';
import { groups_of, people_with } from './hanging.ts';
import { find_resources } from './list.ts';
import { owner_after, require_free_external_id, require_own } from './ownership.ts';
import { apply_operations } from './patch/apply.ts';
import { read_operations } from './patch/operations.ts';
import { require_version, told_as_scim } from './precondition.ts';
import { project, type Projection, shows } from './project.ts';
import { read_query } from './query.ts';
import { read_body } from './read_value.ts';
import { type Effect, understood_operations, understood_query, understood_resource } from './request_log/observed.ts';
import { type Resource, user_type } from './schema/index.ts';
import { present_user, user_fields, writable_user } from './user_resource.ts';

/** `/Users`. */
export function user_endpoint(deps: DirectoryDeps): Endpoint {
  const { storage } = deps;
  const counts = remembered_counts(deps.now);
  const load = async (sql: Pick<Sql, 'all'>, client: Client, rows: readonly UserRow[], full: boolean): Promise<Resource[]> => {
    const groups = full
      ? await groups_of(
          sql,
          client.org_id,
          rows.map((row) => row.id),
        )
      : undefined;
    return rows.map((row) => present_user(row, groups?.get(row.id) ?? [], client.base_url));
  };
  const show = async (sql: Pick<Sql, 'all'>, client: Client, row: UserRow, projection: Projection): Promise<Shown> => {
    const [resource = {}] = await load(sql, client, [row], shows(projection, 'groups'));
    return { id: row.id, etag: etag_in(resource), resource: project(resource, projection) };
  };
  const counting_anew = <Result>(client: Client, work: () => Promise<Result>): Promise<Result> =>
    told_as_scim(work).finally(() => counts.forget(client.org_id));
  /** The person held, changed to what `wanted` makes of them, and shown, or nothing of it. */
  const change = (
    client: Client,
    id: string,
    versions: Precondition,
    projection: Projection,
    wanted: (row: UserRow) => Resource,
    /** A PUT says everything that it has, a PATCH what it changes. */
    whole: boolean,
  ): Promise<Shown> =>
    counting_anew(client, () =>
      storage.transact(async (tx) => {
        const row = await hold_user(tx, client.org_id, id);
        require_version(row, versions);
        const fields = user_fields(wanted(row), row);
        const scim_owner = await owner_after(tx, client, row, fields.external_id);
        if (fields.external_id !== row.external_id || scim_owner !== row.scim_owner)
          await require_free_external_id(storage, tx, client, fields.external_id, row.id);
        const after = await apply_change(changing(deps, tx, client), {
          ...{ kind: 'change_user', row, fields: { ...fields, scim_owner } },
          states: whole ? said_of(fields) : [],
        });
        return show(tx.sql, client, after, projection);
      }),
    );
  return {
    type: user_type,
    patch_shows: true,
    list: async (client, parameters) => {
      const query = read_query(user_type, parameters, client.dialect);
      client.observed.note(understood_query(query));
      return find_resources(
        {
          type: user_type,
          rows: storage.org(client.org_id).users,
          load: (rows, full) => load(storage.sql, client, rows, full),
          counted: (text, count) => counts.of(client.org_id, text, count),
          by_email: (key, most) => people_with(storage.sql, client.org_id, key, most),
        },
        query,
      );
    },
    get: async (client, id, projection) => show(storage.sql, client, await require_user_or_say(storage.org(client.org_id), id), projection),
    create: async (client, body, projection) => {
      const resource = read_body(user_type, body, client.dialect);
      client.observed.note(understood_resource('create', resource));
      const fields = user_fields(resource, undefined);
      return counting_anew(client, () =>
        storage.transact(async (tx) => {
          await require_free_external_id(storage, tx, client, fields.external_id);
          const row = await apply_change(changing(deps, tx, client), {
            kind: 'create_user',
            fields: { ...fields, scim_owner: client.token_id },
          });
          return show(tx.sql, client, row, projection);
        }),
      );
    },
    replace: async (client, id, body, versions, projection) => {
      const resource = read_body(user_type, body, client.dialect);
      client.observed.note(understood_resource('replace', resource));
      return change(client, id, versions, projection, () => resource, true);
    },
    patch: async (client, id, body, versions, projection) => {
      const operations = read_operations(user_type, body, client.dialect);
      client.observed.note(...understood_operations(operations));
      const wanted = (row: UserRow): Resource => {
        const resource = writable_user(row);
        apply_operations(user_type, resource, operations, present_user(row, [], client.base_url), client.dialect);
        return resource;
      };
      return change(client, id, versions, projection, wanted, false);
    },
    remove: (client, id, versions) =>
      counting_anew(client, () =>
        storage.transact(async (tx) => {
          const row = await hold_user(tx, client.org_id, id);
          require_version(row, versions);
          await require_own(tx, client, row);
          await apply_change(changing(deps, tx, client), { kind: 'remove_user', row });
        }),
      ),
  };
}

const said_of = (fields: Readonly<Record<string, unknown>>): string[] => Object.keys(fields).filter((name) => fields[name] !== null);

/** A change in this unit of work, seen by whoever logs the request once it is kept. */
export function changing(
  deps: DirectoryDeps,
  tx: Tx,
  { org_id, act, observed }: { readonly org_id: OrgId; readonly act: Client['act']; readonly observed: Client['observed'] },
): Changing {
  const effects: Effect[] = [];
  const record: DirectoryDeps['record'] = async (within, who, event) => {
    const { type, target, before, after } = event;
    if (target !== undefined) effects.push({ type, resource: { kind: target.kind, id: target.id }, before, after });
    await deps.record(within, who, event);
  };
  tx.after_commit(() => observed.happened(effects));
  return { ...{ deps: { ...deps, record }, tx, org_id, act }, source: 'scim' };
}
