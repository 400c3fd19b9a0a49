import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fields_of } from '../http_partner.ts';
import { escape_html, send_mock_page } from '../page.ts';
import type { Person } from '../people.ts';
import { type Exchange, type Idp, service_provider } from './idp.ts';
import { single_logout, start_logout } from './idp_logout.ts';
import { make_answer } from './make_answer.ts';
import { idp_metadata } from './metadata.ts';
import { PARTNER, send_form, send_message_page, send_sign_in } from './pages.ts';
import { decode_message, read_authn_request, type SignInRequest } from './requests.ts';
import { type ResponseStatus, response_xml } from './response.ts';
import type { IdpSession } from './sessions.ts';
import { sign_element } from './sign.ts';

export function answer_requests(idp: Idp): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    const exchange: Exchange = { idp, request, response, fields: await fields_of(request) };
    switch (path) {
      case '/metadata':
        response.writeHead(200, { 'content-type': 'application/samlmetadata+xml' }).end(idp_metadata(idp.url, idp.entity_id, [idp.key]));
        return;
      case '/sso':
        return sign_on(exchange);
      case '/start':
        return start_here(exchange);
      case '/sign-in':
        return signed_in(exchange);
      case '/slo':
        return single_logout(exchange);
      case '/logout':
        return start_logout(exchange);
      default:
        return send_message_page(response, 404, 'Nothing here', 'The control page is at /.');
    }
  };
}

const state_of = (asked: SignInRequest): string => Buffer.from(JSON.stringify(asked)).toString('base64url');

async function sign_on(exchange: Exchange): Promise<void> {
  const { request, response, fields } = exchange;
  const xml = decode_message(fields.get('SAMLRequest') ?? '', request.method ?? 'GET');
  const asked = xml === undefined ? undefined : read_authn_request(xml, fields.get('RelayState') ?? undefined);
  if (asked === undefined) return send_message_page(response, 400, 'Not a sign-in request', 'SAMLRequest holds no AuthnRequest.');
  await ask(exchange, asked);
}

/** IdP-initiated: for the application in the query, or the one that the mock was started with. */
async function start_here(exchange: Exchange): Promise<void> {
  const { idp, response, fields } = exchange;
  const relay_state = fields.get('RelayState') ?? undefined;
  const [sp, acs_url] = [fields.get('sp'), fields.get('acs')];
  if (sp !== null && acs_url !== null) return ask(exchange, { sp, acs_url, relay_state });
  const known = await service_provider(idp, sp ?? undefined);
  if (known !== undefined) return ask(exchange, { sp: known.entity_id, acs_url: known.acs_url, relay_state });
  send_mock_page(response, {
    title: 'Start at the identity provider',
    partner: PARTNER,
    narrow: true,
    content: `<h1>Start at the identity provider</h1><form action="/start">
<label for="sp">Entity id of the application</label><input id="sp" name="sp" required value="${escape_html(sp ?? '')}">
<label for="acs">Its assertion consumer service</label><input id="acs" name="acs" type="url" required>
<button>Start</button></form>`,
  });
}

/** Asks who it is, unless that is known. */
async function ask(exchange: Exchange, asked: SignInRequest): Promise<void> {
  const { idp, request, response } = exchange;
  const session = asked.force === true ? undefined : idp.sessions.of(request);
  const known = idp.people.find(({ username }) => username === session?.username);
  if (session !== undefined && known !== undefined) return answer(exchange, asked, known, session);
  const hinted = idp.people.find(({ username, email }) => asked.hint !== undefined && (username === asked.hint || email === asked.hint));
  if (idp.auto && hinted !== undefined) return answer(exchange, asked, hinted, idp.sessions.start(response, hinted.username, idp.now()));
  send_sign_in(response, state_of(asked), { sp: asked.sp, username: hinted?.username });
}

async function signed_in(exchange: Exchange): Promise<void> {
  const { idp, response, fields } = exchange;
  const state = fields.get('state') ?? '';
  // the mock's own form brought it
  const asked = JSON.parse(Buffer.from(state, 'base64url').toString('utf8') || 'null') as SignInRequest | null;
  if (asked === null) return send_message_page(response, 400, 'Start again', 'This form belongs to no request.');
  if (fields.get('action') === 'cancel' || fields.has('cancel')) {
    return refuse(exchange, asked, { code: 'Responder', second: 'AuthnFailed', message: 'The person cancelled.' });
  }
  const username = fields.get('username') ?? '';
  const person = idp.people.find((one) => one.username === username || (one.email !== undefined && one.email === username));
  if (person === undefined || person.password !== fields.get('password'))
    return send_sign_in(response, state, { sp: asked.sp, username, problem: 'Unknown user name or wrong password.' });
  if (idp.switches.is_on('account_locked'))
    return send_sign_in(response, state, { sp: asked.sp, username, problem: 'This account is locked.' });
  if (idp.switches.is_on('password_expired'))
    return send_message_page(response, 200, 'Change your password', 'Your password has expired. Ask your help desk for a new one.');
  return answer(exchange, asked, person, idp.sessions.start(response, person.username, idp.now()));
}

async function answer(exchange: Exchange, asked: SignInRequest, person: Person, session: IdpSession): Promise<void> {
  const { idp } = exchange;
  const { switches } = idp;
  if (switches.is_on('status_denied'))
    return refuse(exchange, asked, { code: 'Requester', second: 'RequestDenied', message: 'Not assigned to this application.' });
  if (switches.is_on('status_error')) return refuse(exchange, asked, { code: 'Responder', message: 'Something went wrong here.' });
  const sp = switches.is_on('encrypt') ? await service_provider(idp, asked.sp) : undefined;
  const made = make_answer(person, asked, {
    ...idp,
    issuer: idp.entity_id,
    now: idp.now(),
    authenticated_at: session.at,
    session_index: session.session_index,
    encryption_certificate: sp?.encryption_certificate,
  });
  session.applications.set(asked.sp, { acs_url: asked.acs_url, name_id: made.name_id });
  const xml = switches.is_on('replay') ? (idp.last.get(asked.sp) ?? made.xml) : made.xml;
  idp.last.set(asked.sp, xml);
  send_response(exchange, asked, xml);
}

/** A response that is a refusal, signed. */
function refuse(exchange: Exchange, asked: SignInRequest, status: ResponseStatus): void {
  const { idp } = exchange;
  const about = {
    response_id: `_${randomBytes(16).toString('hex')}`,
    assertion_id: '',
    issuer: idp.entity_id,
    destination: asked.acs_url,
    in_response_to: asked.id,
    name_id: '',
    attributes: {},
    issued_at: idp.now(),
  };
  send_response(exchange, asked, sign_element(response_xml(about, '', status), 'Response', idp.key));
}

function send_response({ idp, response }: Exchange, asked: SignInRequest, xml: string): void {
  const fields = { SAMLResponse: Buffer.from(xml, 'utf8').toString('base64') };
  const relay_state = idp.switches.is_on('no_relay_state') ? undefined : asked.relay_state;
  send_form(response, asked.acs_url, relay_state === undefined ? fields : { ...fields, RelayState: relay_state });
}
