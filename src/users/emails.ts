import type { SqlValue, Tx, UserRow } from '../storage/index.ts';
import { fold_name } from './fold.ts';

type Known = Pick<UserRow, 'email' | 'scim'>;

/** Every address that a row holds, as it is compared. */
function keys_of({ email, scim }: Known): Set<string> {
  const list: unknown = scim['emails'];
  const values = Array.isArray(list) ? list.map((one: unknown) => value_of(one)) : [];
  return new Set([email, ...values].filter((value): value is string => typeof value === 'string' && value !== '').map(fold_name));
}

const value_of = (one: unknown): unknown => (typeof one === 'object' && one !== null && 'value' in one ? one.value : undefined);

/** Keeps what finds a person by any of their addresses, in the unit of work that changes them. `before`: absent for somebody new. */
export async function keep_emails(tx: Tx, row: UserRow, before?: Known): Promise<void> {
  const wanted = keys_of(row);
  if (before !== undefined) {
    const known = keys_of(before);
    if (known.size === wanted.size && [...wanted].every((key) => known.has(key))) return;
    await tx.sql.run(`DELETE FROM "user_emails" WHERE "org_id" = ? AND "user_id" = ?`, [row.org_id, row.id]);
  }
  if (wanted.size === 0) return;
  const values = [...wanted].flatMap((key): SqlValue[] => [row.org_id, row.id, key]);
  await tx.sql.run(
    `INSERT INTO "user_emails" ("org_id", "user_id", "value_key") VALUES ${Array.from(wanted, () => '(?, ?, ?)').join(', ')}`,
    values,
  );
}
