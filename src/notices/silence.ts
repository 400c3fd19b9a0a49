import { type Audit, system_act } from '../audit/index.ts';
import { type OrgId, rfc3339 } from '../kernel/index.ts';
import type { Storage } from '../storage/index.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 50;

interface Silent {
  readonly org_id: OrgId;
  readonly id: string;
  readonly name: string;
  readonly last_used_at: number | string;
}

/** Records, once for each silence, that a directory which used to push has said nothing for so many days. Called by a timer, in any process. */
export async function watch_silence(
  deps: { readonly storage: Storage; readonly record: Audit['record']; readonly days: number },
  now: number,
): Promise<number> {
  const { storage, record, days } = deps;
  const silent = await storage.sql.all<Silent>(
    `SELECT t."org_id", t."id", t."name", t."last_used_at" FROM "scim_tokens" t JOIN "organizations" o ON o."id" = t."org_id"
     WHERE t."last_used_at" < ? AND (t."silence_told_at" IS NULL OR t."silence_told_at" < t."last_used_at")
       AND (t."expires_at" IS NULL OR t."expires_at" > ?) AND o."status" = 'active' LIMIT ${AT_ONCE}`,
    [now - days * DAY_MS, now],
  );
  let told = 0;
  for (const { org_id, id, name, last_used_at } of silent) {
    const last = Number(last_used_at);
    told += await storage.transact(async (tx) => {
      // one process tells, and none when a request came meanwhile
      const first = await tx.sql.run(
        `UPDATE "scim_tokens" SET "silence_told_at" = ? WHERE "org_id" = ? AND "id" = ? AND "last_used_at" = ? AND ("silence_told_at" IS NULL OR "silence_told_at" < "last_used_at")`,
        [now, org_id, id, last],
      );
      if (first === 0) return 0;
      await record(tx, system_act, {
        type: 'scim_token.silent',
        org_id,
        target: { kind: 'scim_token', id, name },
        after: { last_used_at: rfc3339(last), days: Math.floor((now - last) / DAY_MS) },
      });
      return 1;
    });
  }
  return told;
}
