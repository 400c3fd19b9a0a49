import { z } from 'zod';

/** What runs here, as it is shown. */
export const system_shape = z.object({
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
export type SystemView = z.output<typeof system_shape>;
