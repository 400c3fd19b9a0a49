import { connect as connect_tcp, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connect_tls, type TLSSocket } from 'node:tls';
import { type AllowedTarget, ConnectorError, type Tools } from '../connector.ts';
import { fault_of, SUCCESS, Unavailable } from './failure.ts';
import { is_private } from '../shared/private_address.ts';
import { open_session, timed_out, type Wait } from './session.ts';
import type { LdapConfig, Server } from './settings.ts';

const START_TLS = '1.3.6.1.4.1.1466.20037';

/** A socket over which passwords may go. */
export interface Dialed {
  readonly socket: Socket;
  readonly address: string;
  /** Undefined where the connection is in clear, as the settings allow. */
  readonly tls: TLSSocket | undefined;
}

/** Connects to a server at the address that the egress rules allowed, and encrypts before anything is said. @throws ConnectorError */
export async function dial(
  server: Server,
  config: Pick<LdapConfig, 'tls' | 'ca_pem'>,
  tools: Pick<Tools, 'resolve'>,
  wait: Wait,
): Promise<Dialed> {
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let give_up = (): void => undefined;
  // one deadline over name, connection, StartTLS and handshake: nothing else covers the handshake after StartTLS
  const deadline = new Promise<never>((_resolve, reject) => {
    give_up = () => {
      socket?.destroy();
      reject(timed_out());
    };
    timer = setTimeout(give_up, wait.timeout_ms);
    wait.signal.addEventListener('abort', give_up, { once: true });
    if (wait.signal.aborted) give_up();
  });
  const work = async (): Promise<Dialed> => {
    const target = await tools.resolve(server.host);
    // in clear only inside a private network that the operator has allowed: the egress rules refuse all other private ones
    if (config.tls === 'none' && !is_private(target.address)) {
      throw new ConnectorError('misconfigured', `tls is "none" and ${server.host} is not in a private network`, {
        fix: 'Choose tls "ldaps" or "starttls": passwords must not travel in clear.',
      });
    }
    socket = connect_tcp({ host: target.address, port: server.port, family: target.family, noDelay: true, keepAlive: true });
    await event(socket, 'connect');
    if (config.tls === 'none') return { socket, address: target.address, tls: undefined };
    if (config.tls === 'starttls') await start_tls(socket, wait);
    const tls = await encrypt(socket, target, config.ca_pem);
    socket = tls;
    return { socket, address: target.address, tls };
  };
  try {
    const working = work();
    // when the deadline wins, what becomes of the rest is nobody's concern
    working.catch(() => undefined);
    return await Promise.race([working, deadline]);
  } catch (error) {
    socket?.destroy();
    throw as_fault(error, server);
  } finally {
    deadline.catch(() => undefined);
    clearTimeout(timer);
    wait.signal.removeEventListener('abort', give_up);
  }
}

/** Asks for TLS (RFC 4511 section 4.14). A server that refuses is not spoken to in clear. */
async function start_tls(socket: Socket, wait: Wait): Promise<void> {
  const session = open_session(socket);
  const result = await session.extended(START_TLS, wait);
  if (result.code !== SUCCESS) {
    const { message } = fault_of(result, 'StartTLS');
    throw new ConnectorError('untrusted', message, {
      fix: 'The server does not offer StartTLS (or someone in between removed it): use ldaps://, or have TLS set up on the server.',
    });
  }
  session.detach();
}

/** The server must prove the name that the settings say, against their authorities. */
async function encrypt(socket: Socket, { servername }: AllowedTarget, ca_pem: string | undefined): Promise<TLSSocket> {
  const tls = connect_tls({
    socket,
    host: servername,
    // an address is no server name (RFC 6066 section 3), but is verified all the same
    ...(isIP(servername) === 0 && { servername }),
    ...(ca_pem !== undefined && { ca: ca_pem }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    checkServerIdentity: (_host, certificate) => checkServerIdentity(servername, certificate),
  });
  await event(tls, 'secureConnect');
  if (!tls.authorized || !tls.encrypted) throw new ConnectorError('untrusted', 'the connection is not encrypted and authenticated');
  return tls;
}

function event(socket: Socket, name: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const closed = (): void => reject(new Unavailable('the server closed the connection'));
    const settle = (then: () => void): void => {
      socket.off('close', closed);
      then();
    };
    socket.once(name, () => settle(resolve));
    // stays: an error that comes later must not end the process
    socket.on('error', (error) => settle(() => reject(error)));
    socket.once('close', closed);
  });
}

const NOT_TRUSTED =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_|HOSTNAME_MISMATCH|PATH_LENGTH|ERROR_IN_|EPROTO)/;

function as_fault(error: unknown, { url }: Server): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (NOT_TRUSTED.test(code)) {
    return new ConnectorError('untrusted', `${url}: the server’s certificate or TLS is not trusted (${code})`, {
      cause: error,
      fix: fix_of(code),
    });
  }
  return new Unavailable(`${url}: no connection${code === '' ? '' : ` (${code})`}`, {
    cause: error,
    fix: 'Check the address, the port and the firewall.',
  });
}

function fix_of(code: string): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'The certificate is for another name: write in `urls` the name that stands in it.';
  if (code === 'CERT_HAS_EXPIRED') return 'The server’s certificate has expired: have it renewed.';
  if (/^(SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/.test(code))
    return 'Put the certificate of the authority that signed the server’s into `ca_pem`.';
  return 'Check that this port speaks TLS (ldaps://) or plain LDAP with StartTLS (ldap://), as `tls` says.';
}
