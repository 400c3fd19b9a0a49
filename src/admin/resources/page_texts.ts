import { z } from 'zod';
import { NotFound } from '../../kernel/index.ts';
import { locales, stock_texts } from '../../pages/index.ts';
import { param, type Route } from '../route.ts';
import { named } from '../shapes.ts';

const page_texts = named('page texts', z.object({ locale: z.enum(locales), texts: z.record(z.string(), z.string()) }));

/** What the sign-in pages say, by the name of the message: what `texts` of an app may put in its place. */
export function page_text_routes(): Route[] {
  return [
    {
      ...{ method: 'get', path: '/page-texts/:locale', permission: 'clients.read' },
      summary: 'The stock texts of the sign-in pages in one language',
      answer: { status: 200, shape: page_texts },
      handle(call) {
        const locale = locales.find((one) => one === param(call, 'locale'));
        if (locale === undefined) throw new NotFound('language');
        return Promise.resolve({ status: 200, body: { locale, texts: stock_texts(locale) } });
      },
    },
  ];
}
