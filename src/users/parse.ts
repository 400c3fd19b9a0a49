import type { z } from 'zod';
import { type FieldProblem, InvalidInput } from '../kernel/index.ts';

/** Every wrong field, at most 100; a field that is not known is a problem of its own. */
export const problems_of = (error: z.ZodError): FieldProblem[] =>
  error.issues
    .flatMap((issue): FieldProblem[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: path_of([...issue.path, key]), message: 'is not a field that can be set' }))
        : [{ path: path_of(issue.path), message: issue.message }],
    )
    .slice(0, 100);

const path_of = (path: readonly PropertyKey[]): string => path.map(String).join('.').slice(0, 200);

/** A body as its schema says. @throws InvalidInput 422 with every wrong field */
export function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new InvalidInput('invalid_body', 'Some fields are wrong.', { status: 422, fields: problems_of(result.error) });
}
