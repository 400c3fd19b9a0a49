import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { start_oidc_provider } from '../../scripts/partners/oidc_provider.ts';
import { ACCOUNTS, BASE, PASSWORD, start_openldap } from '../../scripts/partners/openldap.ts';
import { start_simplesamlphp, USERS } from '../../scripts/partners/simplesamlphp.ts';
import { free_port } from '../support/free_port.ts';
import { type Chromium, open_chromium, type Visitor } from '../support/chromium.ts';
import { arrives, type GivePassword, Invited, start_vendor, type Vendor } from '../support/partner_walk.ts';

describe('a partner sets itself up in a browser, with the real server', () => {
  let vendor: Vendor;
  let chromium: Chromium;
  before(async () => {
    vendor = await start_vendor();
    chromium = await open_chromium();
  });
  after(async () => {
    await chromium?.close();
    await vendor?.stop();
  });

  const walk = async (partner_urls: readonly string[], work: (visitor: Visitor) => Promise<void>): Promise<void> =>
    (await chromium.person()).walk([vendor.broker.issuer, vendor.app.url, ...partner_urls], work);
  /** Everything that a person must read, in any order. */
  const reads = (told: string, ...words: readonly string[]): void => {
    for (const word of words) assert.ok(told.includes(word), `"${word}" in:\n${told}`);
  };

  it('SimpleSAMLphp: wrong audience, wrong certificate, no e-mail; mended, switched on, and an employee signs in', async () => {
    const partner = await start_simplesamlphp({ sp_metadata: [] });
    const student: GivePassword = async (tab: Page) => {
      await tab.locator('#username').fill('student');
      await tab.locator('#password').fill(USERS.student);
      await tab.locator('#password').press('Enter');
    };
    try {
      await walk([partner.metadata_url], async (visitor) => {
        const { tab } = visitor;
        const invited = new Invited(vendor, visitor, student);
        await invited.open('university', 'University');
        await invited.prove('partner.example');
        await invited.choose('Any other SAML 2.0 identity provider: SAML');
        // what SimpleSAMLphp's administrator does with our metadata
        const ours = (await tab.getByRole('link', { name: 'Our metadata (XML)' }).getAttribute('href')) ?? '';
        const sp_metadata = [await (await fetch(ours)).text()];
        partner.configure({ sp_metadata });
        reads(await invited.give({ metadata_url: partner.metadata_url }), 'What we understood', partner.entity_id);
        await invited.go_on();
        await tab.getByRole('checkbox', { name: /no e-mail/ }).check();
        await tab.getByRole('button', { name: 'Save and go on' }).click();

        partner.configure({ sp_metadata, audience: 'https://another-app.example' });
        reads(
          await invited.try_it('The test did not pass'),
          ...['Audience Failed', 'the assertion is for https://another-app.example, not for', 'its audience is not ours'],
          ...['What to change', 'into Entity ID (our entry at the identity provider)', 'What the refused message says (not verified)'],
        );
        partner.configure({ sp_metadata, rollover: 'done' });
        reads(
          await invited.try_it('The test did not pass'),
          ...[
            'Signature Failed',
            'not made by any certificate of this connection',
            'signs with another certificate than those that are known',
          ],
          'Read its metadata again',
        );
        // saved once more, the metadata is read again, and with it the certificate that signs now
        reads(await invited.give({}), 'CN=simplesamlphp next');
        partner.configure({ sp_metadata, rollover: 'done', withheld: ['mail'] });
        reads(
          await invited.try_it('The test did not pass'),
          ...['Attributes Failed', 'missing: email; sent were: uid, givenName, sn, displayName, groups'],
          ...['Your side must send what the mapping requires', 'Where in your identity provider', 'Release it to us'],
        );
        partner.configure({ sp_metadata, rollover: 'done' });
        reads(await invited.try_it('The test passed'), 'student@partner.example', 'Everything that was looked at is as it should be');
        await invited.switch_on('University');
      });
      await walk([partner.metadata_url], async (visitor) => {
        reads(await arrives(vendor, visitor, 'student@partner.example', student), 'Hello, Stu Dent', 'University', '(verified)');
      });
    } finally {
      await partner.dispose();
    }
  });

  it('OpenLDAP: authority missing, wrong password, wrong base DN; mended, switched on, and an employee signs in on our page', async () => {
    const slapd = await start_openldap();
    const alice: GivePassword = async (tab) => {
      await tab.locator('[autocomplete=username]').fill('alice');
      await tab.locator('input[type=password]').fill(PASSWORD);
      await tab.locator('input[type=password]').press('Enter');
    };
    const good = {
      urls: `ldaps://localhost:${slapd.tls_port}`,
      ca_pem: slapd.ca_pem,
      bind_dn: ACCOUNTS.gateway.dn,
      bind_password: ACCOUNTS.gateway.password,
      base_dn: BASE,
    };
    try {
      await walk([], async (visitor) => {
        const invited = new Invited(vendor, visitor, alice);
        await invited.open('acme', 'Acme');
        await invited.prove('acme.example');
        await invited.choose('OpenLDAP: LDAP');
        reads(
          await invited.give({ ...good, ca_pem: '' }),
          ...['Connection to the server Failed', 'is not trusted (SELF_SIGNED_CERT_IN_CHAIN)', 'Where in OpenLDAP'],
          'Put the certificate of the authority that signed the server’s into your own certificate authority.',
        );
        reads(await invited.try_it('The test did not pass'), 'Connection to the server Failed', 'is not trusted');
        reads(
          await invited.give({ ...good, bind_password: 'not this one' }),
          ...['Service account Failed', 'invalidCredentials (49)', 'Check the service account and its password', 'Try ldapwhoami'],
        );
        reads(await invited.try_it('The test did not pass'), 'Service account Failed', 'Check the service account', 'Try ldapwhoami');
        reads(
          await invited.give({ ...good, base_dn: 'dc=other,dc=example' }),
          ...['Base DN Failed', 'This base does not exist', 'The base DN is not one of this directory', 'namingContexts'],
        );
        reads(await invited.try_it('The test did not pass'), 'This base does not exist', 'The base DN is not one of this directory');
        reads(await invited.give(good), 'it matches people under the base', 'people have one');
        reads(await invited.try_it('The test passed'), 'alice@acme.example', 'engineering', 'all-staff');
        await invited.switch_on('Acme');
      });
      await walk([], async (visitor) => {
        reads(await arrives(vendor, visitor, 'alice@acme.example', alice), 'Hello, alice Tester', 'all-staff');
      });
    } finally {
      await slapd.stop();
    }
  });

  it('oidc-provider: issuer in odd forms, a wrong one, a wrong secret; mended, switched on, and an employee signs in', async () => {
    const SECRET = 'a secret of forty characters or even more';
    const port = await free_port();
    let partner = await start_oidc_provider({ port, clients: [] });
    const bob: GivePassword = async (tab) => {
      await tab.locator('[name=login]').fill('bob');
      await tab.locator('input[type=password]').fill('any');
      await tab.locator('input[type=password]').press('Enter');
      // its question whether we may know who this is
      await tab.getByRole('button', { name: 'Continue' }).click();
    };
    // letters that the partner's own page asks a stranger for
    const letters = 'https://fonts.googleapis.com';
    const without_letters = async ({ context }: Visitor): Promise<void> => {
      await context.route(`${letters}/**`, (route) => route.fulfill({ contentType: 'text/css', body: '' }));
    };
    try {
      await walk([partner.issuer, letters], async (visitor) => {
        await without_letters(visitor);
        const { tab } = visitor;
        const invited = new Invited(vendor, visitor, bob);
        await invited.open('globex', 'Globex');
        await invited.prove('globex.example');
        await invited.choose('Any other OpenID Connect provider: OpenID Connect');
        const redirect_uri = await tab.locator('code', { hasText: '/callback' }).first().innerText();
        await partner.stop();
        const client = { client_id: 'postern', client_secret: SECRET, redirect_uris: [redirect_uri] };
        partner = await start_oidc_provider({ port, clients: [client] });
        const give = (issuer: string, client_secret = SECRET) => invited.give({ issuer, client_id: 'postern', client_secret });
        reads(await give(`${partner.issuer}/tenants/one`), 'answered 404. Check the issuer', 'Nothing was changed');
        reads(await give('http://127.0.0.1:9'), 'cannot be reached', 'Nothing was changed');
        const pasted = [
          ...[`${partner.issuer}/`, `  ${partner.issuer}/.well-known/openid-configuration `, partner.issuer.replace('http', 'HTTP')],
          ...[`<${partner.issuer}>`, `"${partner.issuer}/"`],
        ];
        for (const odd of pasted) {
          reads(await give(odd, 'not the secret of this client'), 'What we understood', 'Discovery document OK');
          assert.equal(await tab.locator('#issuer').inputValue(), partner.issuer, odd);
        }
        reads(
          await invited.try_it('The test did not pass'),
          ...['How we prove who we are Failed', 'invalid_client', 'enter the secret again', 'Copy the client secret again'],
        );
        reads(await give(partner.issuer), 'What we understood');
        reads(await invited.try_it('The test passed'), 'bob@partner.example');
        await invited.switch_on('Globex');
      });
      await walk([partner.issuer, letters], async (visitor) => {
        await without_letters(visitor);
        reads(await arrives(vendor, visitor, 'bob@globex.example', bob), 'Hello, bob Тест', 'Globex');
      });
    } finally {
      await partner.stop();
    }
  });
});
