import type { Call, LoginOutcome, Pending } from '../connector.ts';
import type { SamlConfig } from './settings.ts';
import type { VerifiedAssertion } from './verify/index.ts';

type Refused = Extract<LoginOutcome, { ok: false }>;

const numeric = (value: Pending[string] | undefined): number | undefined => (typeof value === 'number' ? value : undefined);

/**
 * Holds: the person authenticated as the app asked: not longer ago than `max_age`, anew where that was wanted, in a context that was asked for.
 * The partner's word that it did is checked, not assumed. Undefined: all is as asked.
 */
export function check_authentication(
  assertion: VerifiedAssertion,
  pending: Pending,
  config: SamlConfig,
  now: number,
  call: Call,
): Refused | undefined {
  const skew = config.clock_skew_seconds * 1000;
  const refused = (name: string, detail: string, fix: string): Refused => {
    call.check({ name, ok: false, detail, fix });
    return { ok: false, reason: 'authentication_context', detail };
  };
  const age = Math.round((now - assertion.authn_instant) / 1000);
  const max_age = numeric(pending['max_age']);
  if (max_age !== undefined) {
    if (now - assertion.authn_instant > max_age * 1000 + skew)
      return refused(
        'max_age',
        `the person authenticated ${age} s ago, ${max_age} s are allowed`,
        'The identity provider must honour ForceAuthn.',
      );
    call.check({ name: 'max_age', ok: true, detail: `authenticated ${age} s ago, ${max_age} s are allowed` });
  }
  const asked_at = numeric(pending['asked_at']);
  if (pending['force_authn'] === true && asked_at !== undefined) {
    if (assertion.authn_instant + skew < asked_at)
      return refused('force_authn', 'the person did not authenticate anew', 'The identity provider must honour ForceAuthn.');
    call.check({ name: 'force_authn', ok: true, detail: 'authenticated after the request' });
  }
  const contexts = pending['contexts'];
  if (Array.isArray(contexts) && contexts.length > 0) {
    const given = assertion.authn_context ?? 'none';
    if (assertion.authn_context === undefined || !contexts.includes(assertion.authn_context))
      return refused(
        'authn_context',
        `the authentication context is ${given}, asked for was ${contexts.join(' or ')}`,
        'The identity provider must honour RequestedAuthnContext, or the request must name what it gives.',
      );
    call.check({ name: 'authn_context', ok: true, detail: given });
  }
  return undefined;
}

const CLASSES = 'urn:oasis:names:tc:SAML:2.0:ac:classes:';

/** RFC 8176 values of what a context class or one of Microsoft's method references says. */
const METHODS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  [`${CLASSES}Password`, ['pwd']],
  [`${CLASSES}PasswordProtectedTransport`, ['pwd']],
  [`${CLASSES}SecureRemotePassword`, ['pwd']],
  [`${CLASSES}Kerberos`, ['wia']],
  [`${CLASSES}Smartcard`, ['sc']],
  [`${CLASSES}SmartcardPKI`, ['sc', 'pin']],
  [`${CLASSES}TimeSyncToken`, ['otp']],
  [`${CLASSES}MobileOneFactorContract`, ['mca']],
  [`${CLASSES}MobileTwoFactorContract`, ['mca', 'mfa']],
  [`${CLASSES}MobileTwoFactorUnregistered`, ['mca', 'mfa']],
  [`${CLASSES}TLSClient`, ['swk']],
  [`${CLASSES}X509`, ['swk']],
  [`${CLASSES}Telephony`, ['tel']],
  ['urn:federation:authentication:windows', ['wia']],
  ['https://refeds.org/profile/mfa', ['mfa']],
  ['http://schemas.microsoft.com/claims/multipleauthn', ['mfa']],
  ['http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password', ['pwd']],
  ['http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/windows', ['wia']],
  ['http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/x509', ['swk']],
  ['http://schemas.microsoft.com/ws/2012/12/authmethod/otp', ['otp']],
  ['http://schemas.microsoft.com/ws/2012/12/authmethod/smartcard', ['sc']],
]);

const REFERENCES = 'http://schemas.microsoft.com/claims/authnmethodsreferences';

/** Authentication methods as far as the assertion names them in words that are known. */
export function methods_of({ authn_context, attributes }: VerifiedAssertion): string[] {
  const named = [...(authn_context === undefined ? [] : [authn_context]), ...(attributes[REFERENCES] ?? [])];
  return [...new Set(named.flatMap((name) => METHODS.get(name) ?? []))];
}
