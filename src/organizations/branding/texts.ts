import { z } from 'zod';
import { locales, text_problem } from '../../pages/index.ts';

const wording = z.record(z.string(), z.string().min(1).max(500));

/** An app's own words on the pages of its sign-ins, by language and by the name of the message; ICU messages with the placeholders of the stock text. */
export const texts = z.partialRecord(z.enum(locales), wording).superRefine((given, context) => {
  for (const [locale, own] of Object.entries(given))
    for (const [key, text] of Object.entries(own)) {
      const message = text_problem(key, text);
      if (message !== undefined) context.addIssue({ code: 'custom', path: [locale, key], message });
    }
});
