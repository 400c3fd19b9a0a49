import type { LoginOutcome, RefusalReason } from '../connector.ts';
import type { Verdict } from './verify/index.ts';
import { status_word } from './vocabulary.ts';

const VERSION =
  'The identity provider refuses the version of SAML: its sign-in address must be that of SAML 2.0, not of an older protocol. Compare saml.sso_url with its metadata.';

type Meaning = readonly [reason: RefusalReason, sentence: string];

/** Every status code of SAML core 3.2.2.2 but Success, in a sentence that an admin can act on. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['AuthnFailed', ['cancelled', 'The person did not complete the sign-in at the identity provider, or failed to: try again there.']],
  ['RequestDenied', ['denied', 'The identity provider refuses this person or this application: check who is assigned to it there.']],
  [
    'UnknownPrincipal',
    ['denied', 'The identity provider does not know this person: check that the account exists there and is assigned to this application.'],
  ],
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
      'The identity provider was told by its own set-up not to ask the person, and could not sign them in without: allow it to ask there.',
    ],
  ],
  [
    'InvalidNameIDPolicy',
    ['partner_error', 'The identity provider cannot give the NameID that was asked for: change saml.name_id_format, or leave it out.'],
  ],
  [
    'InvalidAttrNameOrValue',
    [
      'partner_error',
      'The identity provider stumbles over an attribute: check the attributes that it is set up to send to this application.',
    ],
  ],
  [
    'UnknownAttrProfile',
    [
      'partner_error',
      'The identity provider stumbles over the kind of an attribute: check the attributes that it is set up to send to this application.',
    ],
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
    ['partner_error', 'The identity provider cannot answer by HTTP-POST: enable that binding there for the assertion consumer service.'],
  ],
  [
    'ResourceNotRecognized',
    [
      'partner_error',
      'The identity provider does not know what was asked for: compare saml.sso_url with its metadata, and our entity id with what is registered there.',
    ],
  ],
  [
    'TooManyResponses',
    [
      'partner_error',
      'The identity provider has more to say than it can answer with: fewer attributes or groups have to be set up for this application there.',
    ],
  ],
  ['PartialLogout', ['partner_error', 'The identity provider could not end every session: the person closes the browser to be sure.']],
  ['VersionMismatch', ['partner_error', VERSION]],
  ['RequestVersionTooHigh', ['partner_error', VERSION]],
  ['RequestVersionTooLow', ['partner_error', VERSION]],
  ['RequestVersionDeprecated', ['partner_error', VERSION]],
  [
    'ProxyCountExceeded',
    [
      'partner_error',
      'The identity provider would have to ask another one, and may not: connect that other identity provider here, or allow it there.',
    ],
  ],
  ['NoAvailableIDP', ['partner_error', 'The identity provider could not reach the one behind it: check that one, then try again.']],
  [
    'NoSupportedIDP',
    [
      'partner_error',
      'The identity provider knows none behind it that could sign this person in: check there which one is responsible for this person.',
    ],
  ],
  [
    'Requester',
    [
      'partner_error',
      'The identity provider found fault with our request: compare entity id, assertion consumer service URL and our signing certificate there.',
    ],
  ],
  ['Responder', ['partner_error', 'The identity provider failed by itself: look into its own log at this time.']],
]);

/** A response without success is the partner's refusal: never an identity, whatever else it holds. */
export function outcome_of_status({ status, second, message }: Extract<Verdict, { kind: 'status' }>): Extract<LoginOutcome, { ok: false }> {
  const [reason, sentence] = MEANINGS.get(status_word(second ?? '')) ??
    MEANINGS.get(status_word(status)) ?? [
      'partner_error',
      'The identity provider answered with a status that SAML does not define: its own log or its vendor says what it means.',
    ];
  const codes = [status, second].filter((code) => code !== undefined).map((code) => status_word(code).slice(0, 200));
  const said = message === undefined || message.trim() === '' ? '' : ` It says: ${message.replace(/\s+/g, ' ').trim()}`;
  return { ok: false, reason, detail: `${sentence} (${codes.join(' / ')})${said}` };
}
