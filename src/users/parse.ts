import type { z } from 'zod';
import { type FieldProblem, InvalidInput } from '../kernel/index.ts';

export const problems_of = (error: z.ZodError): FieldProblem[] =>
  error.issues.slice(0, 100).map((issue) => ({
    path: [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 10) : [])].join('.').slice(0, 200),
    message: issue.code === 'unrecognized_keys' ? 'is not a field that can be set' : issue.message,
  }));

/** A body as its schema says. @throws InvalidInput 422 with every wrong field */
export function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new InvalidInput('invalid_body', 'Some fields are wrong.', { status: 422, fields: problems_of(result.error) });
}
