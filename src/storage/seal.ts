import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Misconfigured } from '../kernel/index.ts';

/**
 * Seals secrets with AES-256-GCM before they reach a row. `context` names the row and field and is authenticated,
 * so that a sealed value moved elsewhere does not open. Form: `v1.<key id>.<base64url of iv, tag, ciphertext>`.
 */
export interface Seal {
  seal(plain: string, context: string): string;
  /** @throws Misconfigured when the key is not among POSTERN_SECRET, or the value was tampered with */
  open(sealed: string, context: string): string;
  /** True when the value is not sealed under the current secret. */
  is_stale(sealed: string): boolean;
}

interface SealKey {
  readonly id: string;
  readonly key: Buffer;
}

function derive(secret: Uint8Array): SealKey {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'postern seal v1', 32));
  return { id: createHash('sha256').update(key).digest('base64url').slice(0, 8), key };
}

/** `secrets`: newest first; the first seals, all open. */
export function make_seal(secrets: readonly Uint8Array[]): Seal {
  const keys = secrets.map(derive);
  const current = keys[0];
  if (current === undefined) throw new Misconfigured('no_secret', 'POSTERN_SECRET is missing.');
  return {
    seal(plain, context) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', current.key, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1.${current.id}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, context) {
      const [version, id, data] = sealed.split('.');
      const key = keys.find((candidate) => candidate.id === id);
      if (version !== 'v1' || key === undefined || data === undefined) {
        throw new Misconfigured('secret_unknown', 'A stored secret was sealed under a POSTERN_SECRET that is not configured.', {
          detail: `sealed under key ${id ?? '?'}, have ${keys.map((known) => known.id).join(', ')}`,
        });
      }
      const bytes = Buffer.from(data, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(0, 12), { authTagLength: 16 })
          .setAAD(Buffer.from(context))
          .setAuthTag(bytes.subarray(12, 28));
        return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw new Misconfigured('sealed_value_damaged', 'A stored secret cannot be opened: it was changed or belongs elsewhere.', {
          cause,
          detail: context,
        });
      }
    },
    is_stale: (sealed) => !sealed.startsWith(`v1.${current.id}.`),
  };
}
