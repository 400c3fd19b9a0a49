import ipaddr from 'ipaddr.js';
import { WrongValue } from './setting.ts';

/** Readers of single values: text to a type that cannot be wrong. @throws WrongValue */

export function issuer(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch (_not_a_url) {
    throw new WrongValue('This is not a URL.', 'Write the address that browsers use, such as https://login.example.com');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && is_loopback(url.hostname))) {
    throw new WrongValue(
      'The issuer must be https; plain http is for this machine only.',
      'Use https://…, or http://localhost:4400 to try Postern out.',
    );
  }
  if (url.username !== '' || url.password !== '' || url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new WrongValue('The issuer is a host of its own, without path, query or user.', `Write ${url.origin}`);
  }
  // compared by apps byte for byte: one spelling only
  if (text !== url.origin) throw new WrongValue('The issuer must be written in its plain form.', `Write ${url.origin}`);
  return text;
}

const is_loopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || (ipaddr.IPv4.isIPv4(host) && host.startsWith('127.'));

export function a_name(text: string): string {
  if (text.trim() === '' || text.length > 100 || /\p{Cc}/u.test(text))
    throw new WrongValue('A name has 1 to 100 characters on one line.', 'Write the name of your company or product.');
  return text.trim();
}

export function web_address(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new WrongValue('This is not a web address.', 'Write http://… or https://…');
  return url.href;
}

export const web_addresses = (text: string): string[] => list(text).map(web_address);

export type DatabaseAddress = { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

export function database(text: string): DatabaseAddress {
  if (text.startsWith('sqlite:')) {
    const path = text.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
    if (path === '' || path.startsWith('//') || path.startsWith(':')) {
      throw new WrongValue('The SQLite address names no file.', 'Write sqlite:./data/postern.db or sqlite:/var/lib/postern/postern.db');
    }
    return { kind: 'sqlite', path };
  }
  if (/^postgres(ql)?:\/\//.test(text)) {
    // a socket address has no host; whether the server is there is found out when it is opened
    if (!URL.canParse(text)) {
      throw new WrongValue(
        'This PostgreSQL address cannot be read.',
        'Write postgres://user:password@host:5432/database, with special characters percent-encoded.',
      );
    }
    return { kind: 'postgres', url: text };
  }
  throw new WrongValue(
    'This is neither a SQLite nor a PostgreSQL address.',
    'Write sqlite:./data/postern.db or postgres://user:password@host:5432/database',
  );
}

/** Newest first. In the list `new,old` the first seals and all open. */
export function secrets(text: string): Uint8Array[] {
  const parts = list(text);
  // a list of none would pass for a secret until something is to be sealed
  if (parts.length === 0) throw new WrongValue('There is no secret in it.', 'Make one with: openssl rand -base64 32');
  return parts.map((part) => {
    const bytes = Buffer.from(part, 'base64');
    if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(part)) {
      throw new WrongValue('A secret is not base64.', 'Make one with: openssl rand -base64 32');
    }
    if (bytes.length < 32) throw new WrongValue('A secret has fewer than 32 bytes.', 'Make one with: openssl rand -base64 32');
    return new Uint8Array(bytes);
  });
}

export function admin_key(text: string): string {
  if (text.length < 32) throw new WrongValue('The key has fewer than 32 characters.', 'Make one with: openssl rand -hex 32');
  if (!/^[\x21-\x7e]+$/.test(text)) {
    throw new WrongValue('The key has characters that cannot travel in an Authorization header.', 'Make one with: openssl rand -hex 32');
  }
  return text;
}

export const list = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** CIDR networks; a single address is a network of one. */
export function networks(text: string): string[] {
  return list(text).map((part) => {
    const cidr = part.includes('/') ? part : `${part}/${part.includes(':') ? 128 : 32}`;
    if (!ipaddr.isValidCIDR(cidr)) {
      throw new WrongValue(
        `"${part}" is not a network.`,
        'Write networks as 10.0.0.0/8 or fd00::/8, single addresses as 10.1.2.3, separated by commas.',
      );
    }
    return cidr;
  });
}

/** Proxies that are believed: never everybody, or anyone could write their own address. */
export function proxy_networks(text: string): string[] {
  const given = networks(text);
  if (given.some((cidr) => cidr.endsWith('/0'))) {
    throw new WrongValue(
      'Trusting every address as a proxy lets anyone choose the address that limits and logs see.',
      'List the networks of your proxies only.',
    );
  }
  return given;
}

export function port(text: string): number {
  if (/^tcp:\/\//.test(text)) {
    throw new WrongValue(
      'This looks like a Kubernetes service link, not a port.',
      'Set enableServiceLinks: false in the pod, or set the port yourself.',
    );
  }
  return whole(0, 65_535)(text);
}

/** A whole number within bounds, both included. */
export const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new WrongValue('This is not a number in range.', `Write a whole number from ${least} to ${most}.`);
    }
    return value;
  };

export function on_off(text: string): boolean {
  if (text === 'on' || text === 'true') return true;
  if (text === 'off' || text === 'false') return false;
  throw new WrongValue('This is neither on nor off.', 'Write on or off.');
}

/** One of a few words. */
export const one_of =
  <Word extends string>(...words: readonly Word[]) =>
  (text: string): Word => {
    const found = words.find((word) => word === text);
    if (found === undefined) throw new WrongValue('This is not one of the choices.', `Write one of: ${words.join(', ')}.`);
    return found;
  };

export function slug(text: string): string {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(text)) {
    throw new WrongValue(
      'This is not the slug of an organization.',
      'Write the slug as `postern org list` shows it: small letters, digits and hyphens.',
    );
  }
  return text;
}

export interface BindAddress {
  readonly host: string;
  readonly port: number;
}

export function bind_address(text: string): BindAddress {
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text);
  const host = found?.[1] ?? found?.[2];
  if (host === undefined) throw new WrongValue('This is not an address with a port.', 'Write 127.0.0.1:9464 or [::1]:9464.');
  return { host: host_name(host), port: port(found?.[3] ?? '') };
}

export function host_name(text: string): string {
  if (!/^[0-9A-Za-z.:_-]+$/.test(text)) {
    throw new WrongValue('This is not a host to listen on.', 'Write 127.0.0.1 for this machine only, 0.0.0.0 or :: for every interface.');
  }
  return text;
}
