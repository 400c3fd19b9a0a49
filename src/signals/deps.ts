import type { KeyObject } from 'node:crypto';
import type { Act, Audit } from '../audit/index.ts';
import type { RateLimits } from '../http/index.ts';
import type { AccessScope } from '../kernel/index.ts';
import type { Directory } from '../organizations/index.ts';
import type { Storage, Tx } from '../storage/index.ts';

/** What signs a security event token: a key of the issuer, wherever it is. */
export interface SetSigner {
  readonly kid: string;
  readonly alg: string;
  readonly public_key: KeyObject;
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** What is needed to tell apps of ended sessions. */
export interface TransmitterDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly issuer_url: string;
  readonly record: Audit['record'];
  readonly append_outbox: Audit['append_outbox'];
  readonly directory: Pick<Directory, 'registered_client'>;
  /** Of the issuer, those that sign now first. */
  readonly signers: () => Promise<readonly SetSigner[]>;
}

/** What apps keep their streams by. */
export interface StreamRoutesDeps extends TransmitterDeps {
  readonly rate_limits: RateLimits;
  /** Which app may keep a stream with this access token. */
  readonly identify: (token: string) => Promise<string | undefined>;
  /** Resolves after so many milliseconds, or at once when the signal is given. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The keys of a partner's transmitter, vetted. */
export interface TransmitterKeys {
  keys(kid: string | undefined, call: { readonly signal: AbortSignal }): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A signature did not fit. */
  doubt(): void;
}

/** What is needed to hear of sessions that ended at a partner. */
export interface ReceiverDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly rate_limits: RateLimits;
  readonly record: Audit['record'];
  readonly directory: Pick<Directory, 'connection' | 'verified_domains'>;
  /** Ends every session and token of the scope, in the unit of work; the reason makes a receipt. */
  readonly end_access: (tx: Tx, scope: AccessScope, act: Act, reason: string) => Promise<unknown>;
  readonly key_store: (jwks_uri: string) => TransmitterKeys;
  /** Asymmetric ones that can be trusted. */
  readonly algorithms: readonly string[];
  readonly log: (message: string, fields: Record<string, unknown>) => void;
}
