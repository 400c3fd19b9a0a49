import type { Provider } from 'oidc-provider';

/**
 * A session that no browser was given a cookie for is not kept: where a form comes without one (a forged device form, a session that has
 * expired), oidc-provider writes its error page after the cookies, and would fail on keeping what was never kept.
 */
export function forget_unknown_sessions(provider: Provider): void {
  const prototype = provider.Session.prototype as unknown as { exp?: number; persist(): Promise<unknown> }; // a method its types leave out
  const { persist } = prototype;
  prototype.persist = async function () {
    if (typeof this.exp === 'number') await persist.call(this);
  };
}
