import type { Context } from 'koa';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

type Session = InstanceType<Provider['Session']>;

/** The issuer's session in this browser, at one of our own addresses; a new one, of nobody, when there is none. */
export const browser_session = (provider: Provider, ctx: Context): Promise<Session> =>
  provider.Session.get(ctx as unknown as KoaContextWithOIDC); // its cookies are all that is read
