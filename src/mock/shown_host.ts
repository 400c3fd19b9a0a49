import { isIPv6 } from 'node:net';

/** The host in a partner's own addresses: the one that it was told, else where it listens. Whoever listens everywhere is reached on this machine. */
export function shown_host(listening: string, public_host?: string): string {
  const host = public_host ?? (listening === '0.0.0.0' || listening === '::' ? '127.0.0.1' : listening);
  return isIPv6(host) ? `[${host}]` : host;
}
