import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Tools } from '../../../connectors/connector.ts';
import { type MockOidc, start_mock_oidc } from '../../../src/mock/oidc/index.ts';
import { type Egress, make_egress } from '../../../src/http/egress/index.ts';
import { Browser } from '../../support/browser.ts';
import { at_provider, new_handle, noted_call, oidc_tools, open_oidc } from '../../support/oidc_connector.ts';
import { person } from '../../support/people.ts';

const ann = person('ann');

/** Where a partner's administrator may point us to. */
const INSIDE = [
  'http://169.254.169.254/latest/meta-data/',
  'http://10.0.0.1/',
  'http://[::1]:1/',
  'http://[::ffff:10.0.0.1]/',
  'http://0.0.0.0/',
  'http://0x0a000001/',
  'http://167772161/',
  'http://metadata.google.internal/',
];

describe('what a provider names is asked over the guarded way out', () => {
  let mock: MockOidc;
  let egress: Egress;
  let asked: string[] = [];
  const fetch: Tools['fetch'] = (url, request) => {
    asked.push(url);
    return egress.fetch(url, request);
  };
  before(async () => {
    mock = await start_mock_oidc({ people: [ann] });
    // the port of the mock and nothing else is reachable; names that exist nowhere lie inside
    const lookup = async () => [{ address: '10.1.2.3', family: 4 as const }];
    egress = make_egress({ allow_private_networks: ['127.0.0.1/32'], lookup });
  });
  after(() => Promise.all([mock.close(), egress.close()]));
  beforeEach(() => {
    mock.switches.reset();
    asked = [];
  });
  const settings = () => ({ issuer: mock.issuer, client_id: mock.client_id, client_secret: mock.client_secret });
  const sign_in = async (more: object = {}) => {
    const connector = await open_oidc({ ...settings(), ...more }, oidc_tools({ fetch }));
    const departure = await connector.begin({ handle: new_handle() }, noted_call());
    return connector.finish(
      await at_provider(departure, { username: ann.username, password: ann.password }, new Browser()),
      departure.pending,
      noted_call(),
    );
  };

  it('a partner in an allowed network signs people in', async () => {
    assert.ok((await sign_in()).ok);
  });

  for (const endpoint of ['token_endpoint', 'jwks_uri', 'userinfo_endpoint'] as const) {
    it(`SSRF: a ${endpoint} inside of our network is not connected to`, async () => {
      for (const inside of INSIDE) {
        const discovery = {
          authorization_endpoint: `${mock.issuer}/authorize`,
          token_endpoint: `${mock.issuer}/token`,
          jwks_uri: `${mock.issuer}/jwks`,
          userinfo_endpoint: `${mock.issuer}/userinfo`,
          [endpoint]: inside,
        };
        await assert.rejects(sign_in({ discovery }), { reason: 'misconfigured' }, inside);
      }
    });
  }

  it('SSRF: a discovery document that is moved inside is not followed there', async () => {
    for (const issuer of INSIDE.map((url) => url.replace(/\/$/, '')))
      await assert.rejects(open_oidc({ ...settings(), issuer }, oidc_tools({ fetch })), { reason: 'misconfigured' }, issuer);
  });

  it('a key set of 20 MB is not read to its end', async () => {
    mock.switches.set('huge', true);
    await assert.rejects(sign_in(), { reason: 'malformed' });
  });
});
