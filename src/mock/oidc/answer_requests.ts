import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fields_of } from '../http_partner.ts';
import { authorize, CONTEXTS, signed_in } from './authorize.ts';
import { send_message_page } from './pages.ts';
import { end_session, type Exchange, type Granted, keep, type MockProvider } from './provider.ts';
import { claims_of, make_id_token } from './tokens.ts';

const HUGE_BYTES = 20 * 1024 * 1024;

export function answer_requests(provider: MockProvider): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    const exchange: Exchange = { provider, request, response, fields: await fields_of(request) };
    provider.requests.set(path, (provider.requests.get(path) ?? 0) + 1);
    switch (path) {
      case '/.well-known/openid-configuration':
        if (provider.switches.is_on('no_discovery')) return send_message_page(response, 404, 'Nothing here', 'There is no such document.');
        return send_json(response, 200, discovery(provider));
      case '/jwks':
        if (provider.switches.is_on('huge'))
          return void response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.alloc(HUGE_BYTES, ' '));
        return send_json(response, 200, { keys: shown_keys(provider).map(({ public_jwk }) => public_jwk) });
      case '/authorize':
        return authorize(exchange);
      case '/sign-in':
        return signed_in(exchange);
      case '/token':
        return token(exchange);
      case '/userinfo':
        return userinfo(exchange);
      case '/end-session':
        return signed_out(exchange);
      default:
        return send_message_page(response, 404, 'Nothing here', 'The control page is at /.');
    }
  };
}

const shown_keys = ({ switches, key, other_key }: MockProvider) => (switches.is_on('new_key') ? [key, other_key] : [key]);

const discovery = ({ issuer }: MockProvider) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/jwks`,
  end_session_endpoint: `${issuer}/end-session`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  scopes_supported: ['openid', 'profile', 'email', 'groups', 'offline_access'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  acr_values_supported: CONTEXTS,
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
});

function send_json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

async function token(exchange: Exchange): Promise<void> {
  const { provider, response, fields } = exchange;
  if (!knows_client(exchange) || provider.switches.is_on('invalid_client')) {
    response.setHeader('www-authenticate', 'Basic realm="mock"');
    return send_json(response, 401, { error: 'invalid_client', error_description: 'Unknown client, or wrong secret.' });
  }
  if (fields.get('grant_type') === 'refresh_token') return renew(exchange);
  const code = fields.get('code') ?? '';
  const granted = provider.codes.get(code);
  provider.codes.delete(code);
  const proven = granted?.code_challenge === undefined || sha256(fields.get('code_verifier') ?? '') === granted.code_challenge;
  if (granted === undefined || fields.get('redirect_uri') !== granted.redirect_uri || !proven) {
    return send_json(response, 400, { error: 'invalid_grant', error_description: 'The code is unknown, used, or for somebody else.' });
  }
  return send_tokens(exchange, granted);
}

async function send_tokens({ provider, response }: Exchange, granted: Granted): Promise<void> {
  const access_token = keep(provider.access_tokens, granted);
  const id_token = await make_id_token(provider, granted, access_token);
  const renewable = granted.scope.includes('offline_access') && !provider.switches.is_on('no_refresh_token');
  send_json(response, 200, {
    ...{ access_token, token_type: 'Bearer', expires_in: 3600, id_token },
    ...(renewable && { refresh_token: keep(provider.refresh_tokens, granted) }),
  });
}

/** Each refresh token is good once; nobody who is not there any more gets another. */
async function renew(exchange: Exchange): Promise<void> {
  const { provider, response, fields } = exchange;
  provider.renewals++;
  const refresh_token = fields.get('refresh_token') ?? '';
  const granted = provider.refresh_tokens.get(refresh_token);
  provider.refresh_tokens.delete(refresh_token);
  if (granted === undefined || !provider.people.includes(granted.person) || provider.switches.is_on('refresh_refused')) {
    return send_json(response, 400, { error: 'invalid_grant', error_description: 'The refresh token is unknown, used, or revoked.' });
  }
  const person = provider.switches.is_on('refresh_of_another') ? { ...granted.person, id: 'somebody-else' } : granted.person;
  return send_tokens(exchange, { ...granted, person, nonce: undefined });
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A secret in the header or in the form; a signed assertion is believed, as this is a mock. */
function knows_client({ provider, request, fields }: Exchange): boolean {
  const assertion = fields.get('client_assertion');
  if (assertion !== null) {
    provider.last_assertion = assertion;
    return true;
  }
  const basic = /^basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const [id, secret] = basic === undefined ? [fields.get('client_id'), fields.get('client_secret')] : credentials(basic);
  return id === provider.client_id && secret === provider.client_secret;
}

/** RFC 6749 section 2.3.1: each half is form-encoded. */
function credentials(basic: string): [string, string] {
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':', 2);
  return [decodeURIComponent(id.replaceAll('+', ' ')), decodeURIComponent(secret.replaceAll('+', ' '))];
}

function userinfo({ provider, request, response }: Exchange): void {
  const bearer = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const granted = provider.access_tokens.get(bearer);
  if (granted === undefined) return send_json(response, 401, { error: 'invalid_token' });
  const claims = claims_of(granted.person, provider);
  send_json(response, 200, provider.switches.is_on('other_userinfo') ? { ...claims, sub: 'somebody-else' } : claims);
}

function signed_out(exchange: Exchange): void {
  const { response, fields } = exchange;
  end_session(exchange);
  const back = URL.parse(fields.get('post_logout_redirect_uri') ?? '');
  if (back === null) return send_message_page(response, 200, 'Signed out', 'You are signed out here.');
  const state = fields.get('state');
  if (state !== null) back.searchParams.set('state', state);
  response.writeHead(303, { location: back.href }).end();
}
