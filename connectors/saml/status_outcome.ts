import type { LoginOutcome, RefusalReason } from '../connector.ts';
import type { Verdict } from './verify/index.ts';
import { status_word } from './vocabulary.ts';

/** What the status codes of SAML core 3.2.2.2 mean for a sign-in, in a sentence that an admin can act on. */
const MEANINGS: ReadonlyMap<string, readonly [reason: RefusalReason, sentence: string]> = new Map<string, readonly [RefusalReason, string]>(
  [
    ['AuthnFailed', ['cancelled', 'The person did not complete the sign-in at the identity provider, or failed to.']],
    ['RequestDenied', ['denied', 'The identity provider refuses this person or this application: check who is assigned to it there.']],
    ['UnknownPrincipal', ['denied', 'The identity provider does not know this person.']],
    [
      'NoAuthnContext',
      [
        'authentication_context',
        'The identity provider cannot give the authentication context that was asked for: compare saml.authn_context or the acr_values of the app with what it offers.',
      ],
    ],
    [
      'NoPassive',
      [
        'authentication_context',
        'The identity provider was told by its own set-up not to ask the person, and could not sign them in without.',
      ],
    ],
    [
      'InvalidNameIDPolicy',
      ['partner_error', 'The identity provider cannot give the NameID that was asked for: change saml.name_id_format, or leave it out.'],
    ],
    [
      'RequestUnsupported',
      [
        'partner_error',
        'The identity provider does not support such a request: turn off saml.force_authn, saml.authn_context or saml.send_login_hint.',
      ],
    ],
    [
      'UnsupportedBinding',
      ['partner_error', 'The identity provider cannot answer by HTTP-POST: enable that binding for the assertion consumer service.'],
    ],
    ['RequestVersionTooHigh', ['partner_error', 'The identity provider does not speak SAML 2.0 at this address.']],
    ['RequestVersionTooLow', ['partner_error', 'The identity provider does not speak SAML 2.0 at this address.']],
    ['VersionMismatch', ['partner_error', 'The identity provider does not speak SAML 2.0 at this address.']],
    ['ProxyCountExceeded', ['partner_error', 'The identity provider would have to ask another one, and must not.']],
    ['NoAvailableIDP', ['partner_error', 'The identity provider could not reach the one behind it.']],
    ['NoSupportedIDP', ['partner_error', 'The identity provider knows none behind it that could sign this person in.']],
    [
      'Requester',
      [
        'partner_error',
        'The identity provider found fault with our request: compare entity id, assertion consumer service URL and our signing certificate there.',
      ],
    ],
    ['Responder', ['partner_error', 'The identity provider failed by itself: its own log says why.']],
  ],
);

/** A response without success is the partner's refusal: never an identity, whatever else it holds. */
export function outcome_of_status({ status, second, message }: Extract<Verdict, { kind: 'status' }>): Extract<LoginOutcome, { ok: false }> {
  const [reason, sentence] = MEANINGS.get(status_word(second ?? '')) ??
    MEANINGS.get(status_word(status)) ?? ['partner_error', 'The identity provider answered with a status that SAML does not define.'];
  const codes = [status, second].filter((code) => code !== undefined).map((code) => status_word(code).slice(0, 200));
  const said = message === undefined || message.trim() === '' ? '' : ` It says: ${message.replace(/\s+/g, ' ').trim()}`;
  return { ok: false, reason, detail: `${sentence} (${codes.join(' / ')})${said}` };
}
