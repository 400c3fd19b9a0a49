import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/** The client's address: the peer, or what trusted proxies say of it, read from the right so that nobody can prepend another. */
export function client_address(trusted: readonly string[]): (request: IncomingMessage) => string {
  const networks = trusted.map((network) =>
    ipaddr.parseCIDR(network.includes('/') ? network : `${network}/${network.includes(':') ? 128 : 32}`),
  );
  const is_trusted = (address: string): boolean => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return networks.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
  };
  return (request) => {
    let address = plain(request.socket.remoteAddress ?? '0.0.0.0');
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((part) => plain(part.trim()))
      .filter((part) => part !== '');
    while (is_trusted(address)) {
      const before = forwarded.pop();
      if (before === undefined || !ipaddr.isValid(before)) break;
      address = before;
    }
    return address;
  };
}

const plain = (address: string): string => (ipaddr.isValid(address) ? ipaddr.process(address).toString() : address);
