import type { OrgId } from '../../kernel/index.ts';
import type { Storage } from '../../storage/index.ts';

export interface Trimming {
  /** How long a request is kept; 0: none is. */
  readonly days: number;
  /** How many an organization keeps at most. */
  readonly most: number;
}

const DAY_MS = 86_400_000;
export const REMOVED_AT_ONCE = 500;
/** What an organization keeps at most, in characters of what is sealed. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Requests with a token that is none: whoever knows no token must not push out what those who do have asked. */
const MOST_REFUSED = 200;

/** Removes what is too old everywhere, and what is too much in these organizations, the oldest first and in small batches. */
export async function trim_requests(storage: Storage, limits: Trimming, now: number, touched: Iterable<OrgId>): Promise<void> {
  const oldest = now - limits.days * DAY_MS;
  await in_batches(() =>
    storage.write_once(
      `DELETE FROM "scim_requests" WHERE ("org_id", "id") IN (SELECT "org_id", "id" FROM "scim_requests" WHERE "created_at" < ? ORDER BY "created_at" LIMIT ${REMOVED_AT_ONCE})`,
      [oldest],
    ),
  );
  for (const org_id of touched) {
    await in_batches(() =>
      storage.write_once(
        `DELETE FROM "scim_requests" WHERE "org_id" = ? AND "id" IN (
           SELECT "id" FROM (
             SELECT "id", ROW_NUMBER() OVER newest AS "place", SUM("bytes") OVER newest AS "total" FROM "scim_requests"
             WHERE "org_id" = ? AND "token_id" IS NOT NULL WINDOW newest AS (ORDER BY "created_at" DESC, "id" DESC)
           ) ranked WHERE "place" > ? OR "total" > ${MOST_BYTES} LIMIT ${REMOVED_AT_ONCE})`,
        [org_id, org_id, limits.most],
      ),
    );
    await in_batches(() =>
      storage.write_once(
        `DELETE FROM "scim_requests" WHERE "org_id" = ? AND "id" IN (
           SELECT "id" FROM "scim_requests" WHERE "org_id" = ? AND "token_id" IS NULL ORDER BY "created_at" DESC, "id" DESC LIMIT ${REMOVED_AT_ONCE} OFFSET ${MOST_REFUSED})`,
        [org_id, org_id],
      ),
    );
  }
}

/** Again and again, as long as there is a whole batch to remove. */
export async function in_batches(remove: () => Promise<number>): Promise<void> {
  while ((await remove()) >= REMOVED_AT_ONCE);
}
