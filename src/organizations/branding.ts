import { z } from 'zod';
import { plain, web_uri } from './parse.ts';

/** How an organization presents itself on its sign-in pages. Data only: nothing in it is ever markup, style or script. */
export const branding = z
  .strictObject({
    accent: z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0a5bd3'),
    support_contact: plain(255),
    support_url: web_uri,
    privacy_url: web_uri,
    terms_url: web_uri,
    password_reset_url: web_uri,
  })
  .partial()
  // absent is absent: a row holds texts only
  .transform((given) => Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))));
