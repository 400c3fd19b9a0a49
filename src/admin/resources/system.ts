import { z } from 'zod';
import type { ResourceDeps } from '../deps.ts';
import type { Route } from '../route.ts';
import { named } from '../shapes.ts';

const shape = z.object({
  version: z.string(),
  node: z.string(),
  issuer: z.string(),
  /** Of the process that answers. */
  started_at: z.iso.datetime(),
  database: z.object({ kind: z.enum(['sqlite', 'postgres']), migrated: z.boolean() }),
  /** What `/readyz` asks. */
  checks: z.array(z.object({ name: z.string(), ok: z.boolean() })),
  /** Whose people may sign in to the console. */
  operators_organization: z.string().nullable(),
  /** As they are in force; secrets only whether they are set. */
  settings: z.array(
    z.object({ name: z.string(), environment: z.string(), value: z.string().nullable(), summary: z.string(), secret: z.boolean() }),
  ),
});
export type SystemView = z.output<typeof shape>;

/** What runs here, and whether it is in order. */
export const system_routes = ({ system }: ResourceDeps): Route[] => [
  {
    ...{ method: 'get', path: '/system', permission: 'system.read' },
    summary: 'What runs here: version, database, health and settings',
    answer: { status: 200, shape: named('system', shape) },
    handle: async () => ({ status: 200, body: await system() }),
  },
];
