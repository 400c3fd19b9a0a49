import { timingSafeEqual } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { hash_token } from '../kernel/index.ts';

/** The secret before the last change, while it still counts. */
export interface PreviousSecret {
  readonly secret: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

interface Comparing {
  readonly previous_secret?: PreviousSecret;
  compareClientSecret(shown: string): boolean | Promise<boolean>;
}

/** oidc-provider knows one secret of an app; for a while after a change the one before is as good. */
export function take_the_secret_before(provider: Provider, now: () => number): void {
  const prototype = provider.Client.prototype as unknown as Comparing; // a method its types leave out
  const is_current = prototype.compareClientSecret;
  prototype.compareClientSecret = async function (this: Comparing, shown) {
    if (await is_current.call(this, shown)) return true;
    const previous = this.previous_secret;
    return previous !== undefined && now() < previous.until && same(previous.secret, shown);
  };
}

// of one length, whatever was shown
const same = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(hash_token(a)), Buffer.from(hash_token(b)));
