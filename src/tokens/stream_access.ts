import type { Provider } from 'oidc-provider';
import type { IssuerDirectory } from './directory.ts';

const SIGNALS_SCOPE = 'ssf.manage';

/** The app that may keep a stream of security events with this token: in its own name, by a scope that it still has. Undefined when nobody may. */
export async function stream_access(
  provider: Provider,
  directory: Pick<IssuerDirectory, 'client'>,
  token: string,
): Promise<string | undefined> {
  const found = await provider.ClientCredentials.find(token);
  if (found?.clientId === undefined || !found.isValid || !found.scopes.has(SIGNALS_SCOPE)) return undefined;
  // bound to a key that a bearer has not shown (RFC 9449 section 7.2)
  if (found.isSenderConstrained()) return undefined;
  const client = await directory.client(found.clientId);
  const registered = client?.metadata['scope'];
  return typeof registered === 'string' && registered.split(' ').includes(SIGNALS_SCOPE) ? client?.client_id : undefined;
}
