import { randomBytes } from 'node:crypto';
import { hash_token } from '../kernel/index.ts';
import type { Tx } from '../storage/index.ts';

const HOW_MANY = 10;
/** Without letters that are taken for others (Crockford). */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** New codes for a key, those before are void: `xxxx-xxxx-xxxx-xxxx`, 80 bits each, kept as hashes. */
export async function make_recovery_codes(tx: Tx, admin_key_id: string): Promise<string[]> {
  await forget_recovery_codes(tx, admin_key_id);
  const codes = Array.from({ length: HOW_MANY }, new_code);
  for (const code of codes) await tx.gateway.recovery_codes.insert({ admin_key_id, id: hash_of(code) });
  return codes;
}

/** Uses one up; false when there is no such code. */
export const take_recovery_code = async (tx: Tx, admin_key_id: string, code: string): Promise<boolean> =>
  (await tx.gateway.recovery_codes.delete({ admin_key_id, id: hash_of(code) })) === 1;

export const forget_recovery_codes = (tx: Tx, admin_key_id: string): Promise<unknown> => tx.gateway.recovery_codes.delete({ admin_key_id });

/** However it was typed. */
const hash_of = (code: string): string =>
  hash_token(
    `recovery\n${code
      .toLowerCase()
      .replaceAll(/[^0-9a-z]/g, '')
      .replaceAll('o', '0')
      .replaceAll(/[il]/g, '1')}`,
  );

function new_code(): string {
  const letters = [...randomBytes(16)].map((byte) => LETTERS[byte % 32] ?? '').join('');
  return letters.replaceAll(/(.{4})(?=.)/g, '$1-');
}
