import { z } from 'zod';
import { rfc3339 } from '../../kernel/index.ts';
import type { SetupLinkRow } from '../../storage/index.ts';
import { plain, time, unique } from '../parse.ts';

export const SETUP_STEPS = ['domain', 'connection', 'scim'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** What a partner has done, in the order of the portal. */
export const SETUP_STAGES = ['domain', 'provider', 'vendor', 'connection', 'mapping', 'test', 'scim', 'review'] as const;
export type SetupStage = (typeof SETUP_STAGES)[number];

const DAY_SECONDS = 86_400;
const DEFAULT_SECONDS = 7 * DAY_SECONDS;
const MOST_SECONDS = 30 * DAY_SECONDS;
const LEAST_SECONDS = 1;

/** ISO 8601, days and smaller: `P7D`, `PT12H`. */
const DURATION = /^P(?=.)(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;

const expires_in = z
  .union([z.number(), z.string().max(64)])
  .transform((value) => (typeof value === 'number' ? value : seconds_of(value)))
  .refine(
    (seconds) => Number.isInteger(seconds) && seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS,
    'must be a number of seconds or a duration such as P7D, from 1 second to 30 days',
  );

function seconds_of(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const found = DURATION.exec(text);
  if (found === null) return Number.NaN;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return (weeks * 7 + days) * DAY_SECONDS + hours * 3600 + minutes * 60 + seconds;
}

const step = z.enum(SETUP_STEPS);
const stage = z.enum(SETUP_STAGES);

const setup_link_create = z.strictObject({
  /** For whoever keeps the list: who was it sent to? */
  name: plain(255).default('Set-up link'),
  steps: unique(step, SETUP_STEPS.length)
    .min(1)
    .default([...SETUP_STEPS]),
  /** Seconds, or an ISO 8601 duration; 7 days unless said, 30 at most. */
  expires_in: expires_in.default(DEFAULT_SECONDS),
  /** The partner cannot switch the connection on: it is handed to the vendor. */
  requires_approval: z.boolean().default(false),
});
const setup_link = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(['created', 'opened', 'progressed', 'finished', 'revoked', 'expired']),
  steps: z.array(step),
  requires_approval: z.boolean(),
  /** `requested`: the partner is through, the vendor is to look and to approve. */
  approval: z.enum(['none', 'requested', 'approved']),
  progress: z.object({
    done: z.array(stage),
    /** Which guide was followed. */
    guide: z.string().nullable(),
    /** The connection that is being set up. */
    connection_id: z.string().nullable(),
  }),
  created_at: time,
  expires_at: time,
  opened_at: time.nullable(),
  progressed_at: time.nullable(),
  finished_at: time.nullable(),
  revoked_at: time.nullable(),
});
const setup_link_created = setup_link.extend({ url: z.string() });

export const setup_link_schemas = { setup_link, setup_link_create, setup_link_created };
export type SetupLinkView = z.output<typeof setup_link>;
export type CreatedSetupLinkView = z.output<typeof setup_link_created>;

const check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), fix: z.string().optional() });

/** What is kept of a set-up between two visits: ids and choices, never a secret. */
export const setup_draft = z.object({
  done: z.array(stage).catch([]).default([]),
  guide: z.string().nullable().catch(null).default(null),
  connection_id: z.string().nullable().catch(null).default(null),
  /** The last test sign-in, and the version of the connection that it tried. */
  test: z.object({ reference: z.string(), version: z.int() }).nullable().catch(null).default(null),
  /** What could be seen of the partner when its side was last given or looked at. */
  seen: z
    .object({ version: z.int(), at: z.int(), checks: z.array(check) })
    .nullable()
    .catch(null)
    .default(null),
  scim_token_id: z.string().nullable().catch(null).default(null),
});
export type SetupDraft = z.output<typeof setup_draft>;

export const draft_of = (row: SetupLinkRow): SetupDraft => setup_draft.parse(row.draft);

/** Only those that the portal knows, in its order, whatever a row says. */
export const steps_of = (row: SetupLinkRow): SetupStep[] => SETUP_STEPS.filter((name) => row.steps.includes(name));

export function present_link(row: SetupLinkRow, now: number): SetupLinkView {
  const { done, guide, connection_id } = draft_of(row);
  return {
    id: row.id,
    name: row.name,
    status: status_of(row, now),
    // as they were asked for; the portal has an order of its own
    steps: row.steps.filter((name): name is SetupStep => SETUP_STEPS.some((known) => known === name)),
    requires_approval: row.requires_approval,
    approval: row.approval,
    progress: { done, guide, connection_id },
    created_at: rfc3339(row.created_at),
    expires_at: rfc3339(row.expires_at),
    opened_at: time_or_null(row.opened_at),
    progressed_at: time_or_null(row.progressed_at),
    finished_at: time_or_null(row.finished_at),
    revoked_at: time_or_null(row.revoked_at),
  };
}

export function status_of(row: SetupLinkRow, now: number): SetupLinkView['status'] {
  if (row.status !== 'open') return row.status;
  if (row.expires_at <= now) return 'expired';
  if (row.progressed_at !== null) return 'progressed';
  return row.opened_at === null ? 'created' : 'opened';
}

const time_or_null = (at: number | null): string | null => (at === null ? null : rfc3339(at));
