import type { Kind } from './kind.ts';

/** What is wrong with a redirect URI, while it is typed. The API has the last word. RFC 6749 section 3.1.2, RFC 8252 section 7 */
export function redirect_uri_problem(text: string, kind: Kind): string | undefined {
  if (text.includes('#')) return 'Must not have a fragment (#…).';
  if (text.includes('*')) return 'Must not have a wildcard: it is compared letter by letter.';
  if (/\s/.test(text) || !URL.canParse(text)) return 'Must be a whole address, such as https://app.example.com/callback.';
  const { protocol, hostname, username } = new URL(text);
  if (username !== '') return 'Must not hold a user name or password.';
  if (protocol === 'https:') return undefined;
  if (protocol === 'http:')
    return ['localhost', '127.0.0.1', '[::1]'].includes(hostname) ? undefined : 'Must be https; plain http is for localhost only.';
  if (kind !== 'native') return 'Must begin with https://. Only a native app has a scheme of its own.';
  return protocol.includes('.') ? undefined : 'A scheme of your own must be under your domain, such as com.example.app:/callback.';
}

/** One address in each line; the first mistake is told. */
export function redirect_uris_problem(text: string, kind: Kind): string | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  for (const line of lines) {
    const problem = redirect_uri_problem(line, kind);
    if (problem !== undefined) return `${line}: ${problem}`;
  }
  return undefined;
}
