import type { z } from 'zod';
import { type FieldProblem, InvalidInput } from '../kernel/index.ts';

/** What a schema found wrong with a body, field by field. */
export const body_problems = ({ issues }: z.ZodError): InvalidInput =>
  invalid_body(
    issues.flatMap(({ path, message, ...issue }): FieldProblem[] => {
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 20) : [];
      if (unknown.length > 0)
        return unknown.map((key) => ({ path: [...path, key].join('.').slice(0, 200), message: 'is not a field that can be set' }));
      return [{ path: path.join('.').slice(0, 200), message }];
    }),
  );

export const invalid_body = (fields: readonly FieldProblem[]): InvalidInput =>
  new InvalidInput('invalid_body', 'Some fields are wrong.', { status: 422, fields: fields.slice(0, 100) });
