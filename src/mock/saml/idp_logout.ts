import { type Exchange, type Idp, service_provider } from './idp.ts';
import { type LogoutAbout, logout_request_xml, logout_response_xml, logout_url } from './logout.ts';
import { PERSISTENT } from './names.ts';
import { send_message_page } from './pages.ts';
import { attribute_in, decode_message, text_in } from './requests.ts';

const about = (idp: Idp, destination: string): LogoutAbout => ({ issuer: idp.entity_id, destination, now: idp.now(), key: idp.key });

/** Where an application takes logout messages: from its metadata, else beside where it takes responses. */
async function slo_url_of(idp: Idp, sp: string, acs_url?: string): Promise<string | undefined> {
  return (await service_provider(idp, sp))?.slo_url ?? acs_url?.replace(/\/acs$/, '/slo');
}

/** A logout message of an application: a request is answered, an answer ends the walk. */
export async function single_logout({ idp, request, response, fields }: Exchange): Promise<void> {
  const method = request.method ?? 'GET';
  const answered = fields.get('SAMLResponse');
  if (answered !== null) {
    const xml = decode_message(answered, method) ?? '';
    const done = attribute_in(xml, 'StatusCode', 'Value')?.endsWith(':Success') === true;
    return send_message_page(
      response,
      200,
      done ? 'Signed out' : 'Signed out here',
      done ? 'The application ended your session, too.' : 'The application could not end your session.',
    );
  }
  const xml = decode_message(fields.get('SAMLRequest') ?? '', method);
  const id = xml === undefined ? undefined : attribute_in(xml, 'LogoutRequest', 'ID');
  const sp = xml === undefined ? undefined : text_in(xml, 'Issuer');
  if (xml === undefined || id === undefined || sp === undefined)
    return send_message_page(response, 400, 'Not a logout message', 'SAMLRequest holds no LogoutRequest.');
  const session = idp.sessions.of(request);
  const destination = await slo_url_of(idp, sp, session?.applications.get(sp)?.acs_url);
  idp.sessions.end(request, response, text_in(xml, 'NameID'));
  if (destination === undefined) return send_message_page(response, 200, 'Signed out', 'The application has no address for the answer.');
  const about_it = about(idp, destination);
  const answer = logout_response_xml(about_it, id, !idp.switches.is_on('no_logout'));
  response
    .writeHead(302, {
      location: logout_url('SAMLResponse', answer, about_it, fields.get('RelayState') ?? undefined),
      'cache-control': 'no-store',
    })
    .end();
}

/** A person signs out here: the application that was visited last is told by way of the browser. */
export async function start_logout({ idp, request, response }: Exchange): Promise<void> {
  const session = idp.sessions.of(request);
  const [sp, visited] = [...(session?.applications ?? [])].at(-1) ?? [];
  const destination = sp === undefined ? undefined : await slo_url_of(idp, sp, visited?.acs_url);
  idp.sessions.end(request, response);
  if (session === undefined || visited === undefined || destination === undefined)
    return send_message_page(response, 200, 'Signed out', 'No application has to be told.');
  const about_it = about(idp, destination);
  const xml = logout_request_xml(about_it, visited.name_id, idp.name_id_format ?? PERSISTENT, session.session_index);
  response.writeHead(302, { location: logout_url('SAMLRequest', xml, about_it, undefined), 'cache-control': 'no-store' }).end();
}
