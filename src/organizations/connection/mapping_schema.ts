import { RE2JS } from 're2js';
import { z } from 'zod';
import { plain } from '../parse.ts';

const name = plain(1024);
/** Linear in the length of its input, whatever the pattern: a partner chooses the input. */
const pattern = z.string().min(1).max(512).refine(is_re2, 'is not a pattern in RE2 syntax (no look-around, no back-references)');

const rule = z.union(
  [
    name,
    z
      .strictObject({
        from: z.union([name, z.array(name).min(1).max(20)]).optional(),
        join: z.string().max(64).optional(),
        split: z.string().min(1).max(64).optional(),
        match: pattern.optional(),
        value: plain(1024).optional(),
        required: z.boolean().optional(),
      })
      .refine((given) => given.from !== undefined || given.value !== undefined, 'needs `from`, or `value` for a fixed one')
      .refine((given) => given.from !== undefined || given.match === undefined, { path: ['match'], message: 'needs `from`' }),
  ],
  { error: 'must be the name of an attribute, or {from, join, split, match, value, required} with a `match` in RE2 syntax' },
);

const target = z
  .string()
  .regex(/^(?!__proto__$)[A-Za-z][\w.:/-]{0,127}$/, 'must begin with a letter; letters, digits and _ . : / - follow');

/** Our field, or an attribute of the person, and where it comes from. */
export const attribute_mapping = z.record(target, rule).refine((given) => Object.keys(given).length <= 100, 'at most 100 fields');

function is_re2(text: string): boolean {
  try {
    RE2JS.compile(text);
    return true;
  } catch {
    return false;
  }
}
