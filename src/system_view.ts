import { shown_settings, type Settings } from './config/index.ts';
import { rfc3339 } from './kernel/index.ts';
import type { Storage } from './storage/index.ts';

interface SystemDeps {
  readonly settings: Settings;
  readonly version: string;
  readonly started_at: number;
  readonly storage: Pick<Storage, 'kind' | 'pending_migrations'>;
  readonly ready: Readonly<Record<string, () => Promise<boolean>>>;
}

/** What runs here, for an operator who looks. */
export async function system_view({ settings, version, started_at, storage, ready }: SystemDeps) {
  const checks = await Promise.all(Object.entries(ready).map(async ([name, check]) => ({ name, ok: await check().catch(() => false) })));
  return {
    ...{ version, node: process.versions.node, issuer: settings.issuer, started_at: rfc3339(started_at) },
    database: { kind: storage.kind, migrated: !(await storage.pending_migrations()) },
    checks,
    operators_organization: settings.operators_organization ?? null,
    settings: shown_settings(settings),
  };
}
