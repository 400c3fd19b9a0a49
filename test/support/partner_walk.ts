import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type App, app_paths, start_app } from '../../examples/node/app.ts';
import { start_broker, type TestBroker } from './broker.ts';
import type { Visitor } from './chromium.ts';
import { free_port } from './free_port.ts';
import { add_client } from './tenant.ts';

/** A broker with nothing in it but the vendor's sample app, and name servers that partners can write to. */
export interface Vendor {
  readonly broker: TestBroker;
  readonly app: App;
  /** TXT records by name. */
  readonly names: Map<string, string>;
  stop(): Promise<void>;
}

export async function start_vendor(): Promise<Vendor> {
  const names = new Map<string, string>();
  const resolve_txt = async (name: string): Promise<string[][]> => {
    const text = names.get(name);
    if (text === undefined) throw Object.assign(new Error(`queryTxt ENODATA ${name}`), { code: 'ENODATA' });
    return [[text]];
  };
  const broker = await start_broker({ POSTERN_RATE_LIMITS: 'off' }, { resolve_txt });
  const port = await free_port();
  const registered = await add_client(broker, { redirect_uris: [`http://localhost:${port}${app_paths.callback}`] });
  const app = await start_app({ issuer: broker.issuer, ...registered, port, host: '127.0.0.1' });
  return {
    ...{ broker, app, names },
    async stop() {
      await app.close();
      await broker.stop();
    },
  };
}

/** Types a name and a password into whatever asks for them: a partner's page, or ours. */
export type GivePassword = (tab: Page) => Promise<void>;

/** Somebody who administers a partner, behind a set-up link. */
export class Invited {
  readonly #vendor: Vendor;
  readonly #visitor: Visitor;
  readonly #give_password: GivePassword;

  constructor(vendor: Vendor, visitor: Visitor, give_password: GivePassword) {
    this.#vendor = vendor;
    this.#visitor = visitor;
    this.#give_password = give_password;
  }

  /** The organization, its link, and the first page of it. */
  async open(slug: string, name: string): Promise<void> {
    const { broker } = this.#vendor;
    const { id } = await broker.api<{ id: string }>('POST', '/organizations', { slug, name });
    const { url } = await broker.api<{ url: string }>('POST', `/organizations/${id}/setup-links`, { steps: ['domain', 'connection'] });
    await this.#visitor.tab.goto(url);
    assert.equal(await this.#visitor.heading(), `Connect ${name}`);
  }

  /** Copies the record from the page into the DNS. */
  async prove(domain: string): Promise<void> {
    const { tab } = this.#visitor;
    await tab.getByRole('link', { name: 'Begin' }).click();
    await tab.getByLabel('Domain').fill(domain);
    await tab.getByRole('button', { name: 'Add' }).click();
    await tab.getByText('No TXT record at this name yet').waitFor();
    this.#vendor.names.set(await tab.locator('#name-0').innerText(), await tab.locator('#value-0').innerText());
    await tab.getByRole('button', { name: 'Check now' }).click();
    await tab.getByText('Proven', { exact: true }).waitFor();
    await this.go_on();
  }

  /** Comes to the guide of this vendor. */
  async choose(name: string): Promise<void> {
    const { tab } = this.#visitor;
    await tab.getByRole('button', { name, exact: true }).click();
    await tab.getByRole('button', { name: 'Done: give us your side' }).waitFor();
  }

  /** Gives the partner's side; answers what was understood. */
  async give(fields: Readonly<Record<string, string>>): Promise<string> {
    const { tab } = this.#visitor;
    await tab.goto(`${this.#vendor.broker.issuer}/setup/connection`);
    for (const [name, text] of Object.entries(fields)) await tab.locator(`#${name}`).fill(text);
    await tab.getByRole('button', { name: 'Check and save' }).click();
    await tab.getByRole('heading', { name: 'What we understood' }).or(tab.getByRole('alert')).first().waitFor();
    return tab.locator('main').innerText();
  }

  /** A whole test sign-in in its own tab; answers what the page says to which it returns. The tab behind it says the same. */
  async try_it(expected: 'The test passed' | 'The test did not pass'): Promise<string> {
    const { tab, context } = this.#visitor;
    const { issuer } = this.#vendor.broker;
    if (tab.url() !== `${issuer}/setup/test`) await tab.goto(`${issuer}/setup/test`);
    const opened = context.waitForEvent('page');
    await tab.getByRole('button', { name: /^Try/ }).click();
    const other = await opened;
    const password = other.locator('input[type=password]');
    // the partner may know the browser still, or never ask
    await password.or(other.getByRole('heading', { name: 'Try it' })).waitFor();
    if (await password.isVisible()) await this.#give_password(other);
    await other.waitForURL(`${issuer}/setup/test`);
    await other.getByRole('heading', { name: expected }).waitFor();
    const told = await other.locator('main').innerText();
    await other.close();
    await tab.getByRole('heading', { name: expected }).waitFor();
    return told;
  }

  async switch_on(name: string): Promise<void> {
    const { tab } = this.#visitor;
    await this.go_on();
    await tab.getByRole('button', { name: 'Switch it on' }).click();
    await tab.getByRole('heading', { name: `${name} is connected` }).waitFor();
  }

  go_on(): Promise<void> {
    return this.#visitor.tab.getByRole('link', { name: 'Continue', exact: true }).click();
  }
}

/** An employee at the vendor's sample app: says an e-mail address, signs in where that leads, and is greeted. */
export async function arrives({ app }: Vendor, { tab }: Visitor, email: string, give_password: GivePassword): Promise<string> {
  await tab.goto(app.url);
  await tab.getByRole('link', { name: 'Sign in' }).click();
  await tab.locator('[autocomplete=username]').fill(email);
  await tab.locator('[autocomplete=username]').press('Enter');
  await tab.locator('input[type=password]').waitFor();
  await give_password(tab);
  await tab.waitForURL(`${app.url}/`);
  return tab.locator('main').innerText();
}
