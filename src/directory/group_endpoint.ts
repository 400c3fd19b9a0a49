import type { GroupRow, Sql, Tx } from '../storage/index.ts';
import { hold_group, require_group } from '../users/index.ts';
import { apply_change } from './apply_change.ts';
import type { Client, DirectoryDeps } from './deps.ts';
import type { Dialect } from './dialect.ts';
import type { Endpoint, Precondition, Shown } from './endpoint.ts';
import { etag_in } from './etag.ts';
import { is_record } from './filter/evaluate.ts';
import { present_group, writable_group } from './group_resource.ts';
import { members_of } from './hanging.ts';
import { find_resources } from './list.ts';
import { MemberOperations, read_members } from './members.ts';
import { apply_operations } from './patch/apply.ts';
import { type Operation, read_operations, take_apart } from './patch/operations.ts';
import { require_version, told_as_scim } from './precondition.ts';
import { project, type Projection, shows } from './project.ts';
import { read_query } from './query.ts';
import { read_body } from './read_value.ts';
import { invalid_value } from './refusals.ts';
import { understood_operations, understood_query, understood_resource } from './request_log/observed.ts';
import { group_type, type Resource } from './schema/index.ts';
import { changing } from './user_endpoint.ts';
import { line } from './user_resource.ts';

/** `/Groups`. */
export function group_endpoint(deps: DirectoryDeps): Endpoint {
  const { storage } = deps;
  const load = async (sql: Pick<Sql, 'all'>, client: Client, rows: readonly GroupRow[], full: boolean): Promise<Resource[]> => {
    const ids = rows.map((row) => row.id);
    const members = full ? await members_of(sql, client.org_id, ids) : undefined;
    return rows.map((row) => present_group(row, members?.get(row.id), client.base_url));
  };
  const show = async (sql: Pick<Sql, 'all'>, client: Client, row: GroupRow, projection: Projection): Promise<Shown> => {
    const [resource = {}] = await load(sql, client, [row], shows(projection, 'members'));
    return { id: row.id, etag: etag_in(resource), resource: project(resource, projection) };
  };
  type Wanted = (row: GroupRow, members: MemberOperations) => Promise<Resource>;
  const change = (client: Client, id: string, versions: Precondition, projection: Projection, wanted: Wanted): Promise<Shown> =>
    told_as_scim(() =>
      storage.transact(async (tx) => {
        const row = await hold_group(tx, client.org_id, id);
        require_version(row, versions);
        const members = new MemberOperations(() => everyone(tx, client, id));
        const fields = group_fields(await wanted(row, members));
        const after = await apply_change(changing(deps, tx, client), { kind: 'change_group', row, fields, members: members.plan() });
        return show(tx.sql, client, after, projection);
      }),
    );
  return {
    type: group_type,
    patch_shows: false,
    list: async (client, parameters) => {
      const query = read_query(group_type, parameters, client.dialect);
      client.observed.note(understood_query(query));
      return find_resources(
        {
          type: group_type,
          rows: storage.org(client.org_id).groups,
          load: (rows, full) => load(storage.sql, client, rows, full),
          counted: (_, count) => count(),
        },
        query,
      );
    },
    get: async (client, id, projection) =>
      show(storage.sql, client, await require_group(storage.org(client.org_id).groups, id), projection),
    create: async (client, body, projection) => {
      const resource = read_body(group_type, body, client.dialect);
      client.observed.note(understood_resource('create', resource));
      const fields = group_fields(resource);
      const add = new Set(members_in(body, client.dialect));
      return told_as_scim(() =>
        storage.transact(async (tx) => {
          const members = { keep: false, add, remove: new Set<string>() };
          return show(
            tx.sql,
            client,
            await apply_change(changing(deps, tx, client), { kind: 'create_group', fields, members }),
            projection,
          );
        }),
      );
    },
    replace: async (client, id, body, versions, projection) => {
      const resource = read_body(group_type, body, client.dialect);
      const ids = members_in(body, client.dialect);
      client.observed.note(understood_resource('replace', { ...resource, members: ids }));
      return change(client, id, versions, projection, async (_row, members) => {
        members.set(ids);
        return resource;
      });
    },
    patch: async (client, id, body, versions, projection) => {
      const operations = read_operations(group_type, body, client.dialect).flatMap((one) =>
        one.path === undefined
          ? take_apart(group_type, one, client.dialect).map((part) => ({ ...part, loose: true }))
          : [{ ...one, loose: false }],
      );
      client.observed.note(...understood_operations(operations));
      return change(client, id, versions, projection, async (row, members) => {
        const resource = writable_group(row);
        const current = present_group(row, undefined, client.base_url);
        for (const { loose, ...operation } of operations) {
          if (operation.path?.attribute?.name === 'members') await members.apply(operation, operation.path, client.dialect);
          else if (!(loose && client.dialect.ignore_read_only && is_read_only(operation)))
            apply_operations(group_type, resource, [operation], current, client.dialect);
        }
        return resource;
      });
    },
    remove: (client, id, versions) =>
      storage.transact(async (tx) => {
        const row = await hold_group(tx, client.org_id, id);
        require_version(row, versions);
        await apply_change(changing(deps, tx, client), { kind: 'remove_group', row });
      }),
  };
}

const is_read_only = ({ path }: Operation): boolean => path?.attribute?.mutability === 'readOnly';

async function everyone(tx: Tx, client: Client, group_id: string): Promise<string[]> {
  return (await tx.org(client.org_id).group_members.find({ group_id })).map(({ user_id }) => user_id);
}

/** @throws InvalidInput invalidValue */
function group_fields(resource: Resource): { display_name: string; external_id: string | null } {
  const display_name = line('displayName', resource['displayName'], 255);
  if (display_name === null) throw invalid_value('displayName is required.');
  return { display_name, external_id: line('externalId', resource['externalId'], 255) };
}

function members_in(body: unknown, dialect: Dialect): string[] {
  const members = is_record(body) ? Object.entries(body).find(([name]) => name.toLowerCase() === 'members')?.[1] : undefined;
  return read_members(members, dialect);
}
