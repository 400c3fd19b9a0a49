import type { BindRequest } from 'ldapts';
import { PasswordPolicyControl } from 'ldapts';
import type { Switches } from '../switches.ts';
import { name_key } from './names.ts';
import { name_sent } from './search.ts';
import type { Flavour, MockEntry } from './tree.ts';
import { type Answer, policy_value, RESULT_OF } from './wire.ts';

const POLICY = PasswordPolicyControl.type;
const DISABLED_DATA = '533';

/** Active Directory puts the reason into the text. */
const ad_text = (data: string): string => `80090308: LdapErr: DSID-0C090569, comment: AcceptSecurityContext error, data ${data}, v4563`;

/** What a password check is answered, and as whom the connection then goes on. */
export function answer_bind(
  request: BindRequest,
  tree: readonly MockEntry[],
  flavour: Flavour,
  switches: Switches,
): { readonly answer: Answer; readonly bound?: MockEntry | 'anonymous' } {
  const ad = flavour === 'active_directory';
  const asked_policy = request.controls?.some((control) => control instanceof PasswordPolicyControl) === true;
  const say = (code: number, policy?: { error?: number; grace?: number }, data = '52e'): Answer => ({
    operation: RESULT_OF.bind,
    code,
    text: code === 49 && ad ? ad_text(data) : '',
    ...(policy !== undefined && !ad && asked_policy && { controls: [{ oid: POLICY, value: policy_value(policy) }] }),
  });
  if (request.dn === '' && request.password === '') return { answer: say(0), bound: 'anonymous' };
  if (request.password === '') return switches.is_on('empty_password_ok') ? { answer: say(0), bound: 'anonymous' } : { answer: say(53) };
  if (switches.is_on('bind_referral') && !request.dn.includes('ou=services')) {
    return { answer: { operation: RESULT_OF.bind, code: 10, referrals: ['ldap://127.0.0.1:1/dc=elsewhere'] } };
  }
  const key = name_key(request.dn);
  const entry = tree.find((one) => name_key(name_sent(one, switches)) === key);
  if (entry?.password === undefined) return { answer: say(switches.is_on('any_password_ok') ? 0 : 49, undefined, '525') };
  const right = entry.password === request.password;
  if (entry.person === undefined) return right ? { answer: say(0), bound: entry } : { answer: say(49) };

  const state = entry.person.attributes['mock_state'] ?? [];
  const is = (name: string, on: string): boolean => state.includes(name) || switches.is_on(on);
  if (is('locked', 'account_locked')) return { answer: say(49, { error: 1 }, '775') };
  if (!right) return { answer: say(49) };
  if (is('disabled', 'account_disabled')) return { answer: say(ad ? 49 : 53, undefined, DISABLED_DATA) };
  if (is('expired', 'password_expired')) return { answer: say(49, { error: 0 }, '532') };
  if (is('must_change', 'must_change')) return ad ? { answer: say(49, undefined, '773') } : { answer: say(0, { error: 2 }), bound: entry };
  if (switches.is_on('broken_policy')) {
    return { answer: { ...say(0), controls: [{ oid: POLICY, value: Buffer.from('3003810500', 'hex') }] }, bound: entry };
  }
  if (is('grace', 'grace_login')) return { answer: say(0, { grace: 3 }), bound: entry };
  return { answer: say(0), bound: entry };
}
