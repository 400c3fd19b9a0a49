import { z } from 'zod';

/** What the reference says of one setting. */
export interface SettingDoc {
  readonly summary: string;
  /** How the default reads in the reference when it is not simply the default text. */
  readonly default_note?: string;
  readonly example?: string;
  /** Never shown, not even in a message about a mistake. */
  readonly secret?: true;
}

/** A value that cannot be taken: what is wrong, and how to mend it. */
export class WrongValue extends Error {
  readonly fix: string;
  constructor(problem: string, fix: string) {
    super(problem);
    this.fix = fix;
  }
}

function reading<Value>(read: (text: string) => Value): z.ZodType<Value, string> {
  return z.string().transform((text, ctx): Value => {
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      ctx.addIssue({ code: 'custom', message: error.message, params: { fix: error.fix } });
      return z.NEVER;
    }
  });
}

/** A setting that always has a value: `fallback` is read like any other text, so a default cannot be a wrong one. */
export function setting<Value>(fallback: string, doc: SettingDoc, read: (text: string) => Value): z.ZodType<Value, string | undefined> {
  return reading(read)
    .prefault(fallback)
    .meta({ ...doc, fallback });
}

/** A setting that may be absent. */
export function optional_setting<Value>(doc: SettingDoc, read: (text: string) => Value): z.ZodType<Value | undefined, string | undefined> {
  return reading(read)
    .optional()
    .meta({ ...doc });
}
