import { z } from 'zod';
import type { Named } from './route.ts';

/** `role mapping` is the component `RoleMapping`. */
export function named(words: string, schema: z.ZodType): Named {
  const name = words.replaceAll(/(?:^|[ _-])([A-Za-z])/g, (_, letter: string) => letter.toUpperCase());
  return with_id(name, schema);
}

const with_id = (name: string, schema: z.ZodType): Named => ({ name, schema: schema.meta({ id: name }) });

export const listed = (item: Named): Named =>
  with_id(`${item.name}List`, z.object({ data: z.array(item.schema), next: z.string().nullable() }));

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
