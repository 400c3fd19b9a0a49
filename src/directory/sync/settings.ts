import { z } from 'zod';
import type { SyncedConnection } from './deps.ts';

/** Of the settings of the connection, what says when and how carefully; its connector has checked them. */
const settings = z.object({
  enabled: z.boolean().catch(false),
  interval_seconds: z.int().min(1).catch(300),
  brake_percent: z.int().min(1).max(100).catch(20),
});

export const sync_settings = (connection: Pick<SyncedConnection, 'settings'>): z.output<typeof settings> =>
  settings.parse(typeof connection.settings['sync'] === 'object' ? connection.settings['sync'] : {});
