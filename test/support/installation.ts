import type * as client from 'openid-client';
import { start_mock_oidc } from '../../src/mock/index.ts';
import type { Person } from '../../src/mock/people.ts';
import type { Signer } from '../../src/tokens/index.ts';
import { Browser } from './browser.ts';
import { start_broker, type TestBroker } from './broker.ts';
import { person } from './people.ts';
import { arrive, type RelyingParty, relying_party, type RequestOptions } from './relying_party.ts';
import { sign_in } from './sign_in.ts';
import { add_client, add_connection, add_organization, oidc_settings, type Tenant } from './tenant.ts';

export type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;

export interface SignedIn {
  readonly browser: Browser;
  readonly tokens: Tokens;
  readonly user_id: string;
}

/** A broker with one OIDC partner (Acme) and one app. */
export interface Installation {
  readonly broker: TestBroker;
  readonly mock: Awaited<ReturnType<typeof start_mock_oidc>>;
  readonly acme: Tenant;
  readonly connection_id: string;
  readonly ann: Person;
  readonly app: RelyingParty;
  readonly client_id: string;
  readonly client_secret: string;
  /** A whole sign-in, in a browser of its own unless one is given. */
  login(
    parameters?: Readonly<Record<string, string>>,
    options?: { app?: RelyingParty; who?: Person; browser?: Browser; request?: RequestOptions },
  ): Promise<SignedIn>;
  stop(): Promise<void>;
}

/** Starts it. `people` are at Acme beside Ann. */
export async function start_installation(
  options: {
    env?: Readonly<Record<string, string>>;
    people?: readonly Person[];
    client?: Readonly<Record<string, unknown>>;
    signers?: readonly Signer[];
    /** The clock of the broker. */
    now?: () => number;
  } = {},
): Promise<Installation> {
  const ann = person('ann', { groups: ['Staff', 'Finance'] });
  const broker = await start_broker(options.env, {
    ...(options.signers !== undefined && { signers: options.signers }),
    ...(options.now !== undefined && { now: options.now }),
  });
  const mock = await start_mock_oidc({ people: [ann, ...(options.people ?? [])] });
  const acme = await add_organization(broker, 'acme', 'Acme');
  const { id: connection_id } = await add_connection(broker, acme, oidc_settings(mock));
  const registered = await add_client(broker, options.client);
  const app = await relying_party({ issuer: broker.issuer, ...registered });
  return {
    ...{ broker, mock, acme, connection_id, ann, app },
    ...registered,
    async login(parameters = {}, given = {}) {
      const browser = given.browser ?? new Browser();
      const rp = given.app ?? app;
      const started = await rp.begin({ organization: 'acme', ...parameters }, given.request);
      const arrived = await sign_in(browser, await arrive(browser, rp, started.url), given.who ?? ann);
      if (arrived.status !== 299) throw new Error(`the sign-in ended at ${arrived.url}: ${arrived.status} ${arrived.html}`);
      const tokens = await started.finish(arrived.url);
      return { browser, tokens, user_id: tokens.claims()?.sub ?? '' };
    },
    async stop() {
      await mock.close();
      await broker.stop();
    },
  };
}
