import type { Locale } from '../../locale.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en, type MailMessages } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';

export const mail_catalogues: Readonly<Record<Locale, MailMessages>> = { en, de, fr, es, ja, ar };
