import { createServer, type Server, type Socket } from 'node:net';
import type { Person } from '../people.ts';
import { shown_host } from '../shown_host.ts';
import type { Switches } from '../switches.ts';
import { make_certificates } from './certificates.ts';
import { type Directory, type SeenRequest, serve_connection } from './connection.ts';
import { ldap_switches } from './switches.ts';
import { build_tree, type Flavour } from './tree.ts';

export { ldap_switches } from './switches.ts';
export type { SeenRequest } from './connection.ts';

export interface MockLdapOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** The name or address in its own addresses, where it differs from the interface: in a container, behind a name. */
  readonly public_host?: string;
  /** Of LDAPS; 0, the default: a free one. */
  readonly port?: number;
  /** Of LDAP in clear, for StartTLS; 0, the default: a free one. */
  readonly plain_port?: number;
  readonly people: Person[];
  readonly switches?: Switches;
  /** Default openldap. */
  readonly flavour?: Flavour;
  readonly base_dn?: string;
  /** Groups in groups: name to the groups that it is a member of. */
  readonly nested_groups?: Readonly<Record<string, readonly string[]>>;
  /** Answers searches of nobody in particular. */
  readonly anonymous_search?: boolean;
  /** How long `slow` takes, milliseconds. Default 10 seconds. */
  readonly slow_ms?: number;
  readonly now?: () => number;
}

/** A directory of people that behaves, and misbehaves on demand. */
export interface MockLdap {
  readonly url: string;
  readonly switches: Switches;
  /** Changed in place: read at every answer. */
  readonly people: Person[];
  /** LDAPS. */
  readonly urls: readonly string[];
  /** LDAP in clear, with StartTLS. */
  readonly plain_urls: readonly string[];
  readonly ca_pem: string;
  readonly bind_dn: string;
  readonly bind_password: string;
  readonly base_dn: string;
  readonly group_base_dn: string;
  /** The last thousand requests, newest last. */
  readonly seen: SeenRequest[];
  /** How many connections are open now. */
  connections(): number;
  /** Cuts every connection that is open now. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a mock directory with LDAPS and StartTLS, an authority and certificate of its own. */
export async function start_mock_ldap(options: MockLdapOptions): Promise<MockLdap> {
  const {
    host = '127.0.0.1',
    base_dn = 'dc=mock,dc=example',
    flavour = 'openldap',
    people,
    switches = ldap_switches(),
    now = Date.now,
  } = options;
  const service = { dn: `cn=gateway,ou=services,${base_dn}`, password: 'gateway-password' };
  const names = [...new Set(['localhost', '127.0.0.1', '::1', host, ...(options.public_host === undefined ? [] : [options.public_host])])];
  const directory: Directory = {
    switches,
    flavour,
    certificates: await make_certificates(names, now()),
    slow_ms: options.slow_ms ?? 10_000,
    anonymous_search: options.anonymous_search ?? false,
    seen: [],
    tree: () => build_tree({ base_dn, flavour, people, service, nested: options.nested_groups ?? {} }),
  };
  const open = new Set<Socket>();
  const serve = (encrypted: boolean): Server =>
    createServer((socket) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      serve_connection(socket, directory, encrypted);
    });
  const [secure, plain] = [serve(true), serve(false)];
  const port = await listen(secure, options.port ?? 0, host);
  const plain_port = await listen(plain, options.plain_port ?? 0, host);
  const shown = shown_host(host, options.public_host);
  const urls = [`ldaps://${shown}:${port}`];
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `ldaps://${shown}:${port}`,
    switches,
    people,
    urls,
    plain_urls: [`ldap://${shown}:${plain_port}`],
    ca_pem: directory.certificates.ca_pem,
    bind_dn: service.dn,
    bind_password: service.password,
    base_dn,
    group_base_dn: `ou=groups,${base_dn}`,
    seen: directory.seen,
    connections: () => open.size,
    cut,
    async close() {
      const closed = [secure, plain].map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      cut();
      await Promise.all(closed);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('There is no port.'));
    });
  });
}
