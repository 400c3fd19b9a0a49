import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { Issuer, NotWhoWasAskedFor } from './issuer.ts';
import { home_page, message_page, profile_page } from './pages.ts';
import { from_our_own_page, read_cookie, read_form, redirect, send_html, send_json } from './requests.ts';
import { type Session, Sessions } from './sessions.ts';

export interface AppOptions {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly port: number;
  readonly host: string;
  /** How browsers reach this app. Its paths are what the registration names. */
  readonly base_url?: string;
  /** The API that access tokens shall be for. */
  readonly resource?: string;
}

export interface App {
  readonly url: string;
  close(): Promise<void>;
}

/** The paths that belong into the registration of this app. */
export const app_paths = {
  callback: '/callback',
  signed_out: '/signed-out',
  initiate_login: '/login',
  back_channel_logout: '/back-channel-logout',
};

/** A web app that signs people in through Postern. */
export async function start_app(options: AppOptions): Promise<App> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const base_url = options.base_url ?? `http://localhost:${port}`;
  const handle = make_handler(options, base_url);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => void handle(request, response));
  return {
    url: base_url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Route = (visit: {
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  session: Session | undefined;
}) => Promise<void>;

function make_handler(options: AppOptions, base_url: string): Handler {
  const sessions = new Sessions();
  const issuer = new Issuer({
    ...options,
    redirect_uri: base_url + app_paths.callback,
    post_logout_redirect_uri: base_url + app_paths.signed_out,
  });
  const https = base_url.startsWith('https:');
  const cookie = https ? '__Host-sample_session' : 'sample_session';
  const set_cookie = (response: ServerResponse, session: Session): void => {
    // Lax: the answer of the issuer is a navigation from another site, and must bring the cookie
    response.appendHeader('set-cookie', `${cookie}=${session.id}; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`);
  };

  const sign_in: Route = async ({ response, query, session }) => {
    const ours = session ?? sessions.start();
    const { url, pending } = await issuer.begin({
      organization: text(query, 'organization'),
      login_hint: text(query, 'login_hint'),
      return_to: own_path(query.get('return_to'), base_url),
    });
    ours.pending.set(pending.state, pending);
    set_cookie(response, ours);
    redirect(response, url);
  };

  const routes: Record<string, Route> = {
    'GET /': async ({ response, session }) => {
      const signed_in = session?.signed_in;
      send_html(response, 200, (nonce) => (signed_in === undefined ? home_page(nonce) : profile_page(nonce, signed_in)));
    },

    'GET /sign-in': sign_in,

    /** `initiate_login_uri` (OpenID Connect Core 4): somebody else's page, or the partner's portal, starts a sign-in here. */
    [`GET ${app_paths.initiate_login}`]: async (visit) => {
      if (visit.query.get('iss') !== options.issuer) {
        send_html(visit.response, 400, (nonce) =>
          message_page(nonce, 'This link is not for this app', 'It names another issuer than ours.'),
        );
        return;
      }
      const target = visit.query.get('target_link_uri');
      if (target !== null) visit.query.set('return_to', target);
      await sign_in(visit);
    },

    [`GET ${app_paths.callback}`]: async ({ response, query, session }) => {
      const state = query.get('state') ?? '';
      const pending = session?.pending.get(state);
      if (session === undefined || pending === undefined) {
        send_html(response, 400, (nonce) =>
          message_page(nonce, 'This sign-in was not started here', 'It was finished already, took too long, or began in another browser.'),
        );
        return;
      }
      session.pending.delete(state);
      const signed_in = await issuer.finish(query, pending);
      sessions.end(session);
      // a fresh session; sign-ins begun in other tabs come along
      set_cookie(response, sessions.start(signed_in, session.pending));
      redirect(response, pending.return_to);
    },

    'POST /refresh': async ({ request, response, session }) => {
      if (!from_our_own_page(request, base_url)) return refuse_form(response);
      if (session?.signed_in === undefined) return redirect(response, '/');
      try {
        session.signed_in = await issuer.refresh(session.signed_in);
      } catch (error) {
        if (!(error instanceof ResponseBodyError) || error.error !== 'invalid_grant') throw error;
        // access was taken away: nothing of this session may live on
        sessions.end(session);
        send_html(response, 401, (nonce) => message_page(nonce, 'You have been signed out', 'Your access to this app has ended.'));
        return;
      }
      redirect(response, '/');
    },

    'POST /sign-out': async ({ request, response, session }) => {
      if (!from_our_own_page(request, base_url)) return refuse_form(response);
      if (session?.signed_in === undefined) return redirect(response, '/');
      const { signed_in } = session;
      sessions.end(session);
      redirect(response, await issuer.sign_out_url(signed_in));
    },

    [`GET ${app_paths.signed_out}`]: async ({ response }) => {
      send_html(response, 200, (nonce) => message_page(nonce, 'Signed out', 'You are signed out of this app and of Postern.'));
    },

    /** Called by the issuer, not by a browser: no cookie, no Origin; the signed token is what counts. */
    [`POST ${app_paths.back_channel_logout}`]: async ({ request, response }) => {
      const token = (await read_form(request))?.get('logout_token');
      try {
        sessions.end_of(await issuer.read_logout_token(token ?? ''));
      } catch (_error) {
        return send_json(response, 400, { error: 'invalid_request', error_description: 'The logout token is not valid.' });
      }
      response.writeHead(200, { 'cache-control': 'no-store' }).end();
    },
  };

  return async (request, response) => {
    try {
      const url = new URL(request.url ?? '/', base_url);
      const route = routes[`${request.method === 'HEAD' ? 'GET' : (request.method ?? '')} ${url.pathname}`];
      if (route === undefined) {
        send_html(response, 404, (nonce) => message_page(nonce, 'Not found', 'There is nothing at this address.'));
        return;
      }
      await route({ request, response, query: url.searchParams, session: sessions.find(read_cookie(request, cookie)) });
    } catch (error) {
      send_failure(response, error);
    }
  };
}

const refuse_form = (response: ServerResponse): void =>
  send_html(response, 403, (nonce) => message_page(nonce, 'Not accepted', 'This form was not sent from a page of this app.'));

/** What went wrong, in words; details go to the log. */
function send_failure(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof AuthorizationResponseError) {
    const description = error.error_description ?? `The answer was "${error.error}".`;
    send_html(response, 403, (nonce) => message_page(nonce, 'You were not signed in', description));
    return;
  }
  if (error instanceof NotWhoWasAskedFor) {
    send_html(response, 403, (nonce) =>
      message_page(
        nonce,
        'Another organization signed in',
        'The sign-in answered for another organization than the one that was asked for.',
      ),
    );
    return;
  }
  console.error('a request failed:', error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error');
  send_html(response, 502, (nonce) => message_page(nonce, 'Signing in does not work right now', 'Try again in a moment.'));
}

const text = (query: URLSearchParams, name: string): string | undefined => {
  const value = query.get(name)?.trim();
  return value === undefined || value === '' ? undefined : value;
};

/** A place in this app, or its first page: never another site, however the address is written. */
function own_path(wanted: string | null, base_url: string): string {
  const url = wanted === null ? null : URL.parse(wanted, base_url);
  return url === null || url.origin !== new URL(base_url).origin ? '/' : url.pathname.replace(/^\/{2,}/, '/') + url.search;
}
