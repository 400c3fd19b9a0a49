import { z } from 'zod';
import { rfc3339 } from '../../kernel/index.ts';
import type { ConnectionRow } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { time } from '../parse.ts';
import { certificate_view, present_certificate } from './certificates.ts';
import { key_change, read_upkeep } from './key_changes.ts';
import type { StoredSettings } from './settings.ts';

export const trust_view = z.object({
  /** What the partner's messages are verified with. */
  certificates: z.array(certificate_view),
  /** Keys that the partner publishes now and that are not used until somebody approves them. */
  waiting: z
    .object({
      found_at: time,
      added: z.array(certificate_view),
      /** SHA-256 of certificates that the partner no longer publishes. */
      removed: z.array(z.string()),
    })
    .nullable(),
  /** When the partner's document was last read; null where there is none. */
  read_at: time.nullable(),
  refresh_at: time.nullable(),
  /** Until when the partner says that its document may be used. */
  valid_until: time.nullable(),
  /** Why it could not be read the last time; null when it could. */
  last_error: z.object({ at: time, message: z.string() }).nullable(),
});

export type TrustView = z.output<typeof trust_view>;

/** What a connection trusts, and how keeping that fresh goes; undefined where certificates are not what is trusted. */
export function present_trust(
  { connector_types, now }: Pick<OrganizationsDeps, 'connector_types' | 'now'>,
  row: Pick<ConnectionRow, 'protocol' | 'resolved' | 'resolved_at' | 'refresh_at' | 'upkeep'>,
  stored: StoredSettings,
): TrustView | undefined {
  const type = connector_types[row.protocol];
  const { trust } = type;
  const read = trust === undefined ? undefined : type.parse({ ...stored.settings, ...stored.secrets });
  if (trust === undefined || read?.ok !== true) return undefined;
  const at = now();
  const pems = trust.certificates(read.config, row.resolved);
  const { waiting, error } = read_upkeep(row.upkeep);
  const next = waiting === undefined ? [] : trust.certificates(read.config, waiting.resolved);
  const change = key_change(pems, next);
  const until = trust.valid_until(read.config, row.resolved);
  return {
    certificates: pems.map((pem) => present_certificate(pem, at)),
    waiting:
      waiting === undefined || change === undefined
        ? null
        : {
            found_at: rfc3339(waiting.found_at),
            added: next.map((pem) => present_certificate(pem, at)).filter(({ sha256 }) => change.added.includes(sha256)),
            removed: [...change.removed],
          },
    read_at: row.resolved_at === null || Object.keys(row.resolved).length === 0 ? null : rfc3339(row.resolved_at),
    refresh_at: row.refresh_at === null ? null : rfc3339(row.refresh_at),
    valid_until: until === undefined ? null : rfc3339(until),
    last_error: error === undefined ? null : { at: rfc3339(error.at), message: error.message },
  };
}
