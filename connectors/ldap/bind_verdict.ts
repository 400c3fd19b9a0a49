import { PasswordPolicyControl } from 'ldapts';
import { ConnectorError, type LoginOutcome } from '../connector.ts';
import { type Controls, policy_of } from './decode.ts';
import { fault_of, INVALID_CREDENTIALS, name_of, NO_SUCH_OBJECT, type Result, SUCCESS } from './failure.ts';
import { as_malformed } from './session.ts';

/** What a password check came to; a fault is thrown. */
export type Verdict = { readonly ok: true; readonly note: string | undefined } | Extract<LoginOutcome, { ok: false }>;

/** Always sent: without it, "must be changed" looks like plain success, and "expired" like a wrong password. */
export const password_policy_request = (): PasswordPolicyControl => new PasswordPolicyControl();

/** "Password expired" of Netscape's descendants, which they send unasked. */
const NETSCAPE_EXPIRED = '2.16.840.1.113730.3.4.4';

const refused = (detail: string): Verdict => ({ ok: false, reason: 'invalid_credentials', detail });
const has_expired = (detail: string): Verdict => ({ ok: false, reason: 'password_expired', detail });
const must_be_changed: Verdict = { ok: false, reason: 'password_must_change', detail: 'the password is right and must be changed first' };

/** Error codes of the password policy draft (draft-behera-ldap-password-policy section 6.2). */
const EXPIRED = 0;
const CHANGE_AFTER_RESET = 2;
/** Active Directory's codes that come with the right password only. */
const AD_EXPIRED = '532';
const AD_MUST_CHANGE = '773';
const AD_REFUSES: Readonly<Record<string, string>> = {
  '525': 'no such account',
  '52e': 'wrong password',
  '530': 'not at this hour',
  '531': 'not from this machine',
  '533': 'the account is disabled',
  '701': 'the account has expired',
  '775': 'the account is locked',
};

/** Codes with which directories refuse a person: wrong, locked, without a password, gone. What exactly stays inside. */
const REFUSES: ReadonlySet<number> = new Set([19, NO_SUCH_OBJECT, 48, INVALID_CREDENTIALS, 50, 53]);

/**
 * Reads the answer to a password check. Only "the right password, but it has expired" or "must be changed" are told apart; all other reasons are one.
 * @throws ConnectorError when the answer is about the directory, not about the person
 */
export function verdict_of({ result, controls }: { readonly result: Result; readonly controls: Controls }): Verdict {
  const { error, grace, expires_in } = as_malformed(() => policy_of(controls)) ?? {};
  const said_expired = controls.has(NETSCAPE_EXPIRED);
  if (result.code === SUCCESS) {
    if (error === CHANGE_AFTER_RESET) return must_be_changed;
    if (error === EXPIRED) return has_expired('the password is right and has expired');
    if (error !== undefined) return refused(`the password policy objects (${error})`);
    if (said_expired && grace === undefined) return has_expired('the password is right and has expired');
    if (grace !== undefined) return { ok: true, note: `the password has expired, ${grace} sign-ins are left` };
    if (expires_in !== undefined) return { ok: true, note: `the password expires in ${expires_in} seconds` };
    return { ok: true, note: undefined };
  }
  if (result.code === INVALID_CREDENTIALS) {
    if (error === CHANGE_AFTER_RESET) return must_be_changed;
    if (error === EXPIRED || (error === undefined && said_expired)) return has_expired('the password has expired');
    const sub_code = /\bdata ([0-9a-f]{1,8})\b/i.exec(result.message)?.[1]?.toLowerCase();
    if (sub_code === AD_MUST_CHANGE) return must_be_changed;
    if (sub_code === AD_EXPIRED) return has_expired('the password has expired');
    const why = error === 1 ? 'the account is locked' : sub_code === undefined ? undefined : AD_REFUSES[sub_code];
    return refused(`the directory refused the password${why === undefined ? '' : `: ${why}`}`);
  }
  if (REFUSES.has(result.code)) return refused(`the directory refused the password: ${name_of(result)}`);
  if (result.code === 80 || result.code === 2) return { ok: false, reason: 'partner_error', detail: `password check: ${name_of(result)}` };
  const fault = fault_of(result, 'password check');
  if (result.code === 10)
    throw new ConnectorError('misconfigured', fault.message, {
      fix: 'This server passes password checks on to another, and referrals are not followed: name that server in `urls`.',
    });
  throw fault;
}
