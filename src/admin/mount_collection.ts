import type { z } from 'zod';
import type { Collection } from '../organizations/index.ts';
import { required_version } from './etag.ts';
import type { Permission } from './policy.ts';
import { type Call, type Named, param, type Route } from './route.ts';
import { listed, named } from './shapes.ts';

/** What the API must know of a collection; all else is the same for every one. */
export interface CollectionSpec {
  /** `/organizations/:organization_id/domains` */
  readonly path: string;
  /** In sentences: "role mapping". */
  readonly noun: string;
  readonly plural?: string;
  readonly permissions: {
    readonly list: Permission;
    readonly read: Permission;
    readonly create: Permission;
    readonly update: Permission;
    readonly remove: Permission;
  };
  readonly view: z.ZodType;
  readonly create: z.ZodType;
  /** What the answer of a creation is, where it shows more than a reader sees later. */
  readonly created?: z.ZodType;
  /** Absent where nothing can change. */
  readonly patch?: z.ZodType;
  /** Query parameters of its list. */
  readonly filters?: Readonly<Record<string, z.ZodType>>;
  /** The item's name in its path, `id` unless it has another. */
  readonly item?: string;
  readonly of: (call: Call) => Collection<object, object>;
}

/** The five routes of a collection. */
export function mount_collection(spec: CollectionSpec): Route[] {
  const { path, noun, permissions, of } = spec;
  const item = spec.item ?? 'id';
  const item_path = `${path}/:${item}`;
  const view = named(noun, spec.view);
  const created = spec.created === undefined ? view : named(`created ${noun}`, spec.created);
  const versioned = spec.patch !== undefined;
  const version_of = (version: number): { version?: number } => (versioned ? { version } : {});
  const routes: Route[] = [
    {
      ...{ method: 'get', path, permission: permissions.list, paged: true, query: spec.filters },
      summary: `List ${spec.plural ?? `${noun}s`}`,
      answer: { status: 200, shape: listed(view) },
      handle: async (call) => ({ status: 200, body: await of(call).list(call.list) }),
    },
    {
      ...{ method: 'post', path, permission: permissions.create, versioned },
      summary: `Create ${article(noun)}`,
      body: named(`new ${noun}`, spec.create),
      answer: { status: 201, shape: created },
      async handle(call) {
        const shown = await of(call).create(call.body, call.act);
        return {
          status: 201,
          body: shown.view,
          location: `${call_path(path, call)}/${encodeURIComponent(id_of(shown.view, item))}`,
          ...version_of(shown.version),
        };
      },
    },
    {
      ...{ method: 'get', path: item_path, permission: permissions.read, versioned },
      summary: `Read ${article(noun)}`,
      answer: { status: 200, shape: view },
      async handle(call) {
        const shown = await of(call).get(param(call, item));
        return { status: 200, body: shown.view, ...version_of(shown.version) };
      },
    },
    {
      ...{ method: 'delete', path: item_path, permission: permissions.remove, versioned },
      summary: `Delete ${article(noun)}`,
      answer: { status: 204 },
      async handle(call) {
        const [collection, id] = [of(call), param(call, item)];
        await collection.remove(id, call.act, await required_version(call.if_match, async () => (await collection.get(id)).version));
        return { status: 204 };
      },
    },
  ];
  if (spec.patch === undefined) return routes;
  return [...routes, update_route(spec, item, view, named(`changes of ${noun}`, spec.patch))];
}

const update_route = ({ path, noun, permissions, of }: CollectionSpec, item: string, view: Named, body: Named): Route => ({
  ...{ method: 'patch', path: `${path}/:${item}`, permission: permissions.update, versioned: true, body },
  summary: `Change ${article(noun)}`,
  answer: { status: 200, shape: view },
  async handle(call) {
    const [collection, id] = [of(call), param(call, item)];
    if (collection.update === undefined) throw new TypeError(`${path} has a patch but its collection has no update`);
    const version = await required_version(call.if_match, async () => (await collection.get(id)).version);
    const shown = await collection.update(id, call.body, call.act, version);
    return { status: 200, body: shown.view, version: shown.version };
  },
});

/** The path as it was asked for, each parameter in its place. */
export const call_path = (path: string, call: Call): string =>
  path.replaceAll(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(param(call, name)));

function id_of(view: object, item: string): string {
  const fields: Readonly<Record<string, unknown>> = { ...view };
  const id = fields[item] ?? fields['id'];
  if (typeof id !== 'string') throw new TypeError(`what was created has neither ${item} nor id`);
  return id;
}

export const article = (noun: string): string => `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;
