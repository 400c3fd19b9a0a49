import { z } from 'zod';
import type { Named } from './route.ts';

/** `role mapping` is the component `RoleMapping`. */
export const named = (words: string, schema: z.ZodType): Named => ({
  name: words.replaceAll(/(?:^|[ _-])([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  schema,
});

export const listed = (item: Named): Named => ({
  name: `${item.name}List`,
  schema: z.object({ data: z.array(item.schema), next: z.string().nullable() }),
});

/** RFC 9457, with the stable code, every wrong field, and the id of the request. */
export const problem: Named = named(
  'problem',
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    request_id: z.string(),
  }),
);
