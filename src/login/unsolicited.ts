import type { Context } from 'koa';
import type { Identity } from '../../connectors/connector.ts';
import { own_cookie } from '../http/index.ts';
import { hash_token, LoginRefused, random_token } from '../kernel/index.ts';
import type { Attempt } from './attempt.ts';
import { type Arrival, type Conductor, go, usable } from './conductor.ts';
import type { LoginDeps } from './deps.ts';
import { as_login_error } from './refusals.ts';
import { call_of } from './visit.ts';

/** How long the app has to come back with its own request. */
const PATIENCE_MS = 5 * 60_000;
const arrived_cookie = ({ issuer_url }: Pick<LoginDeps, 'issuer_url'>) => own_cookie(issuer_url, 'postern_arrived');

/**
 * A sign-in that nobody asked for (SAML IdP-initiated). Nobody is signed in by it: the browser goes to the app, which asks in the proper way
 * (OIDC Core 4), and that request meets what was kept here, once. In mode "convert" nothing is kept but the way to the partner.
 */
export async function take_unsolicited(conductor: Conductor, arrived: Arrival, attempt: Attempt): Promise<void> {
  const { deps, attempts } = conductor;
  const { ctx, connector, callback } = arrived;
  const app = await target_app(conductor, arrived);
  await usable(deps, { app }, attempt);
  let identity: Identity | undefined;
  if (connector.unsolicited !== 'convert') {
    if (connector.finish_unsolicited === undefined) {
      throw new LoginRefused('unsolicited_refused', 'Start at the app, please.', {
        status: 400,
        detail: 'the connection takes no IdP-initiated sign-in',
      });
    }
    const outcome = await connector
      .finish_unsolicited(callback, call_of(deps, attempt))
      .catch((error: unknown) => Promise.reject(as_login_error(error, 'callback')));
    if (!outcome.ok) throw new LoginRefused('denied', 'Your company’s sign-in refused this account.', { detail: outcome.detail });
    identity = outcome.identity;
  }
  const token = random_token();
  await attempts.save({ ...attempt, id: kept_id(token), browser_hash: hash_token(token), client_id: app.client_id, handle: token });
  if (identity !== undefined) await attempts.answer({ ...attempt, id: kept_id(token) }, token, identity);
  arrived_cookie(deps).set(ctx, token, PATIENCE_MS);
  const url = new URL(app.url);
  url.searchParams.set('iss', deps.issuer_url);
  url.searchParams.set('target_link_uri', app.target);
  go({ ctx }, url.href);
}

const kept_id = (token: string): string => `arrived_${hash_token(token)}`;

/** What an unsolicited answer left for this browser, once. */
export async function kept_arrival(
  conductor: Conductor,
  ctx: Context,
): Promise<{ attempt: Attempt; identity: Identity | undefined } | undefined> {
  const cookie = arrived_cookie(conductor.deps);
  const token = cookie.get(ctx);
  if (token === undefined || token === '') return undefined;
  cookie.clear(ctx);
  const kept = await conductor.attempts.find(kept_id(token));
  if (kept === undefined || kept.finished) return undefined;
  const taken = await conductor.deps.storage
    .transact((tx) => conductor.attempts.finish(tx, kept))
    .then(
      () => true,
      () => false,
    );
  return taken ? { attempt: kept, identity: kept.answer as Identity | undefined } : undefined; // sealed by take_unsolicited
}

interface TargetApp {
  readonly client_id: string;
  readonly url: string;
  readonly target: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly organizations: readonly string[] | null;
}

async function target_app({ deps }: Conductor, { connection }: Arrival): Promise<TargetApp> {
  const client_id = connection.settings['default_client_id'];
  const client = typeof client_id === 'string' ? await deps.directory.client(client_id) : undefined;
  const url = client?.metadata['initiate_login_uri'];
  if (client === undefined || typeof url !== 'string') {
    throw new LoginRefused('unsolicited_refused', 'Start at the app, please.', {
      status: 400,
      detail: 'the connection has no default_client_id, or that app has no initiate_login_uri',
    });
  }
  const home = client.metadata['client_uri'];
  return { ...client, url, target: typeof home === 'string' ? home : new URL('/', url).href };
}
