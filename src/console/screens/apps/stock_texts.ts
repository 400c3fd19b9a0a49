/** The languages of the sign-in pages. */
export const text_languages = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'German' },
  { value: 'fr', label: 'French' },
  { value: 'es', label: 'Spanish' },
  { value: 'ja', label: 'Japanese' },
  { value: 'ar', label: 'Arabic' },
] as const;

export type TextLanguage = (typeof text_languages)[number]['value'];

/** Names of messages that somebody may mean: by the beginning of the name or any part of a text. */
export function find_texts(stock: Readonly<Record<string, string>>, own: Readonly<Record<string, string>>, typed: string): string[] {
  const wanted = typed.trim().toLowerCase();
  return Object.keys(stock).filter((name) =>
    [name, stock[name] ?? '', own[name] ?? ''].some((text) => text.toLowerCase().includes(wanted)),
  );
}
