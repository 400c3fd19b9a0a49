import type { LoginDeps } from './deps.ts';

/** A password that is being tried: counted before it is known to be wrong, so that guesses side by side do not all pass. */
export interface Guess {
  /** It was none: the password was right, or nobody could say. */
  forgive(): Promise<void>;
}

/** @throws TooMany */
export async function count_guess({ rate_limits }: Pick<LoginDeps, 'rate_limits'>, account: string, address: string): Promise<Guess> {
  await rate_limits.count('password_account', account);
  try {
    await rate_limits.count('password_address', address);
  } catch (error) {
    await rate_limits.give_back('password_account', account);
    throw error;
  }
  return {
    async forgive() {
      await Promise.all([rate_limits.give_back('password_account', account), rate_limits.give_back('password_address', address)]);
    },
  };
}
