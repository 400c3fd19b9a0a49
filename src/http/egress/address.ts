import ipaddr from 'ipaddr.js';

/** An address that a name led to. */
export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** What may be done with an address: `private` is one that the operator allows, where plain http is allowed as well. */
export type Verdict = { readonly ok: true; readonly private: boolean } | { readonly ok: false; readonly why: string };

/** Globally routed and yet the cloud's own: Azure's metadata and DNS. */
const CLOUD = new Set(['168.63.129.16']);
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Judges addresses. Refused is whatever is not plainly the public internet: loopback, private, link-local (cloud metadata), carrier-grade NAT, unique local,
 * multicast, broadcast, documentation, and every form that carries an IPv4 address inside an IPv6 one (mapped, NAT64, 6to4, Teredo), for those lead past the check.
 */
export function address_rule(allow_private_networks: readonly string[]): (address: string) => Verdict {
  const allowed = allow_private_networks.map((network) => ipaddr.parseCIDR(network));
  return (text) => {
    if (!ipaddr.isValid(text) || text.includes('%')) return { ok: false, why: 'it is no plain IP address' };
    const address = ipaddr.parse(text);
    if (allowed.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits)))
      return { ok: true, private: true };
    const range: string = address.range();
    const is_global = !(address instanceof ipaddr.IPv6) || address.match(GLOBAL_UNICAST);
    if (range === 'unicast' && is_global && !CLOUD.has(text)) return { ok: true, private: false };
    return { ok: false, why: `its address is not on the public internet (${range === 'unicast' ? 'reserved' : range})` };
  };
}
