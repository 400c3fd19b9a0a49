import { z } from 'zod';
import { rfc3339 } from '../../kernel/index.ts';
import { require_target } from '../../organizations/index.ts';
import type { OutboxRow, Storage } from '../../storage/index.ts';
import { type About, type OutboundDeps, SCIM_TARGET } from './deps.ts';
import { enqueue } from './enqueue.ts';
import { read_body } from './read_body.ts';

const time = z.iso.datetime();
const dead_letter = z.object({
  id: z.string(),
  kind: z.enum(['user', 'group']),
  /** Whom the target has not been told of. */
  resource_id: z.string(),
  organization_id: z.string(),
  reason: z.string(),
  /** The last twenty tries, the latest last. */
  tries: z.array(z.object({ at: time, ms: z.int(), answer: z.string().optional(), error: z.string().optional() })),
  created_at: time,
  given_up_at: time,
});
const resend = z.strictObject({
  /** Of dead letters; absent: all. */
  ids: z.array(z.string().max(64)).max(1000).optional(),
});
const resent = z.object({ resent: z.int() });

export const dead_letter_schemas = { dead_letter, scim_resend: resend, scim_resent: resent };
export type DeadLetterView = z.output<typeof dead_letter>;

export interface DeadLetters {
  /** Newest first. @throws NotFound */
  list(
    target_id: string,
    request: { readonly limit?: number | undefined; readonly after?: string | undefined },
  ): Promise<{ readonly data: readonly DeadLetterView[]; readonly next: string | null }>;
  /** Tells the target once more how these people and groups are, now. @throws NotFound | InvalidInput */
  resend(target_id: string, body: unknown): Promise<{ readonly resent: number }>;
}

const AT_ONCE = 200;

/** What a target could not be told, and was given up. */
export function make_dead_letters(deps: Pick<OutboundDeps, 'storage' | 'append_latest'>): DeadLetters {
  const { storage } = deps;
  return {
    async list(target_id, { limit, after }) {
      await require_target(storage, target_id);
      const { data, next } = await storage.gateway.outbox.page(
        { limit, after, descending: true },
        {
          match: { receiver: target_id, kind: SCIM_TARGET },
          narrow: (query) => void query.andWhere('row.dead_at IS NOT NULL AND row.done_at IS NULL'),
        },
      );
      return { data: data.map((row) => present(row, opened(storage, row))), next };
    },
    async resend(target_id, body) {
      const { ids } = read_body(resend, body);
      await require_target(storage, target_id);
      const chosen = ids === undefined ? undefined : new Set(ids);
      let count = 0;
      for (let before = '~'; ; ) {
        const rows: Pick<OutboxRow, 'id' | 'sealed_payload'>[] = await storage.sql.all(
          `SELECT "id", "sealed_payload" FROM "outbox" WHERE "receiver" = ? AND "kind" = ? AND "dead_at" IS NOT NULL AND "done_at" IS NULL AND "id" < ?
           ORDER BY "id" DESC LIMIT ${AT_ONCE}`,
          [target_id, SCIM_TARGET, before],
        );
        count += await resend_rows(deps, chosen === undefined ? rows : rows.filter(({ id }) => chosen.has(id)));
        before = rows.at(-1)?.id ?? '';
        if (rows.length < AT_ONCE) return { resent: count };
      }
    },
  };
}

function resend_rows(
  deps: Pick<OutboundDeps, 'storage' | 'append_latest'>,
  rows: readonly Pick<OutboxRow, 'id' | 'sealed_payload'>[],
): Promise<number> {
  return deps.storage.transact(async (tx) => {
    const about: About[] = [];
    for (const row of rows) {
      // of two that ask at once, one finds it given up
      const taken = await tx.sql.run(`UPDATE "outbox" SET "done_at" = "dead_at" WHERE "id" = ? AND "done_at" IS NULL`, [row.id]);
      if (taken === 1) about.push(opened(deps.storage, row));
    }
    await enqueue(deps, tx, about);
    return about.length;
  });
}

const opened = ({ seal }: Storage, row: Pick<OutboxRow, 'id' | 'sealed_payload'>): About =>
  JSON.parse(seal.open(row.sealed_payload, `outbox/${row.id}`)) as About; // sealed by append_latest

const tried = z.array(z.object({ at: z.number(), ms: z.number(), answer: z.string().optional(), error: z.string().optional() }));

const present = (row: OutboxRow, { kind, id, org_id }: About): DeadLetterView => ({
  id: row.id,
  ...{ kind, resource_id: id, organization_id: org_id },
  reason: row.last_error ?? '',
  tries: tried.parse(row.tries ?? []).map((one) => ({ ...one, at: rfc3339(one.at) })),
  created_at: rfc3339(row.created_at),
  given_up_at: rfc3339(row.dead_at ?? row.created_at),
});
