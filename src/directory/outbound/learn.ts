import type { Capabilities } from '../../organizations/index.ts';
import type { ScimTargetRow, Storage } from '../../storage/index.ts';
import type { Remote } from './remote.ts';
import { own } from './units.ts';

/** Remembers what a target turned out not to do: it is not asked for it again. */
export async function learn_refusal(storage: Storage, id: string, refused: Partial<Capabilities>): Promise<void> {
  await change_learned(storage, id, (learned) => ({ ...learned, refused: { ...object(learned['refused']), ...refused } }));
}

/** Reads the target's ServiceProviderConfig (RFC 7643 section 5). One that has none is taken as usual. */
export async function discover(storage: Storage, id: string, remote: Remote): Promise<void> {
  const { status, body } = await remote.send('GET', '/ServiceProviderConfig');
  if (status !== 200) return;
  const filter = own(body, 'filter');
  const max_results = Number(own(filter, 'maxResults'));
  const discovered: Partial<Capabilities> = {
    ...flag('patch', own(own(body, 'patch'), 'supported')),
    ...flag('filter', own(filter, 'supported')),
    ...flag('bulk', own(own(body, 'bulk'), 'supported')),
    // a page of a list is no more than a filter may find
    ...(Number.isInteger(max_results) && max_results > 0 && { page_size: Math.min(max_results, 100) }),
  };
  await change_learned(storage, id, (learned) => ({ ...learned, discovered }));
}

const flag = (name: 'patch' | 'filter' | 'bulk', said: unknown): Partial<Capabilities> =>
  typeof said === 'boolean' ? { [name]: said } : {};

const object = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {});

const change_learned = (
  storage: Storage,
  id: string,
  next: (learned: ScimTargetRow['learned']) => ScimTargetRow['learned'],
): Promise<void> =>
  storage.transact(async (tx) => {
    // what two processes learn at once is kept of both
    await tx.sql.run(`UPDATE "scim_targets" SET "failures" = "failures" WHERE "id" = ?`, [id]);
    const row = await tx.gateway.scim_targets.find_one({ id });
    if (row !== undefined)
      await tx.sql.run(`UPDATE "scim_targets" SET "learned" = ? WHERE "id" = ?`, [JSON.stringify(next(row.learned)), id]);
  });

/** Statuses that say: not this way (RFC 7644 section 3.12). */
export const is_refusal = (status: number): boolean => status === 405 || status === 501;
