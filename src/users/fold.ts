import { hash_token, parse_email } from '../kernel/index.ts';

/** What an index of either database holds beside the organization, at three bytes a character. */
const LONGEST_KEY = 640;

/** How user names and group names are compared. One character may fold into eighteen: what grows out of an index is compared by its hash. */
export function fold_name(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase();
  return folded.length <= LONGEST_KEY ? folded : hash_token(folded);
}

/** How e-mail addresses are compared; null for what is no address, which then equals nothing. */
export const fold_email = (email: string | null): string | null => (email === null ? null : (parse_email(email)?.key ?? null));
