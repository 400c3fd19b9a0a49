import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether an address lies in one of these networks. */
export function in_networks(trusted: readonly string[]): (address: string) => boolean {
  const networks = trusted.map((network) =>
    ipaddr.parseCIDR(network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`),
  );
  return (address) => {
    if (isIP(address) === 0) return false;
    const parsed = ipaddr.process(address);
    return networks.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
  };
}

/** The client's address: the peer, or what trusted proxies say of it, read from the right so that nobody can prepend another. */
export function client_address(trusted: readonly string[]): (request: IncomingMessage) => string {
  const is_trusted = in_networks(trusted);
  return (request) => {
    let address = plain(request.socket.remoteAddress ?? '0.0.0.0');
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => plain(without_port(part.trim())))
      .filter((part) => part !== '');
    while (is_trusted(address)) {
      const before = forwarded.pop();
      if (before === undefined || isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

/** Some proxies write the client's port as well: `192.0.2.1:4711`, `[2001:db8::1]:4711`, `[2001:db8::1]`. */
const without_port = (text: string): string => /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;

const plain = (address: string): string => (isIP(address) !== 0 ? ipaddr.process(address).toString() : address);
