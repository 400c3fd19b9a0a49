import { parse_email } from '../kernel/index.ts';
import { WrongValue } from './setting.ts';
import { list } from './values.ts';

/** Readers of the settings of mail: text to a type that cannot be wrong. @throws WrongValue */

export interface SmtpAddress {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte; `starttls` demanded; `either`: on this machine; `none`: in clear, as the setting says. */
  readonly tls: 'tls' | 'starttls' | 'either' | 'none';
  readonly login: { readonly user: string; readonly password: string } | undefined;
}

const EXAMPLE = 'Write smtp://user:password@host:587 or smtps://user:password@host:465, with special characters percent-encoded.';

export function smtp_address(text: string): SmtpAddress {
  const url = URL.parse(text);
  const scheme = url?.protocol;
  if (url === null || (scheme !== 'smtp:' && scheme !== 'smtps:') || url.hostname === '')
    throw new WrongValue('This is not the address of a mail server.', EXAMPLE);
  if (!['', '/'].includes(url.pathname) || url.hash !== '') throw new WrongValue('The address of a mail server has no path.', EXAMPLE);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const chosen = url.searchParams.get('tls') ?? undefined;
  if (
    [...url.searchParams.keys()].some((name) => name !== 'tls') ||
    (chosen !== undefined && chosen !== 'none') ||
    (chosen !== undefined && scheme === 'smtps:')
  )
    throw new WrongValue('The only parameter is tls=none, of an smtp:// address.', EXAMPLE);
  const here = is_here(host);
  const tls = scheme === 'smtps:' ? 'tls' : chosen === 'none' ? 'none' : here ? 'either' : 'starttls';
  if ((url.username === '') !== (url.password === '')) throw new WrongValue('A user without a password, or the reverse.', EXAMPLE);
  const login = url.username === '' ? undefined : { user: decoded(url.username), password: decoded(url.password) };
  if (login !== undefined && tls === 'none' && !here)
    throw new WrongValue('A password would travel in clear.', 'Leave out tls=none, or the user and password.');
  return { host, port: url.port === '' ? (scheme === 'smtps:' ? 465 : 587) : Number(url.port), tls, login };
}

const is_here = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new WrongValue('The user or the password is not percent-encoded rightly.', EXAMPLE);
  }
}

export interface Mailbox {
  readonly name: string | undefined;
  readonly address: string;
}

/** `Name <address>` or an address alone. */
export function mailbox(text: string): Mailbox {
  const [, name, inside] = /^\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*$/.exec(text) ?? [];
  const address = parse_email((inside ?? text).trim())?.address;
  if (address === undefined || /\p{Cc}/u.test(text))
    throw new WrongValue('This is not an e-mail address.', 'Write signin@example.com, or Example Sign-in <signin@example.com>.');
  return { name: name === undefined || name === '' ? undefined : name, address };
}

/** A list of addresses. */
export function addresses(text: string): string[] {
  return list(text).map((part) => {
    const address = parse_email(part)?.address;
    if (address === undefined)
      throw new WrongValue(`"${part.slice(0, 100)}" is not an e-mail address.`, 'Write addresses separated by commas.');
    return address;
  });
}
