import type { TLSSocket } from 'node:tls';
import { type Call, type Check, ConnectorError, type Tools } from '../connector.ts';
import { dial } from './dial.ts';
import { fault_of, SIZE_LIMIT_EXCEEDED, SUCCESS } from './failure.ts';
import { PERSON_ATTRIBUTES } from './find_person.ts';
import { present } from './filter.ts';
import { subject_of } from './identity.ts';
import { bind_service } from './pool.ts';
import { open_session, type Session, type Wait } from './session.ts';
import type { LdapConfig, Server } from './settings.ts';

const DAY_MS = 86_400_000;
const FEW_DAYS = 30;

/** Tries every server of the settings as a sign-in would, and says what to mend. Never throws for what a server does. */
export async function preflight(config: LdapConfig, tools: Pick<Tools, 'resolve' | 'now'>, call: Call): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const several = config.servers.length > 1;
  const wait = { signal: call.signal, timeout_ms: config.timeout_ms };
  for (const server of config.servers) {
    const note = (name: string, ok: boolean, detail: string, fix?: string): void => {
      const check = { name, ok, detail: several ? `${server.url}: ${detail}` : detail, ...(fix !== undefined && { fix }) };
      checks.push(check);
      call.check(check);
    };
    await try_server(server, config, tools, wait, note);
  }
  return checks;
}

type NoteCheck = (name: string, ok: boolean, detail: string, fix?: string) => void;

async function try_server(
  server: Server,
  config: LdapConfig,
  tools: Pick<Tools, 'resolve' | 'now'>,
  wait: Wait,
  note: NoteCheck,
): Promise<void> {
  let step = 'connect';
  let session: Session | undefined;
  try {
    const { socket, tls, address } = await dial(server, config, tools, wait);
    session = open_session(socket);
    note('connect', true, `connected to ${address} port ${server.port}`);
    if (tls === undefined) note('encryption', false, 'passwords travel in clear', 'Choose tls "ldaps" or "starttls".');
    else note_certificate(tls, tools.now(), note);
    step = 'service_account';
    if (config.service === undefined) note(step, true, 'none: searches are anonymous');
    else {
      await bind_service(session, config.service, wait);
      note(step, true, 'the directory accepts it');
    }
    step = 'base_dn';
    await must_exist(session, wait, config.base_dn, step);
    note(step, true, 'it exists');
    if (config.group_base_dn !== config.base_dn) {
      step = 'group_base_dn';
      await must_exist(session, wait, config.group_base_dn, step);
      note(step, true, 'it exists');
    }
    step = 'user_filter';
    await find_anyone(session, wait, config, note);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    note(step, false, error.message, error.fix);
  } finally {
    session?.close();
  }
}

function note_certificate(tls: TLSSocket, now: number, note: NoteCheck): void {
  const certificate = tls.getPeerX509Certificate();
  const days = certificate === undefined ? 0 : Math.floor((Date.parse(certificate.validTo) - now) / DAY_MS);
  const detail = `${tls.getProtocol() ?? 'TLS'}, the certificate is trusted and valid for ${days} days`;
  if (days >= FEW_DAYS) note('certificate', true, detail);
  else note('certificate', false, detail, 'Have the server’s certificate renewed before it expires: sign-ins stop on that day.');
}

async function must_exist(session: Session, wait: Wait, base: string, what: string): Promise<void> {
  const { result, entries } = await session.search({ base, scope: 'base', filter: present('objectClass'), attributes: ['1.1'] }, wait);
  if (result.code !== SUCCESS) throw fault_of(result, what);
  if (entries.length > 0) return;
  throw new ConnectorError('misconfigured', `${what} cannot be seen`, {
    fix: 'Check its spelling, and that the service account may read there.',
  });
}

async function find_anyone(session: Session, wait: Wait, config: LdapConfig, note: NoteCheck): Promise<void> {
  const search = {
    base: config.base_dn,
    scope: 'sub',
    filter: config.user_filter.for_anyone(),
    attributes: PERSON_ATTRIBUTES,
    size_limit: 1,
  } as const;
  const { result, entries } = await session.search(search, wait);
  if (result.code !== SUCCESS && result.code !== SIZE_LIMIT_EXCEEDED) throw fault_of(result, 'user_filter');
  const [entry] = entries;
  if (entry === undefined) {
    return note(
      'user_filter',
      false,
      'it matches nobody under the base',
      'Check `user_filter` and `base_dn`, and that the service account may read people.',
    );
  }
  note('user_filter', true, 'it matches people under the base');
  try {
    subject_of(entry, config.vendor);
    note('immutable_id', true, 'people have one');
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    note('immutable_id', false, error.message, error.fix);
  }
}
