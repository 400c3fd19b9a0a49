import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from './locale.ts';
import { ar } from './messages/ar.ts';
import { de } from './messages/de.ts';
import { en, type MessageKey, type Messages } from './messages/en.ts';
import { es } from './messages/es.ts';
import { fr } from './messages/fr.ts';
import { ja } from './messages/ja.ts';

export const catalogues: Readonly<Record<Locale, Messages>> = { en, de, fr, es, ja, ar };

/** An app's own wording: ICU messages by key, plain text. */
export type TextOverrides = Readonly<Partial<Record<MessageKey, string>>>;
export type Values = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, values?: Values) => string;

/** Speaks one language; an override that cannot be formatted gives way to the stock text, so a typing mistake never takes a page down. */
export function translator(locale: Locale, overrides: TextOverrides = {}): Translate {
  return (key, values = {}) => {
    const own = Object.hasOwn(overrides, key) ? overrides[key] : undefined;
    if (own !== undefined) {
      try {
        return format(own, locale, values);
      } catch {
        // Falls through to the stock text.
      }
    }
    return format(catalogues[locale][key], locale, values);
  };
}

/** What a language says when nobody says otherwise, by the name of the message. */
export const stock_texts = (locale: Locale): Messages => catalogues[locale];

/** What is wrong with an app's own wording of a message; undefined when it can be shown. */
export function text_problem(key: string, text: string): string | undefined {
  if (!Object.hasOwn(en, key)) return 'is not the name of a message';
  try {
    const known = placeholders(en[key as MessageKey]); // own properties are the keys
    const unknown = [...placeholders(text)].find((name) => !known.has(name));
    return unknown === undefined ? undefined : `{${unknown}} is not known here`;
  } catch {
    return 'is not an ICU message: look at its braces';
  }
}

/** A part of a parsed message: of type 0 it is literal text, of 7 a #. */
interface Element {
  readonly type: number;
  readonly value?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly unknown[] }>>;
}

function placeholders(message: string): Set<string> {
  const names = new Set<string>();
  const walk = (elements: readonly unknown[]): void => {
    const parsed = elements as readonly Element[]; // as formatjs parses a message
    for (const element of parsed) {
      if (element.type !== 0 && element.type !== 7 && element.value !== undefined) names.add(element.value);
      for (const option of Object.values(element.options ?? {})) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst());
  return names;
}

/** A moment in the words of the language, in UTC: the server does not know the person's zone. */
export function moment(locale: Locale, time: Date): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(time).concat(' UTC');
}

function format(message: string, locale: Locale, values: Values): string {
  // A text without placeholders needs no parser; most of a page is such.
  if (!/[{'#]/.test(message)) return message;
  return String(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).format(values));
}
