import { z } from 'zod';

const fields = {
  /** Takes PATCH; else everything is sent whole, by PUT. */
  patch: z.boolean(),
  /** Finds by `filter`. */
  filter: z.boolean(),
  /** Finds by externalId as well. */
  external_id_filter: z.boolean(),
  /** Has groups. */
  groups: z.boolean(),
  /** Takes DELETE of a person; else they are deactivated. */
  delete_users: z.boolean(),
  /** Takes bulk requests. Shown only: Postern sends one thing at a time. */
  bulk: z.boolean(),
  /** Resources a page of a list. */
  page_size: z.int().min(1).max(1000),
  /** Members that may come and go in one request. */
  max_member_changes: z.int().min(1).max(10_000),
  /** How members are taken out: by a path that selects them (RFC 7644), or by a value beside the path `members`. */
  member_removal: z.enum(['path', 'value']),
  /** Lists tell who is in a group. */
  lists_members: z.boolean(),
  /** Of one process; null: as fast as it answers. */
  requests_per_second: z.number().min(0.1).max(1000).nullable(),
};

export const capabilities_shape = z.object(fields);
export const capability_overrides = z.strictObject(fields).partial();
export type Capabilities = z.output<typeof capabilities_shape>;

/** What is so until somebody says otherwise. */
const USUAL: Capabilities = {
  patch: true,
  filter: true,
  external_id_filter: true,
  groups: true,
  delete_users: true,
  bulk: false,
  page_size: 100,
  max_member_changes: 100,
  member_removal: 'path',
  lists_members: true,
  requests_per_second: null,
};

/** Limits that services document of themselves, and that their ServiceProviderConfig does not tell. */
const PRESETS = {
  generic: {},
  // IAM Identity Center: 100 membership changes a request, never all at once; lists name no members
  aws: { max_member_changes: 100, page_size: 50, member_removal: 'value', lists_members: false, external_id_filter: true },
  // 180 writes of people a minute; a page has at most 1000
  slack: { requests_per_second: 3, page_size: 200 },
  github: { requests_per_second: 5, page_size: 100 },
  atlassian: { requests_per_second: 5, page_size: 100 },
} as const satisfies Readonly<Record<string, Partial<Capabilities>>>;

export type Preset = keyof typeof PRESETS;
export const PRESET_NAMES = ['generic', 'aws', 'slack', 'github', 'atlassian'] as const satisfies readonly Preset[];
export const preset_of = (name: string): Preset => PRESET_NAMES.find((one) => one === name) ?? 'generic';

/** The later word wins: what is usual, what the target says of itself, what is known of its kind, what it turned out to refuse, what the operator says. */
export function capabilities_of(row: {
  readonly preset: string;
  readonly learned: Readonly<Record<string, unknown>>;
  readonly capabilities: Readonly<Record<string, unknown>>;
}): Capabilities {
  const { discovered, refused } = row.learned;
  return { ...USUAL, ...read(discovered), ...PRESETS[preset_of(row.preset)], ...read(refused), ...read(row.capabilities) };
}

/** Those that are told, and are what they should be. */
function read(told: unknown): Partial<Capabilities> {
  const known = capability_overrides.safeParse(told ?? {});
  return known.success
    ? (Object.fromEntries(Object.entries(known.data).filter(([, value]) => value !== undefined)) as Partial<Capabilities>)
    : {}; // none is undefined
}
