import { randomBytes } from 'node:crypto';
import type { Act } from '../../audit/index.ts';
import { NotFound } from '../../kernel/index.ts';
import type { Seal, Tx } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import type { RowWrites, VersionedRow } from '../versioned.ts';

/** How long the secret before signs beside a new one: time to bring the new one to every receiver. */
const OVERLAP_MS = 86_400_000;

interface HookSecret {
  readonly secret: string;
  /** Epoch milliseconds; null: until it is rotated. */
  readonly until: number | null;
}

/** Standard Webhooks: `whsec_` and 32 random bytes in base64. */
export const new_hook_secret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Where the secrets of a hook are sealed. */
export const hook_context = (id: string): string => `hook/${id}`;

export const seal_hook_secret = (seal: Seal, id: string, secret: string): string => write(seal, id, [{ secret, until: null }]);

/** The new secret in front; of those before, the latest stays for a day. */
function rotated(seal: Seal, id: string, sealed: string, secret: string, now: number): string {
  const [latest] = read(seal, id, sealed);
  return write(seal, id, [{ secret, until: null }, ...(latest === undefined ? [] : [{ ...latest, until: now + OVERLAP_MS }])]);
}

/** Those that sign now, newest first. */
export const hook_secrets = (seal: Seal, id: string, sealed: string, now: number): string[] =>
  read(seal, id, sealed)
    .filter(({ until }) => until === null || until > now)
    .map(({ secret }) => secret);

const write = (seal: Seal, id: string, secrets: readonly HookSecret[]): string => seal.seal(JSON.stringify(secrets), hook_context(id));
const read = (seal: Seal, id: string, sealed: string): HookSecret[] => JSON.parse(seal.open(sealed, hook_context(id))) as HookSecret[]; // sealed above

export interface HookRow extends VersionedRow {
  readonly url: string;
  readonly sealed_secrets: string;
  readonly updated_at: number;
}

/** A new secret; the one before signs beside it for a day. @throws NotFound */
export function rotate_hook_secret<Row extends HookRow>(
  deps: OrganizationsDeps,
  kind: { readonly name: string; readonly writes: (tx: Tx) => RowWrites<Row> },
  id: string,
  act: Act,
): Promise<{ readonly row: Row; readonly secret: string }> {
  const { seal } = deps.storage;
  return deps.storage.transact(async (tx) => {
    await tx.config_changed(); // its row lock lets one process at a time
    const row = await kind.writes(tx).find_one({ id });
    if (row === undefined) throw new NotFound(kind.name.replaceAll('_', ' '));
    const at = deps.now();
    const secret = new_hook_secret();
    const next: Row = {
      ...row,
      sealed_secrets: rotated(seal, id, row.sealed_secrets, secret, at),
      updated_at: at,
      version: row.version + 1,
    };
    await kind.writes(tx).update({ id, version: row.version }, next);
    await deps.record(tx, act, { type: `${kind.name}.secret_rotated`, org_id: null, target: { kind: kind.name, id, name: row.url } });
    return { row: next, secret };
  });
}
