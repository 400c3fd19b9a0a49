import { Conflict, hash_token, InvalidInput } from '../kernel/index.ts';
import type { Storage } from '../storage/index.ts';

const DAY_MS = 86_400_000;

/** An answer that can be given again. */
export interface Kept {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface IdempotentRequest {
  /** Whose keys these are: nobody meets another's. */
  readonly scope: string;
  /** The header, as it came. */
  readonly key: string;
  /** All that makes it this request and no other. */
  readonly fingerprint: string;
}

/**
 * Does `work` at most once for a key: the row is the claim, made before the work, so that of two at once one waits for nobody and is told 409.
 * What ended in an error changed nothing and may be tried again with the same key. A process that dies in between leaves its claim:
 * whether the work was done is not known, and never twice is what the key promises.
 * @throws InvalidInput 400, 422 | Conflict 409
 */
export async function once(
  { storage, now }: { storage: Storage; now: () => number },
  { scope, key, fingerprint }: IdempotentRequest,
  work: () => Promise<Kept>,
): Promise<{ readonly kept: Kept; readonly replayed: boolean }> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new InvalidInput('invalid_header', 'Idempotency-Key must be 1 to 255 visible ASCII characters.');
  const key_hash = hash_token(key);
  const request_hash = hash_token(fingerprint);
  const context = `idempotency/${scope}/${key_hash}`;
  const expires_at = now() + DAY_MS;
  await storage.write_once('DELETE FROM "idempotency_keys" WHERE "scope" = ? AND "key_hash" = ? AND "expires_at" <= ?', [
    scope,
    key_hash,
    now(),
  ]);
  const claimed = await storage.write_once(
    'INSERT INTO "idempotency_keys" ("scope", "key_hash", "request_hash", "status", "sealed_answer", "expires_at") VALUES (?, ?, ?, NULL, NULL, ?) ON CONFLICT DO NOTHING',
    [scope, key_hash, request_hash, expires_at],
  );
  if (claimed === 0) {
    const before = await storage.gateway.idempotency_keys.find_one({ scope, key_hash });
    if (before !== undefined && before.request_hash !== request_hash)
      throw new InvalidInput('idempotency_key_reused', 'This Idempotency-Key was used for another request.', { status: 422 });
    if (before?.sealed_answer === undefined || before.sealed_answer === null)
      throw new Conflict('idempotency_in_progress', 'A request with this Idempotency-Key is at work, or ended without an answer.');
    return { kept: JSON.parse(storage.seal.open(before.sealed_answer, context)) as Kept, replayed: true }; // sealed below
  }
  const where = [scope, key_hash] as const;
  let kept: Kept;
  try {
    kept = await work();
  } catch (error) {
    await storage.write_once('DELETE FROM "idempotency_keys" WHERE "scope" = ? AND "key_hash" = ?', where);
    throw error;
  }
  await storage.write_once('UPDATE "idempotency_keys" SET "status" = ?, "sealed_answer" = ? WHERE "scope" = ? AND "key_hash" = ?', [
    kept.status,
    storage.seal.seal(JSON.stringify(kept), context),
    ...where,
  ]);
  return { kept, replayed: false };
}

/** The same for bodies that mean the same, whatever the order of their fields. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join(',')}}`;
}
