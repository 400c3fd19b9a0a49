/** Writes every sign-in page with sample data to a folder, and a picture of each: light, dark, on a phone, from right to left. Usage: `tsx scripts/preview_pages.tsx [folder]`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { sample_frame, sample_pages } from '../test/src/pages/samples.ts';

const folder = process.argv[2] ?? 'preview';
const looks = [
  { name: 'light', locale: 'en', colorScheme: 'light', width: 900 },
  { name: 'dark', locale: 'de', colorScheme: 'dark', width: 900 },
  { name: 'phone', locale: 'ja', colorScheme: 'light', width: 320 },
  { name: 'rtl', locale: 'ar', colorScheme: 'dark', width: 900 },
] as const;

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const look of looks) {
  await mkdir(join(folder, look.name), { recursive: true });
  // The scripts run, except the one that would leave the page.
  const context = await browser.newContext({ colorScheme: look.colorScheme, viewport: { width: look.width, height: 720 } });
  const tab = await context.newPage();
  await tab.route(/^https?:/, (route) => route.abort());
  for (const [name, html] of sample_pages(sample_frame(look.locale))) {
    const file = join(folder, look.name, `${name}.html`);
    await writeFile(file, html);
    const shown = join(folder, look.name, `${name}.shown.html`);
    await writeFile(shown, html.replace(/HTMLFormElement\.prototype\.submit[^<]*/, ''));
    await tab.goto(pathToFileURL(shown).href);
    await tab.screenshot({ path: file.replace('.html', '.png'), fullPage: true });
  }
  await context.close();
}
await browser.close();
