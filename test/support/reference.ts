import type { Page } from './browser.ts';

/** The reference that a person reads on an error page. */
export function reference_of(page: Page): string {
  const found = /id="reference"[^>]*>\s*([^<\s]+)\s*</.exec(page.html)?.[1];
  if (found === undefined) throw new Error(`no reference on ${page.url} (${page.status}): ${page.html.slice(0, 1000)}`);
  return found;
}
