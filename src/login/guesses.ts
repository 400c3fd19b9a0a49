import type { LoginDeps } from './deps.ts';

/** A password that is being tried: counted before it is known to be wrong, so that guesses side by side do not all pass. */
export interface Guess {
  /** It was none: the password was right, or nobody could say. */
  forgive(): Promise<void>;
}

/**
 * What guesses at one account are counted under. Directories compare names without what cannot be seen, without accents, case and the
 * number of spaces (RFC 4518): names that one of them takes for the same must not have a count each.
 */
export const account_key = (org_id: string, username: string): string =>
  `${org_id}/${username
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu, '')
    .toLowerCase()
    .normalize('NFKC')}`;

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
