import { BlockList, isIPv6 } from 'node:net';

/** Addresses of loopback and private networks (RFC 1918, RFC 4193, RFC 3927). */
function private_networks(): BlockList {
  const list = new BlockList();
  for (const [network, bits] of [
    ['127.0.0.0', 8],
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['169.254.0.0', 16],
  ] as const)
    list.addSubnet(network, bits, 'ipv4');
  for (const [network, bits] of [
    ['::1', 128],
    ['fc00::', 7],
    ['fe80::', 10],
  ] as const)
    list.addSubnet(network, bits, 'ipv6');
  return list;
}

/** Whether an address lies in a private network. That it was allowed at all is the egress guard's word. */
export const is_private = (address: string): boolean => private_networks().check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
