import type { Visitor } from './chromium.ts';

/** Of the console all told, uncompressed: what its heaviest screen may fetch. */
export const HEAVIEST_SCREEN = 3 * 1024 * 1024;

/** Somebody at the console, signed in with a key. */
export class Operator {
  readonly visitor: Visitor;
  readonly #issuer: string;

  constructor(visitor: Visitor, issuer: string) {
    this.visitor = visitor;
    this.#issuer = issuer;
  }

  async enter(key: string): Promise<void> {
    const { tab } = this.visitor;
    await tab.goto(`${this.#issuer}/console/`);
    await tab.locator('[autocomplete=current-password]').fill(key);
    await tab.getByRole('button', { name: 'Sign in' }).click();
    await tab.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();
  }

  async open(path: string, heading: string | RegExp): Promise<void> {
    const { tab } = this.visitor;
    await tab.goto(`${this.#issuer}/console${path}`);
    await tab.getByRole('heading', { name: heading }).first().waitFor();
    await tab.waitForLoadState('networkidle');
  }

  /** Opens a screen and checks what every screen promises. */
  async look_at(path: string, heading: string | RegExp, name: string): Promise<void> {
    await this.open(path, heading);
    await this.visitor.look_at(`console_${name}`, { heaviest: HEAVIEST_SCREEN });
  }

  /** The first of that name: an empty list offers once more what stands above it. */
  press(name: string | RegExp): Promise<void> {
    return this.visitor.tab
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();
  }

  type(label: string | RegExp, text: string): Promise<void> {
    return this.visitor.tab.getByLabel(label).first().fill(text);
  }
}
