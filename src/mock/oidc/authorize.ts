import type { Person } from '../people.ts';
import { PARTNER, send_message_page, send_sign_in } from './pages.ts';
import { type Exchange, keep, type ProviderSession, session_of, start_session } from './provider.ts';

/** Authentication contexts that the mock says it has. */
export const CONTEXTS: readonly string[] = ['urn:mock:password', 'urn:mock:two-factors'];

/** An authorization request, carried through the form. */
type Request = Readonly<Record<string, string>>;

export function authorize(exchange: Exchange): void {
  const { provider, response, fields } = exchange;
  const asked: Request = Object.fromEntries(fields);
  if (asked['client_id'] !== provider.client_id || URL.parse(asked['redirect_uri'] ?? '') === null) {
    return send_message_page(response, 400, 'Not a sign-in request', 'client_id or redirect_uri is unknown.');
  }
  const hint = asked['login_hint'];
  const person = provider.people.find(({ username, email }) => hint !== undefined && (username === hint || email === hint));
  const session = session_of(exchange);
  const signed_in = provider.people.find(({ username }) => username === session?.username);
  const max_age = asked['max_age'] === undefined ? Number.POSITIVE_INFINITY : Number(asked['max_age']);
  const anew = asked['prompt'] === 'login' || (session !== undefined && provider.now() - session.at >= max_age * 1000);
  if (session !== undefined && signed_in !== undefined && !anew) return grant(exchange, asked, signed_in, session);
  if (asked['prompt'] === 'none') return answer(exchange, asked, { error: 'login_required' });
  if (provider.auto && person !== undefined) return grant(exchange, asked, person, start_session(exchange, person.username));
  send_sign_in(response, state_of(asked), { client_id: provider.client_id, username: person?.username });
}

const state_of = (asked: Request): string => Buffer.from(JSON.stringify(asked)).toString('base64url');

export function signed_in(exchange: Exchange): void {
  const { provider, response, fields } = exchange;
  const state = fields.get('state') ?? '';
  // the mock's own form brought it
  const asked = JSON.parse(Buffer.from(state, 'base64url').toString('utf8') || 'null') as Request | null;
  if (asked === null) return send_message_page(response, 400, 'Start again', 'This form belongs to no request.');
  if (fields.get('action') === 'cancel' || fields.has('cancel')) {
    return answer(exchange, asked, { error: 'access_denied', error_description: 'The person cancelled.' });
  }
  const username = fields.get('username') ?? '';
  const person = provider.people.find((one) => one.username === username || (one.email !== undefined && one.email === username));
  const again = (problem: string): void => send_sign_in(response, state, { client_id: provider.client_id, username, problem });
  if (person === undefined || person.password !== fields.get('password')) return again('Unknown user name or wrong password.');
  if (provider.switches.is_on('account_locked')) return again('This account is locked.');
  if (provider.switches.is_on('password_expired')) {
    return send_message_page(
      response,
      200,
      'Change your password',
      `Your password has expired. Ask the help desk of ${PARTNER} for a new one.`,
    );
  }
  grant(exchange, asked, person, start_session(exchange, person.username));
}

function grant(exchange: Exchange, asked: Request, person: Person, session: ProviderSession): void {
  const { provider } = exchange;
  if (provider.switches.is_on('access_denied'))
    return answer(exchange, asked, { error: 'access_denied', error_description: 'Not assigned to this application.' });
  if (provider.switches.is_on('server_error'))
    return answer(exchange, asked, { error: 'server_error', error_description: 'Something went wrong here.' });
  const code = keep(provider.codes, {
    client_id: provider.client_id,
    redirect_uri: asked['redirect_uri'] ?? '',
    code_challenge: asked['code_challenge'],
    nonce: asked['nonce'],
    max_age: asked['max_age'] === undefined ? undefined : Number(asked['max_age']),
    acr: context_of(asked, provider.switches.is_on('other_context')),
    scope: asked['scope']?.split(' ') ?? [],
    person,
    session,
  });
  answer(exchange, asked, { code });
}

/** A context that the mock has, when one of them is asked for; else the first that is asked for. */
function context_of(asked: Request, another: boolean): string | undefined {
  const wanted = asked['acr_values']?.split(' ') ?? [];
  if (another) return 'urn:mock:another';
  return wanted.find((acr) => CONTEXTS.includes(acr)) ?? wanted[0];
}

function answer({ provider, response }: Exchange, asked: Request, result: Readonly<Record<string, string>>): void {
  const { switches, issuer } = provider;
  const url = new URL(asked['redirect_uri'] ?? '');
  for (const [name, value] of Object.entries(result)) url.searchParams.set(name, value);
  if (asked['state'] !== undefined) url.searchParams.set('state', switches.is_on('wrong_state') ? 'another-state' : asked['state']);
  if (!switches.is_on('no_response_issuer')) {
    url.searchParams.set('iss', switches.is_on('wrong_response_issuer') ? 'https://somebody-else.example' : issuer);
  }
  response.writeHead(303, { location: url.href, 'cache-control': 'no-store' }).end();
}
