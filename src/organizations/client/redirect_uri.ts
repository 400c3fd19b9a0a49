import { is_loopback, strict_url } from '../parse.ts';

/**
 * What is wrong with a redirect URI; undefined when it may be registered. It is compared letter by letter, so nothing in it is a pattern.
 * RFC 6749 section 3.1.2, RFC 8252 section 7, RFC 9700 section 4.1.3
 */
export function redirect_uri_problem(text: string): string | undefined {
  if (text.includes('#')) return 'must not have a fragment';
  const url = strict_url(text);
  if (url === undefined) return 'must be an absolute URI without spaces, wildcards or credentials';
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:') return is_loopback(url) ? undefined : 'must be https; plain http is for localhost only';
  // a scheme under one's own domain: what others could claim as well, or what a browser runs, has no dot
  return is_private_use(url) ? undefined : 'must be https, http on localhost, or a private-use scheme such as com.example.app:/callback';
}

export const is_private_use = (url: URL): boolean => /^[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+:$/.test(url.protocol);

/** Only a native app has a private-use scheme. */
export const is_native_only = (text: string): boolean => {
  const url = strict_url(text);
  return url !== undefined && is_private_use(url);
};

/** For a native app https is a claimed address on the web, never its own machine. */
export const is_https_loopback = (text: string): boolean => {
  const url = strict_url(text);
  return url?.protocol === 'https:' && is_loopback(url);
};
