import { Browser, type Form, type Page } from './browser.ts';
import type { TestBroker } from './broker.ts';

/** Somebody behind a set-up link, without script. */
export interface Portal {
  readonly browser: Browser;
  readonly id: string;
  readonly url: string;
  open(path?: string): Promise<Page>;
  /** Fills in the form of a page that goes there, and sends it. */
  send(page: Page, action: string, fields?: Readonly<Record<string, string>>): Promise<Page>;
  /** Opens the page of a form and sends it. */
  fill(path: string, fields?: Readonly<Record<string, string>>, action?: string): Promise<Page>;
}

export async function open_portal(
  broker: Pick<TestBroker, 'api' | 'issuer'>,
  org_id: string,
  body: Readonly<Record<string, unknown>> = {},
  browser = new Browser(),
): Promise<Portal> {
  const { id, url } = await broker.api<{ id: string; url: string }>('POST', `/organizations/${org_id}/setup-links`, body);
  await browser.open(url);
  const portal: Portal = {
    ...{ browser, id, url },
    open: (path = '/setup') => browser.open(`${broker.issuer}${path}`),
    send: (page, action, fields) => browser.submit(page, fields, (form: Form) => form.action === action),
    async fill(path, fields, action = path) {
      return portal.send(await portal.open(path), action, fields);
    },
  };
  return portal;
}

export const heading_of = ({ html }: Page): string => unmarked(/<h1>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? '');
export const alert_of = ({ html }: Page): string => unmarked(/role="alert"[^>]*>([\s\S]*?)<\/div>/.exec(html)?.[1] ?? '');
/** What a person reads in the main part. */
export const main_of = ({ html }: Page): string => unmarked(/<main[^>]*>([\s\S]*?)<\/main>/.exec(html)?.[1] ?? '');

const unmarked = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
