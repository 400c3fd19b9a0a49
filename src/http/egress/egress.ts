import type { Tools } from '../../../connectors/connector.ts';
import { system_clock } from '../../kernel/index.ts';
import { make_connections } from './connections.ts';
import { make_fetch } from './fetch.ts';
import { parse_host } from './host.ts';
import { type Lookup, make_resolve, system_resolver } from './resolve.ts';

export interface Egress {
  readonly fetch: Tools['fetch'];
  readonly resolve: Tools['resolve'];
  /** Ends kept connections; whatever is under way fails. */
  close(): Promise<void>;
}

export interface EgressOptions {
  /** CIDRs. Only here may an address be private, and http plain. */
  readonly allow_private_networks: readonly string[];
  /** Every address of a host. Absent: the system's resolver. */
  readonly lookup?: Lookup;
  readonly now?: () => number;
}

/** The one way out of Postern: metadata, discovery, keys, tokens, userinfo, LDAP, webhooks, logout, logos. */
export function make_egress(options: EgressOptions): Egress {
  const resolve = make_resolve(options.allow_private_networks, options.lookup ?? system_resolver());
  const connections = make_connections(options.now ?? system_clock.now);
  return {
    fetch: make_fetch({ resolve, connections }),
    async resolve(text) {
      const host = parse_host(text);
      const { addresses } = await resolve(host);
      // one address only is handed out, and most inner networks speak IPv4
      const { address, family } = addresses.find((one) => one.family === 4) ?? addresses[0] ?? no_address();
      return { address, family, servername: host.name };
    },
    close: () => connections.close(),
  };
}

function no_address(): never {
  throw new TypeError('a resolved host has an address');
}
