import { z } from 'zod';
import type { OrgId } from '../../kernel/index.ts';
import type { Tx } from '../../storage/index.ts';

const kept = z.array(z.object({ subject: z.string(), problem: z.string() }));

/** Takes out of the runs of an organization what they say of somebody, who is known by any of these words. */
export async function forget_problems(tx: Tx, org_id: OrgId, words: readonly string[]): Promise<void> {
  const wanted = words.map((word) => word.toLowerCase()).filter((word) => word.length > 2);
  const runs = await tx.sql.all<{ id: string; problems: string }>(
    `SELECT "id", "problems" FROM "sync_runs" WHERE "org_id" = ? AND "problems" <> '[]'`,
    [org_id],
  );
  for (const { id, problems } of runs) {
    const before = kept.parse(JSON.parse(problems));
    const left = before.filter(({ subject, problem }) => {
      const text = `${subject}\n${problem}`.toLowerCase();
      return !wanted.some((word) => text.includes(word));
    });
    if (left.length < before.length) await tx.org(org_id).sync_runs.update({ id }, { problems: left });
  }
}
