import type { Settings } from './parse.ts';

/** How many processes serve: as set, else one on SQLite and one per core on PostgreSQL. */
export function worker_count(settings: Pick<Settings, 'workers' | 'database'>, cores: number): number {
  return settings.workers ?? (settings.database.kind === 'sqlite' ? 1 : Math.max(1, cores));
}
