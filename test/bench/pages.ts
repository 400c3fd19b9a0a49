import { open_chromium, type Visitor } from '../support/chromium.ts';
import { begin, employees } from '../support/demo_walk.ts';
import { start_demo } from '../../scripts/start_demo.ts';

interface PageFigures {
  readonly page: string;
  readonly requests: number;
  /** As sent, headers included. */
  readonly sent_bytes: number;
  /** As the browser holds it. */
  readonly bytes: number;
  readonly first_paint_ms: number;
  readonly elements: number;
}

const FIGURES = `(() => {
  const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const sum = (name) => all.reduce((total, entry) => total + entry[name], 0);
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return { requests: all.length, sent_bytes: sum('transferSize'), bytes: sum('decodedBodySize'), first_paint_ms: paint?.startTime ?? 0, elements: document.querySelectorAll('*').length };
})()`;

/** What the pages of a sign-in weigh, and how soon they are there: each opened anew `count` times in Chromium, the middle of what was measured. */
export async function measure_pages({ count, json }: { count: number; json: boolean }): Promise<void> {
  const demo = await start_demo({ env: { POSTERN_LOG_LEVEL: 'silent', POSTERN_RATE_LIMITS: 'off' }, port: 0 });
  const chromium = await open_chromium();
  try {
    const [, , carol] = employees;
    const pages: readonly (readonly [string, (visitor: Visitor) => Promise<unknown>])[] = [
      [
        'who are you',
        async ({ tab }) => {
          await tab.goto(demo.app_url);
          await tab.getByRole('link', { name: 'Sign in' }).click();
          await tab.waitForURL(/\/login\//);
        },
      ],
      [
        'password',
        async (visitor) => {
          await begin(demo, visitor, carol.email);
          await visitor.tab.waitForURL(/\/password$/);
        },
      ],
      ['nothing here', (visitor) => visitor.tab.goto(`${demo.issuer}/nothing`)],
    ];
    const rows: PageFigures[] = [];
    for (const [page, open] of pages) {
      const measured: Omit<PageFigures, 'page'>[] = [];
      for (let turn = 0; turn < count; turn++) {
        const visitor = await chromium.person();
        await open(visitor);
        await visitor.tab.screenshot(); // what is not looked at is not painted
        measured.push(await visitor.tab.evaluate<Omit<PageFigures, 'page'>>(FIGURES));
        await visitor.context.close();
      }
      measured.sort((a, b) => a.first_paint_ms - b.first_paint_ms);
      const middle = measured[Math.floor(measured.length / 2)];
      if (middle !== undefined) rows.push({ page, ...middle, first_paint_ms: Math.round(middle.first_paint_ms) });
    }
    console.log(json ? JSON.stringify(rows, undefined, 2) : table(rows));
  } finally {
    await chromium.close();
    await demo.stop();
  }
}

const table = (rows: readonly PageFigures[]): string =>
  [
    '| page | requests | bytes | elements | first paint ms |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ page, requests, bytes, elements, first_paint_ms }) => `| ${page} | ${requests} | ${bytes} | ${elements} | ${first_paint_ms} |`,
    ),
  ].join('\n');
