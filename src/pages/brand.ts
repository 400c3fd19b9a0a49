/** How an organization or an app presents itself. Data only: nothing in it is ever markup, CSS or script. */
export interface Brand {
  readonly name: string;
  /** A path of this origin: a logo from elsewhere would tell a third party who signs in. */
  readonly logo_url?: string | undefined;
  readonly logo_dark_url?: string | undefined;
  /** The language for whoever asks for none of ours. */
  readonly locale?: string | undefined;
  /** `#rrggbb`; anything else is ignored. */
  readonly accent?: string | undefined;
  /** An e-mail address or a plain sentence. */
  readonly support_contact?: string | undefined;
  readonly support_url?: string | undefined;
  readonly privacy_url?: string | undefined;
  readonly terms_url?: string | undefined;
}

/** The path if it stays on this origin, else nothing. */
export function own_path(url: string | undefined): string | undefined {
  // `//host`, `/\host` and control characters (which browsers drop) would all leave the origin.
  return url !== undefined && /^\/(?![/\\])[^\s\\\p{Cc}]*$/u.test(url) ? url : undefined;
}

/** The address if a person may be sent there: https, or a path of this origin. */
export function safe_link(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const own = own_path(url);
  if (own !== undefined) return own;
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' && parsed.username === '' && parsed.password === '' ? parsed.href : undefined;
}

/** As `safe_link`, and plain http as well: where a registered app or an allowed partner lives (loopback in development). */
export function web_address(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const own = own_path(url);
  if (own !== undefined) return own;
  const parsed = URL.parse(url);
  return parsed !== null && ['https:', 'http:'].includes(parsed.protocol) ? parsed.href : undefined;
}

/** A `mailto:` for a contact that is one e-mail address. */
export function mail_link(contact: string): string | undefined {
  return /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(contact) ? `mailto:${contact}` : undefined;
}
