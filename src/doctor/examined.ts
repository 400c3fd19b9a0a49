import type { Act } from '../audit/index.ts';
import type { Settings } from '../config/index.ts';
import type { Mailer } from '../notices/index.ts';
import type { Organizations } from '../organizations/index.ts';
import type { Storage } from '../storage/index.ts';
import type { Keys } from '../tokens/index.ts';

/** From outside, before anything is opened. */
export interface Outside {
  readonly settings: Settings;
  readonly now: () => number;
  readonly fetch: typeof globalThis.fetch;
  /** Of this machine. */
  readonly cores: number;
}

/** What an open installation is looked at through. */
export interface Examined {
  readonly settings: Settings;
  readonly now: () => number;
  readonly storage: Storage;
  readonly keys: Pick<Keys, 'list'>;
  readonly mailer: Mailer | undefined;
  readonly organizations: Pick<Organizations, 'organizations' | 'domains' | 'connections' | 'clients' | 'require_organization'>;
  /** Whose word it is that partners are contacted. */
  readonly act: Act;
  /** Whether partners are contacted. */
  readonly partners: boolean;
  /** When it is aborted, what was not looked at yet is left out, and said so. */
  readonly until: AbortSignal;
}
