import { z } from 'zod';
import { new_id, NotFound, rfc3339 } from '../../kernel/index.ts';
import type { InlineHookRow } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { organization_ids } from '../organization_ids.ts';
import { fetched_uri, parse, plain, time, unique } from '../parse.ts';
import type { Kind } from '../versioned.ts';
import { type HookCollection, make_hook_collection } from './collection.ts';
import { hook_secrets } from './secrets.ts';

const fields = {
  /** When it is asked: before a first sign-in or the sync of a directory makes a user, before tokens are made, after a person has signed in. */
  point: z.enum(['before_user_created', 'before_token', 'after_login']),
  url: fetched_uri,
  /** Ids (or slugs), or "all". */
  organizations: z.union([z.literal('all'), unique(plain(64), 10_000)]),
  /** What happens when it does not answer as it should: go on, or refuse. */
  on_failure: z.enum(['fail_open', 'fail_closed']),
  /** A person waits meanwhile. */
  timeout_ms: z.int().min(100).max(8000),
  description: plain(1024).nullable(),
  enabled: z.boolean(),
};
const inline_hook_create = z.strictObject({
  ...fields,
  organizations: fields.organizations.default('all'),
  on_failure: fields.on_failure.default('fail_closed'),
  timeout_ms: fields.timeout_ms.default(2000),
  description: fields.description.default(null),
  enabled: fields.enabled.default(true),
});
const inline_hook_patch = z.strictObject(fields).partial();
const inline_hook = z.object({
  id: z.string(),
  ...fields,
  url: z.string(),
  organizations: z.union([z.literal('all'), z.array(z.string())]),
  description: z.string().nullable(),
  created_at: time,
  updated_at: time,
});
const inline_hook_created = inline_hook.extend({ secret: z.string() });

export const inline_hook_schemas = { inline_hook, inline_hook_create, inline_hook_patch, inline_hook_created };
export type InlineHookView = z.output<typeof inline_hook>;

/** What it takes to ask one. */
export interface AskedInlineHook extends Pick<InlineHookRow, 'id' | 'version' | 'point' | 'url' | 'on_failure' | 'timeout_ms'> {
  secrets(now: number): readonly string[];
}

export interface InlineHookCollection extends HookCollection<InlineHookView> {
  /** Also one that is switched off. @throws NotFound */
  asked(id: string): Promise<AskedInlineHook>;
}

export function make_inline_hook_collection(deps: OrganizationsDeps): InlineHookCollection {
  const { storage } = deps;
  return {
    ...make_hook_collection(deps, inline_hook_kind(deps)),
    async asked(id) {
      const row = await storage.gateway.inline_hooks.find_one({ id });
      if (row === undefined) throw new NotFound('inline hook');
      const { version, point, url, on_failure, timeout_ms, sealed_secrets } = row;
      return { id, version, point, url, on_failure, timeout_ms, secrets: (now) => hook_secrets(storage.seal, id, sealed_secrets, now) };
    },
  };
}

function inline_hook_kind(deps: OrganizationsDeps): Kind<InlineHookRow, InlineHookView> {
  return {
    name: 'inline_hook',
    reads: deps.storage.gateway.inline_hooks,
    writes: (tx) => tx.gateway.inline_hooks,
    filters: ['point'],
    present,
    label: (row) => row.url,
    body(row) {
      const { id: _id, created_at: _made, updated_at: _changed, ...settable } = present(row);
      return settable;
    },
    async make(body) {
      const at = deps.now();
      return { id: new_id('ihk'), ...(await settle(deps, body)), sealed_secrets: '', created_at: at, updated_at: at, version: 1 };
    },
    change: (row, body) => settle(deps, body, row),
  };
}

async function settle(deps: OrganizationsDeps, body: unknown, before?: InlineHookRow) {
  const { organizations, ...given } = parse(inline_hook_create, body);
  return { ...given, organizations: await organization_ids(deps.storage, organizations, before?.organizations ?? []) };
}

const present = (row: InlineHookRow): InlineHookView => ({
  id: row.id,
  point: row.point,
  url: row.url,
  organizations: row.organizations ?? 'all',
  on_failure: row.on_failure,
  timeout_ms: row.timeout_ms,
  description: row.description,
  enabled: row.enabled,
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});
