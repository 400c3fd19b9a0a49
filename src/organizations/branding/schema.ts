import { z } from 'zod';
import { locales } from '../../pages/index.ts';
import { plain, web_uri } from '../parse.ts';
import { is_picture_path, read_picture } from './picture.ts';

const logo = z.string().superRefine((text, context) => {
  const problem = is_picture_path(text) ? undefined : read_picture(text);
  if (typeof problem === 'string') context.addIssue({ code: 'custom', message: problem });
});

/** How an organization, or an app, presents itself on sign-in pages. Data only: nothing in it is ever markup, style or script. */
export const branding = z
  .strictObject({
    accent: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0a5bd3'),
    /** In: a picture as a `data:` address; out: where it is served. */
    logo,
    /** For dark mode. */
    logo_dark: logo,
    /** The language of pages for people whose browser speaks none of ours. */
    locale: z.enum(locales),
    support_contact: plain(255),
    support_url: web_uri,
    privacy_url: web_uri,
    terms_url: web_uri,
    password_reset_url: web_uri,
  })
  .partial()
  // absent is absent: a row holds texts only
  .transform((given) => Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))));

export type Branding = z.output<typeof branding>;
