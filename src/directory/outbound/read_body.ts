import type { z } from 'zod';
import { type FieldProblem, InvalidInput } from '../../kernel/index.ts';

/** A body as its schema says; nothing at all is an empty one. @throws InvalidInput 422 with every wrong field */
export function read_body<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body === undefined ? {} : body);
  if (result.success) return result.data;
  const fields = result.error.issues.flatMap((issue): FieldProblem[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key].map(String).join('.'), message: 'is not a field that can be set' }))
      : [{ path: issue.path.map(String).join('.'), message: issue.message }],
  );
  throw new InvalidInput('invalid_body', 'Some fields are wrong.', { status: 422, fields: fields.slice(0, 100) });
}
