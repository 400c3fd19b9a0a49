import { isIP } from 'node:net';
import { ConnectorError } from '../../../connectors/connector.ts';

/** A host as the WHATWG URL parser reads it: `127.1`, `0x7f000001`, `2130706433` and full-width dots have become what they mean. IPv6 without brackets. */
export interface Host {
  readonly name: string;
  readonly is_address: boolean;
}

/** @throws ConnectorError misconfigured */
export function parse_host(text: string): Host {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (isIP(bare) === 6) return { name: bare, is_address: true };
  // what a URL parser would decode, or read as more than a host
  if (text === '' || /[\s/?#@:\\%[\]<>^|]/.test(text)) throw no_host(text);
  const url = URL.parse(`https://${text}/`);
  if (url === null) throw no_host(text);
  return host_of(url);
}

export function host_of(url: URL): Host {
  const name = url.hostname.replace(/^\[|\]$/g, '');
  // certificates name no final dot, and a name with one would be another key for the same host
  if (name === '' || name.endsWith('.')) throw no_host(url.hostname);
  return { name, is_address: isIP(name) !== 0 };
}

const no_host = (text: string): ConnectorError =>
  new ConnectorError('misconfigured', `"${text.slice(0, 100)}" is no host name`, {
    fix: 'Write the host name alone, without a final dot.',
  });

/** @throws ConnectorError misconfigured. Messages name the host only: a path or query may hold what is secret. */
export function parse_url(text: string): URL {
  const wrong = (message: string): ConnectorError =>
    new ConnectorError('misconfigured', message, { fix: 'Write an address such as https://idp.example.com/metadata.' });
  const url = /[\s\\]/.test(text) ? null : URL.parse(text);
  if (url === null) throw wrong('this is no address');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw wrong(`an address must be https, not ${url.protocol.slice(0, 20)}`);
  if (/^[a-z]+:\/*[^/?#]*@/i.test(text)) throw wrong(`the address at ${url.host} carries a user name or password`);
  return url;
}
