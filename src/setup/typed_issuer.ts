/** An issuer as people paste it: in angle brackets or quotes, without https://, with the host in capitals, as the address of the discovery document. */
export function typed_issuer(typed: string): string {
  const text = typed
    .trim()
    .replace(/^[<"'“]+|[>"'”,;]+$/g, '')
    .trim();
  const whole = /^[\w-]+(\.[\w-]+)+(:\d+)?(\/|$)/.test(text) ? `https://${text}` : text;
  const url = URL.parse(whole);
  // what names a person or a part of a page is refused as it stands
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.hash !== '') return whole;
  const plain = `${url.origin}${url.pathname}`.replace(/\/\.well-known\/openid-configuration\/?$/, '') + url.search;
  return url.pathname === '/' && !whole.endsWith('/') ? plain.replace(/\/$/, '') : plain;
}

/** The same with the slash at its end that it does not have, or without: providers differ, and compare letter by letter. */
export const other_slash = (issuer: string): string => (issuer.endsWith('/') ? issuer.slice(0, -1) : `${issuer}/`);
