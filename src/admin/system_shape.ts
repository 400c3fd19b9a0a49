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
  /** What this process does again and again: how the last turn of each went. */
  tasks: z.array(
    z.object({
      name: z.string(),
      interval_ms: z.int(),
      running: z.boolean(),
      last_at: z.iso.datetime().nullable(),
      last_ms: z.int().nullable(),
      /** Of the last turn. */
      error: z.string().nullable(),
      failures: z.int(),
    }),
  ),
  /** As they are in force; secrets only whether they are set. */
  settings: z.array(
    z.object({ name: z.string(), environment: z.string(), value: z.string().nullable(), summary: z.string(), secret: z.boolean() }),
  ),
});
export type SystemView = z.output<typeof system_shape>;

/** What was looked at, and how to mend what is not in order. */
export const system_checks_shape = z.object({
  /** Whether partners were contacted. */
  partners: z.boolean(),
  checked_at: z.iso.datetime(),
  problems: z.int(),
  warnings: z.int(),
  findings: z.array(
    z.object({ name: z.string(), level: z.enum(['ok', 'warning', 'problem']), detail: z.string(), fix: z.string().nullable() }),
  ),
});
export type Checks = readonly {
  readonly name: string;
  readonly level: 'ok' | 'warning' | 'problem';
  readonly detail: string;
  readonly fix?: string;
}[];
