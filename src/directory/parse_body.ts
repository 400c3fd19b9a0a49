import type { z } from 'zod';
import { InvalidInput } from '../kernel/index.ts';

/** A body of the admin API as its schema says. @throws InvalidInput 422 with every wrong field */
export function parse_body<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: key.slice(0, 200), message: 'is not a field that can be set' }))
      : [{ path: issue.path.map(String).join('.'), message: issue.message }],
  );
  throw new InvalidInput('invalid_body', 'Some fields are wrong.', { status: 422, fields });
}
