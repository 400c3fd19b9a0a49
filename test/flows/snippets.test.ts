import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { snippet } from '../../src/console/screens/apps/snippets.ts';
import { Browser } from '../support/browser.ts';
import { type Installation, start_installation } from '../support/installation.ts';
import { arrive } from '../support/relying_party.ts';
import { sign_in } from '../support/sign_in.ts';
import { add_client } from '../support/tenant.ts';

type Run = (client: object, process: object, come_back: (url: URL) => Promise<string>) => Promise<Record<string, unknown>>;

/** The lines for Node as they are copied: the import given, the way of the browser filled in, and what they end with handed out. */
function runnable(text: string, result: string): Run {
  const lines = text.replace(/^import .*$/m, '').replace('new URL(request_url)', 'new URL(await come_back(url))');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the lines are what is tried
  return new Function('client', 'process', 'come_back', `return (async () => {${lines}\nreturn ${result}; })()`) as Run; // made here
}

/** The library, on a machine without a certificate. */
const library = {
  ...client,
  discovery: (server: URL, id: string, metadata: undefined, auth: client.ClientAuth) =>
    client.discovery(server, id, metadata, auth, {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out: this machine has no certificate
      execute: [client.allowInsecureRequests],
    }),
};

describe('the lines that the console gives for Node', () => {
  let at: Installation;
  before(async () => {
    at = await start_installation();
  });
  after(() => at?.stop());

  it('sign a person in, with a secret and without', async () => {
    const without = await add_client(at.broker, { token_endpoint_auth_method: 'none', grant_types: ['authorization_code'] });
    for (const { client_id, client_secret } of [{ client_id: at.client_id, client_secret: at.client_secret }, without]) {
      const secret = client_secret !== undefined && client_secret !== '';
      const of = { issuer: at.broker.issuer, client_id, redirect_uri: at.app.redirect_uri, machine: false, secret };
      const run = runnable(snippet('Node', of), '{ sub, org_id, email, groups }');
      const claims = await run(library, { env: { CLIENT_SECRET: client_secret } }, async (url) => {
        const browser = new Browser();
        url.searchParams.set('organization', 'acme');
        return (await sign_in(browser, await arrive(browser, at.app, url.href), at.ann)).url;
      });
      assert.equal(claims['org_id'], at.acme.org_id);
      assert.equal(claims['email'], 'ann@acme.example');
      assert.deepEqual(claims['groups'], ['Finance', 'Staff']);
    }
  });

  it('fetch a token for a machine', async () => {
    await at.broker.api('POST', '/resources', { identifier: 'https://api.example.com', name: 'API', scopes: [] });
    const machine = await add_client(at.broker, {
      ...{ grant_types: ['client_credentials'], response_types: [], redirect_uris: [], allowed_resources: ['https://api.example.com'] },
    });
    const of = { issuer: at.broker.issuer, client_id: machine.client_id, redirect_uri: '', machine: true, secret: true };
    const run = runnable(snippet('Node', of), '{ access_token }');
    const { access_token } = await run(library, { env: { CLIENT_SECRET: machine.client_secret } }, () => Promise.resolve(''));
    assert.equal(typeof access_token, 'string');
  });
});
