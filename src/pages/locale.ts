/** Languages of the sign-in pages, the first is the last resort. */
export const locales = ['en', 'de', 'fr', 'es', 'ja', 'ar'] as const;
export type Locale = (typeof locales)[number];

export interface LocaleWishes {
  /** OIDC `ui_locales`: language tags by preference, separated by spaces. */
  readonly ui_locales?: string | undefined;
  /** The header `Accept-Language` (RFC 9110, 12.5.4). */
  readonly accept_language?: string | undefined;
  /** The organization's own default. */
  readonly fallback?: string | undefined;
}

/** Longest header or parameter that is looked at: both come from anybody. */
const longest = 1000;

/** The language to speak: `ui_locales`, then the browser's, then the organization's, then English. Never fails. */
export function pick_locale(wishes: LocaleWishes): Locale {
  const tags = [
    ...(wishes.ui_locales ?? '').slice(0, longest).split(/\s+/),
    ...accepted(wishes.accept_language ?? ''),
    wishes.fallback ?? '',
  ];
  for (const tag of tags) {
    const language = tag.trim().toLowerCase().split(/[-_]/)[0];
    const found = locales.find((locale) => locale === language);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** The writing direction of a language. */
export function direction(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'ar' ? 'rtl' : 'ltr';
}

function accepted(header: string): string[] {
  return header
    .slice(0, longest)
    .split(',')
    .map((item) => {
      const [tag = '', ...parameters] = item.split(';').map((part) => part.trim());
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      const quality = q === undefined ? 1 : Number(q.slice(2));
      return { tag, quality: Number.isFinite(quality) ? quality : 0 };
    })
    .filter((item) => item.quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map((item) => item.tag);
}
