import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'jose';
import { Conflict, NotFound } from '../kernel/index.ts';
import { local_signer, type Signer } from './signer.ts';
import type { SigningKeyRow, Storage, Tx } from '../storage/index.ts';

/** Algorithms of the issuer; a client chooses by `id_token_signed_response_alg`. */
export const SIGNING_ALGS = ['RS256', 'ES256', 'EdDSA'] as const;
export type SigningAlg = (typeof SIGNING_ALGS)[number];

/** How long a retired key stays published: longer than anything that it signed lives. */
const RETIRED_MS = 24 * 3_600_000;

export interface PublicKeyView {
  readonly kid: string;
  readonly alg: string;
  readonly state: SigningKeyRow['state'];
  readonly created_at: number;
  readonly current_at: number | null;
  readonly retired_at: number | null;
  readonly expires_at: number | null;
}

export interface Keys {
  /** Those that sign first, then the ones that are only published. Private keys are KeyObjects: nothing prints or serializes them. */
  signers(): Promise<Signer[]>;
  /** Those that are published. */
  list(): Promise<PublicKeyView[]>;
  /** Makes what is missing: of each algorithm one that signs and one that is published to be next. */
  ensure(now: number): Promise<void>;
  /** The published next key signs from now on, the signer retires, and a new next one is published. Answers the new signers. */
  rotate(now: number, also?: (tx: Tx, kids: readonly string[]) => Promise<void>): Promise<string[]>;
  /**
   * A retired key is published no more: what it signed is good nowhere from now on.
   * @throws NotFound | Conflict `signing_key_in_use` for one that signs, or will
   */
  withdraw(kid: string, also: (tx: Tx) => Promise<void>): Promise<void>;
  /** Rotates when the signers are older than `max_age_ms`; forgets keys whose time is over. */
  tend(now: number, max_age_ms: number): Promise<void>;
}

/**
 * Signing keys live in rows, sealed: published first, signing later, then retired, then gone. A `kid` is random and its row stays,
 * so it never comes back. Every relying party has seen a key before it signs. `external`: keys held elsewhere, by a KMS or a PKCS#11 token; for their algorithms they sign.
 */
export function make_keys(storage: Storage, external: readonly Signer[] = []): Keys {
  const rows = (): Promise<SigningKeyRow[]> => storage.gateway.signing_keys.find({});
  const lock_and_read = async (tx: Tx): Promise<SigningKeyRow[]> => {
    await tx.config_changed(); // its row lock lets one process at a time
    return tx.gateway.signing_keys.find({});
  };
  const keys: Keys = {
    async signers() {
      const order = { current: 0, next: 1, retired: 2 };
      const live = (await rows()).filter(is_published).sort((a, b) => order[a.state] - order[b.state]);
      const local = live.map(
        (row) => local_signer(row.id, row.alg, JSON.parse(storage.seal.open(row.sealed_private_jwk, context(row.id))) as JWK), // sealed below
      );
      return [...external, ...local];
    },
    async list() {
      const found = await rows();
      return found
        .filter(is_published)
        .map((row) => ({
          kid: row.id,
          alg: row.alg,
          state: row.state,
          created_at: Number(row.created_at),
          current_at: row.current_at === null ? null : Number(row.current_at),
          retired_at: row.retired_at === null ? null : Number(row.retired_at),
          expires_at: row.expires_at === null ? null : Number(row.expires_at),
        }))
        .sort((a, b) => b.created_at - a.created_at || a.alg.localeCompare(b.alg));
    },
    async ensure(now) {
      const missing = missing_of(await rows());
      if (missing.length === 0) return;
      const made = await Promise.all(missing.map(async (slot) => make_row(storage, slot.alg, slot.state, now)));
      await storage.transact(async (tx) => {
        const still = missing_of(await lock_and_read(tx));
        for (const row of made) {
          if (still.some((slot) => slot.alg === row.alg && slot.state === row.state)) await tx.gateway.signing_keys.insert(row);
        }
      });
    },
    async rotate(now, also) {
      await keys.ensure(now);
      const fresh = await Promise.all(SIGNING_ALGS.map((alg) => make_row(storage, alg, 'next', now)));
      return storage.transact(async (tx) => {
        const present = await lock_and_read(tx);
        const signers: string[] = [];
        for (const row of present) {
          if (row.state === 'current')
            await tx.gateway.signing_keys.update({ id: row.id }, { state: 'retired', retired_at: now, expires_at: now + RETIRED_MS });
          if (row.state === 'next') {
            await tx.gateway.signing_keys.update({ id: row.id }, { state: 'current', current_at: now });
            signers.push(row.id);
          }
        }
        for (const row of fresh) await tx.gateway.signing_keys.insert(row);
        await also?.(tx, signers);
        return signers;
      });
    },
    async withdraw(kid, also) {
      await storage.transact(async (tx) => {
        const row = (await lock_and_read(tx)).find(({ id }) => id === kid);
        if (row === undefined || !is_published(row)) throw new NotFound('signing key');
        if (row.state !== 'retired') throw new Conflict('signing_key_in_use', 'This key signs, or will: rotate first, then remove it.');
        await tx.gateway.signing_keys.update({ id: kid }, { sealed_private_jwk: '' });
        await also(tx);
      });
    },
    async tend(now, max_age_ms) {
      const present = await rows();
      const over = present.filter((row) => row.state === 'retired' && is_published(row) && Number(row.expires_at) < now);
      if (over.length > 0) {
        await storage.transact(async (tx) => {
          for (const row of over) await tx.gateway.signing_keys.update({ id: row.id }, { sealed_private_jwk: '' });
          await tx.config_changed();
        });
      }
      const signer = present.find((row) => row.state === 'current');
      if (signer === undefined || now - Number(signer.current_at) > max_age_ms) await keys.rotate(now);
    },
  };
  return keys;
}

/** Whoever is not has lost its private part; the row stays, so that its name never comes back. */
const is_published = (row: SigningKeyRow): boolean => row.sealed_private_jwk !== '';

const context = (kid: string): string => `signing_key/${kid}`;

function missing_of(present: readonly SigningKeyRow[]): { alg: SigningAlg; state: 'current' | 'next' }[] {
  const wanted = SIGNING_ALGS.flatMap((alg) => [
    { alg, state: 'current' as const },
    { alg, state: 'next' as const },
  ]);
  return wanted.filter((slot) => !present.some((row) => row.alg === slot.alg && row.state === slot.state));
}

const generate = promisify(generateKeyPair);

async function make_row(storage: Storage, alg: SigningAlg, state: 'current' | 'next', now: number): Promise<SigningKeyRow> {
  const kid = `${alg.toLowerCase()}-${randomBytes(9).toString('base64url')}`;
  const { privateKey, publicKey } = await pair(alg);
  const named = { kid, alg, use: 'sig' };
  return {
    id: kid,
    alg,
    state,
    public_jwk: { ...publicKey.export({ format: 'jwk' }), ...named },
    sealed_private_jwk: storage.seal.seal(JSON.stringify({ ...privateKey.export({ format: 'jwk' }), ...named }), context(kid)),
    created_at: now,
    current_at: state === 'current' ? now : null,
    retired_at: null,
    expires_at: null,
  };
}

function pair(alg: SigningAlg): ReturnType<typeof generate_rsa> {
  if (alg === 'RS256') return generate_rsa();
  return alg === 'ES256' ? generate('ec', { namedCurve: 'P-256' }) : generate('ed25519');
}

const generate_rsa = () => generate('rsa', { modulusLength: 2048 });
