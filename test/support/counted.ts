import type { Locator } from 'playwright-core';

/** Somebody's way, counted: what is clicked, what is typed, and what it was called. */
export class Counted {
  readonly lines: string[] = [];
  clicks = 0;
  typed = 0;

  async click(what: string, control: Locator): Promise<void> {
    await control.click();
    this.clicks++;
    this.lines.push(`Press **${what}**`);
  }

  async type(what: string, field: Locator, text: string): Promise<void> {
    await field.fill(text);
    this.typed++;
    this.lines.push(`Type ${what}`);
  }

  /** A form that is sent by the Enter key is no click more. */
  async enter(what: string, field: Locator, text: string): Promise<void> {
    await this.type(what, field, text);
    await field.press('Enter');
  }
}
