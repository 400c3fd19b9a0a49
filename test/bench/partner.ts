import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Page } from '../support/browser.ts';
import { add_connection, add_organization, ldap_settings, oidc_settings, saml_settings } from '../support/tenant.ts';
import type { BrokerProcess } from './broker_process.ts';

export interface Partner {
  readonly protocol: 'oidc' | 'saml' | 'ldap';
  readonly organization: string;
  /** Somebody who can sign in; another one each time. */
  readonly username: string;
  /** Walks from where the broker sent the browser to the app's door. */
  pass(browser: Browser, page: Page): Promise<Page>;
  close(): Promise<void>;
}

const settings = { oidc: oidc_settings, saml: saml_settings, ldap: ldap_settings };

/** Starts a mock partner in a process of its own and connects it to a new organization. */
export async function connect_partner(broker: BrokerProcess, protocol: Partner['protocol']): Promise<Partner> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'partner_process.ts'), protocol], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]; // a line is text
  const mock = JSON.parse(line) as Parameters<typeof oidc_settings>[0] &
    Parameters<typeof saml_settings>[0] &
    Parameters<typeof ldap_settings>[0]; // printed by partner_process
  const tenant = await add_organization(broker, `bench-${protocol}`);
  await add_connection(broker, tenant, settings[protocol](mock));
  let next = 0;
  return {
    protocol,
    organization: tenant.slug,
    get username() {
      next = (next + 1) % 50;
      return `person${next}`;
    },
    async pass(browser, page) {
      let current = page;
      for (let step = 0; step < 5 && current.status !== 299; step++) {
        if (current.status >= 400) throw new Error(`${current.url}: ${current.status}`);
        const [form] = current.forms;
        const asks = form?.by_autocomplete['username'] !== undefined;
        const username = form?.fields[form.by_autocomplete['username'] ?? ''] ?? '';
        current = await browser.submit(current, asks ? { username, 'current-password': `${username}-password` } : {});
      }
      return current;
    },
    async close() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
