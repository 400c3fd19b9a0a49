import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** WCAG 2.2, 1.4.10 names 320 CSS pixels; 640 is a common screen at 200 %. */
const PHONE = { width: 320, height: 640 };
const ZOOMED = { width: 640, height: 400 };
const DESK = { width: 1280, height: 800 };
const HEAVIEST_PAGE = 30 * 1024;

export interface Chromium {
  /** A browser of one more person: no cookie, no history. */
  person(options?: BrowserContextOptions): Promise<Visitor>;
  close(): Promise<void>;
}

/** Debian's Chromium, without a window. */
export async function open_chromium(): Promise<Chromium> {
  const browser: Browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
  const folder = process.env['POSTERN_SCREENSHOTS'] ?? join(tmpdir(), 'postern-screens');
  return {
    async person(options = {}) {
      const context = await browser.newContext({ viewport: DESK, locale: 'en-GB', reducedMotion: 'reduce', ...options });
      context.setDefaultTimeout(15_000);
      return new Visitor(context, await context.newPage(), folder);
    },
    close: () => browser.close(),
  };
}

interface Seen {
  readonly faults: string[];
  readonly hosts: Set<string>;
}

/** What every tab of a browser complains about, and whom it asks. */
function watch(context: BrowserContext): Seen {
  const seen: Seen = { faults: [], hosts: new Set() };
  context.on('request', (request) => seen.hosts.add(new URL(request.url()).host));
  context.on('console', (message) => {
    // an error page is an answer with a status, which the console repeats
    const status_only = message.text().startsWith('Failed to load resource: the server responded with a status of');
    if (!status_only && message.type() === 'error') seen.faults.push(message.text());
  });
  context.on('weberror', (error) => seen.faults.push(error.error().message));
  return seen;
}

/** One person at a browser, who notices what should not be: refused scripts and styles, errors, requests to strangers. */
export class Visitor {
  readonly context: BrowserContext;
  readonly tab: Page;
  readonly #folder: string;
  readonly #seen: Seen;

  constructor(context: BrowserContext, tab: Page, folder: string, seen = watch(context)) {
    this.context = context;
    this.tab = tab;
    this.#folder = folder;
    this.#seen = seen;
  }

  async another_tab(): Promise<Visitor> {
    return new Visitor(this.context, await this.context.newPage(), this.#folder, this.#seen);
  }

  /** Fails for whatever the browser complained about, and for requests to anybody but these. */
  assert_nothing_noticed(known: readonly string[]): void {
    assert.deepEqual(this.#seen.faults, []);
    const hosts = known.map((url) => new URL(url).host);
    assert.deepEqual(
      [...this.#seen.hosts].filter((host) => host !== '' && !hosts.includes(host)),
      [],
      'requests to strangers',
    );
  }

  /** Does this, checks that nothing was noticed, and closes. A walk that fails leaves a picture of where. */
  async walk(known: readonly string[], walk: (visitor: this) => Promise<void>): Promise<void> {
    try {
      await walk(this);
      this.assert_nothing_noticed(known);
    } catch (error) {
      await this.picture(
        `failed_${this.tab
          .url()
          .replaceAll(/[^a-z0-9]+/gi, '_')
          .slice(0, 80)}`,
      );
      throw error;
    } finally {
      await this.context.close();
    }
  }

  heading(): Promise<string> {
    return this.tab.locator('h1').innerText();
  }

  /** What every page promises: axe content in both colour schemes, no sideways scrolling on a phone, zoomed or in large letters, light. Leaves pictures. */
  async look_at(name: string, options: { readonly heaviest?: number } = {}): Promise<void> {
    const { tab } = this;
    for (const scheme of ['light', 'dark'] as const) {
      await tab.emulateMedia({ colorScheme: scheme });
      await this.picture(`${name}.${scheme}`);
      const { violations } = await new AxeBuilder({ page: tab })
        .setLegacyMode(true)
        .options({ rules: { 'target-size': { enabled: true } } })
        .analyze();
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
      assert.deepEqual(told, [], `axe about ${name}, ${scheme}`);
    }
    for (const [size, view] of Object.entries({ phone: PHONE, zoomed: ZOOMED })) {
      await tab.setViewportSize(view);
      if (size === 'phone') await this.picture(`${name}.phone`);
      assert.ok((await this.#width()) <= view.width, `${name} scrolls sideways: ${size}`);
    }
    await tab.evaluate('document.documentElement.style.fontSize = "200%"');
    assert.ok((await this.#width()) <= ZOOMED.width, `${name} scrolls sideways in large letters`);
    await tab.evaluate('document.documentElement.style.fontSize = ""');
    await tab.setViewportSize(DESK);
    await tab.emulateMedia({ colorScheme: 'light' });
    const weight = await tab.evaluate<number>(
      '[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0)',
    );
    assert.ok(weight > 0 && weight <= (options.heaviest ?? HEAVIEST_PAGE), `${name} weighs ${weight} bytes`);
  }

  async picture(name: string, { whole = true } = {}): Promise<void> {
    await this.tab.screenshot({ path: join(this.#folder, `${name}.png`), fullPage: whole });
  }

  /** Goes on with the Tab key to the control of this name; each stop on the way must show that it has the focus. */
  async tab_to(name: string | RegExp): Promise<void> {
    const { tab } = this;
    for (let stop = 0; stop < 40; stop++) {
      const focus = await tab.evaluate<{ name: string; shown: boolean } | null>(FOCUS);
      if (focus !== null) {
        assert.ok(focus.shown, `the focus on "${focus.name}" is seen`);
        if (typeof name === 'string' ? focus.name === name : name.test(focus.name)) return;
      }
      await tab.keyboard.press('Tab');
    }
    assert.fail(`the keyboard does not reach ${String(name)}`);
  }

  #width(): Promise<number> {
    return this.tab.evaluate<number>('document.documentElement.scrollWidth');
  }
}

/** The name of what has the focus, and whether it can be seen there: an outline, within the window. */
const FOCUS = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight && box.width > 1;
  const name = at.labels?.[0]?.textContent ?? at.getAttribute('aria-label') ?? at.textContent ?? '';
  return { name: name.trim(), shown: seen && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 };
})()`;
