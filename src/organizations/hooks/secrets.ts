import { randomBytes } from 'node:crypto';
import type { Seal } from '../../storage/index.ts';

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
export function with_new_secret(seal: Seal, id: string, sealed: string, secret: string, now: number): string {
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
