import * as client from 'openid-client';
import { Browser } from '../support/browser.ts';
import { arrive, type RelyingParty, relying_party } from '../support/relying_party.ts';
import type { Tokens } from '../support/installation.ts';
import { connect_partner, type Partner } from './partner.ts';
import type { BrokerProcess } from './broker_process.ts';
import type { Operation } from './measure.ts';

/** Every operation of an app, on an installation with one partner. */
export async function open_operations(
  broker: BrokerProcess,
  protocol: Partner['protocol'],
): Promise<{ all: Operation[]; close(): Promise<void> }> {
  const app_metadata = {
    client_name: 'Bench',
    redirect_uris: ['http://127.0.0.1:9/callback'],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  };
  const { client_id, client_secret } = await broker.api<{ client_id: string; client_secret: string }>('POST', '/clients', app_metadata);
  const partner = await connect_partner(broker, protocol);
  const app = await relying_party({ issuer: broker.issuer, client_id, client_secret });
  const sign_in = (): Promise<Tokens> => whole_login(app, partner);
  const tokens = new Map<number, Tokens>();
  const tokens_of = async (number: number): Promise<Tokens> => {
    const known = tokens.get(number) ?? (await sign_in());
    tokens.set(number, known);
    return known;
  };
  const all: Operation[] = [
    {
      name: 'login',
      count: 400,
      run: async () => {
        await sign_in();
      },
    },
    {
      name: 'token',
      count: 2000,
      run: async () => {
        await client.clientCredentialsGrant(app.config);
      },
    },
    {
      name: 'refresh',
      count: 2000,
      async run(number) {
        const { refresh_token = '' } = await tokens_of(number);
        tokens.set(number, await client.refreshTokenGrant(app.config, refresh_token));
      },
    },
    {
      name: 'userinfo',
      count: 2000,
      async run(number) {
        const { access_token, claims } = await tokens_of(number);
        await client.fetchUserInfo(app.config, access_token, claims()?.sub ?? '');
      },
    },
    {
      name: 'introspect',
      count: 2000,
      async run(number) {
        await client.tokenIntrospection(app.config, (await tokens_of(number)).access_token);
      },
    },
  ];
  return { all, close: () => partner.close() };
}

/** From the app's request to its tokens, in a browser of its own. */
async function whole_login(app: RelyingParty, partner: Partner): Promise<Tokens> {
  const browser = new Browser();
  const started = await app.begin({
    scope: 'openid profile email groups roles offline_access',
    organization: partner.organization,
    login_hint: partner.username,
  });
  const arrived = await partner.pass(browser, await arrive(browser, app, started.url));
  return started.finish(arrived.url);
}
