import { availableParallelism } from 'node:os';
import type { Act } from './audit/index.ts';
import type { TaskState } from './background.ts';
import { shown_settings, type Settings } from './config/index.ts';
import { examine, type Finding } from './doctor/index.ts';
import { look } from './http/index.ts';
import { rfc3339 } from './kernel/index.ts';
import type { Storage } from './storage/index.ts';
import type { Postern } from './wiring.ts';

interface SystemDeps {
  readonly settings: Settings;
  readonly version: string;
  readonly started_at: number;
  readonly storage: Pick<Storage, 'kind' | 'pending_migrations'>;
  readonly tasks: () => readonly TaskState[];
  readonly ready: Readonly<Record<string, () => Promise<boolean>>>;
}

/** What runs here, for an operator who looks. */
export async function system_view({ settings, version, started_at, storage, ready, tasks }: SystemDeps) {
  const checks = (await look(ready)).map(([name, ok]) => ({ name, ok }));
  return {
    ...{ version, node: process.versions.node, issuer: settings.issuer, started_at: rfc3339(started_at) },
    database: { kind: storage.kind, migrated: !(await storage.pending_migrations()) },
    checks,
    operators_organization: settings.operators_organization ?? null,
    settings: shown_settings(settings),
    tasks: tasks().map(({ name, interval_ms, running, last_at, last_ms, error, failures }) => ({
      ...{ name, interval_ms, running, failures, last_ms: last_ms ?? null, error: error ?? null },
      last_at: last_at === undefined ? null : rfc3339(last_at),
    })),
  };
}

/** Somebody waits for it, and so does whatever proxy stands in between. */
const LONGEST_MS = 20_000;

/** What `postern doctor` finds, from inside the broker and in bounded time. */
export const system_checks =
  ({ world: { settings, now }, storage, keys, mailer, organizations }: Postern) =>
  ({ act, partners }: { readonly act: Act; readonly partners: boolean }): Promise<readonly Finding[]> =>
    examine(
      { settings, now, fetch, cores: availableParallelism() },
      { settings, now, storage, keys, mailer, organizations, act, partners, until: AbortSignal.timeout(LONGEST_MS) },
    );
