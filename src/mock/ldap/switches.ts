import { Switches } from '../switches.ts';

/** How a mock directory can misbehave. */
export function ldap_switches(on: readonly string[] = []): Switches {
  return new Switches(
    [
      { name: 'slow', summary: 'answers only after some seconds' },
      { name: 'dead', summary: 'closes every connection at once' },
      { name: 'mute', summary: 'takes connections and never says a word, not even for TLS' },
      { name: 'mute_after_starttls', summary: 'agrees to StartTLS and then never begins with it' },
      { name: 'busy', summary: 'answers everything with "busy" (51)' },
      { name: 'unavailable', summary: 'answers everything with "unavailable" (52)' },
      { name: 'other_error', summary: 'answers everything with "other" (80)' },
      { name: 'cuts_off', summary: 'closes the connection in the middle of each answer' },
      { name: 'account_locked', summary: 'every account is locked, right password or wrong' },
      { name: 'account_disabled', summary: 'every account is disabled' },
      { name: 'password_expired', summary: 'every right password has expired' },
      { name: 'must_change', summary: 'every right password is accepted but must be changed first' },
      { name: 'grace_login', summary: 'every right password has expired, three sign-ins are left' },
      { name: 'broken_policy', summary: 'accepts passwords, with a password policy answer that cannot be read' },
      { name: 'empty_password_ok', summary: 'answers a name without a password with success' },
      { name: 'any_password_ok', summary: 'answers any password of a name that does not exist with success' },
      { name: 'wrong_certificate', summary: 'shows a certificate of an authority that nobody knows' },
      { name: 'wrong_name', summary: 'shows a certificate for another name' },
      { name: 'expired_certificate', summary: 'shows a certificate that has expired' },
      { name: 'no_starttls', summary: 'refuses StartTLS' },
      { name: 'stuffed_starttls', summary: 'agrees to StartTLS and slips an answer in before encryption begins' },
      { name: 'referral', summary: 'sends every search to another server' },
      { name: 'bind_referral', summary: 'sends every password check to another server' },
      { name: 'continuations', summary: 'adds references to other servers to every search' },
      { name: 'two_entries', summary: 'finds a second person with every search for one' },
      { name: 'outside_base', summary: 'finds people who do not lie under the base' },
      { name: 'no_ids', summary: 'does not show the ids that never change' },
      { name: 'oversized_message', summary: 'announces a message of two gigabytes' },
      { name: 'endless_entries', summary: 'never stops sending entries' },
      { name: 'lying_lengths', summary: 'sends messages whose lengths do not fit each other' },
      { name: 'wrong_message_id', summary: 'answers with the number of another request' },
      { name: 'empty_page', summary: 'sends an empty page in the middle of a long list' },
      { name: 'cut_list', summary: 'gives up in the middle of a long list: size limit exceeded' },
      { name: 'value_ranges', summary: 'sends long lists of values in pieces, as Active Directory does' },
    ],
    on,
  );
}
