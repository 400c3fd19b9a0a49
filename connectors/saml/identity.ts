import { ConnectorError, type Identity } from '../connector.ts';
import { methods_of } from './authentication.ts';
import type { SamlConfig } from './settings.ts';
import type { NameId, VerifiedAssertion } from './verify/index.ts';
import { NAME_ID } from './vocabulary.ts';

const MOST_SUBJECT = 255;

/** What of a NameID has to be said again at logout, exactly (SAML core 3.7.1). */
export function session_of(name_id: NameId, session_index: string | undefined): Record<string, string> {
  return {
    name_id: name_id.value,
    ...(name_id.format !== undefined && { name_id_format: name_id.format }),
    ...(name_id.name_qualifier !== undefined && { name_qualifier: name_id.name_qualifier }),
    ...(name_id.sp_name_qualifier !== undefined && { sp_name_qualifier: name_id.sp_name_qualifier }),
    ...(session_index !== undefined && { session_index }),
  };
}

function subject_of({ name_id, attributes }: VerifiedAssertion, { subject_attribute }: SamlConfig): string {
  if (subject_attribute !== undefined) {
    const [value, more] = attributes[subject_attribute] ?? [];
    if (value === undefined || more !== undefined || value.trim() === '')
      throw new ConnectorError(
        'misconfigured',
        `the attribute ${subject_attribute}, which is the subject here, has not exactly one value`,
        {
          fix: `Send the attribute ${subject_attribute} with one value that never changes, or change saml.subject_attribute.`,
        },
      );
    return value;
  }
  if (name_id.format === NAME_ID.transient)
    throw new ConnectorError('misconfigured', 'the NameID is transient: it is another one at every sign-in and tells nobody apart', {
      fix: `Send a NameID of the format ${NAME_ID.persistent}, or name in saml.subject_attribute an attribute that never changes.`,
    });
  return name_id.value;
}

/** Who a verified assertion says this is. @throws ConnectorError when it names nobody who could be met again */
export function identity_of(assertion: VerifiedAssertion, config: SamlConfig): Identity {
  const subject = subject_of(assertion, config);
  if (subject.length > MOST_SUBJECT)
    throw new ConnectorError('misconfigured', `the subject is longer than ${MOST_SUBJECT} characters`, { fix: 'Send a shorter NameID.' });
  const { name_id, authn_context, session_not_on_or_after, session_index } = assertion;
  const amr = methods_of(assertion);
  return {
    subject,
    ...(config.subject_attribute === undefined && name_id.format !== undefined && { subject_format: name_id.format }),
    attributes: assertion.attributes,
    authenticated_at: assertion.authn_instant,
    ...(session_not_on_or_after !== undefined && { session_expires_at: session_not_on_or_after }),
    ...(authn_context !== undefined && { acr: authn_context }),
    ...(amr.length > 0 && { amr }),
    session: session_of(name_id, session_index),
    decoded: decoded(assertion),
  };
}

const iso = (at: number): string => new Date(at).toISOString();

/** What the assertion says of itself and of the sign-in, for people to read: nothing of the person. */
function decoded({ id, issuer, ...rest }: VerifiedAssertion): Record<string, unknown> {
  return {
    id,
    issuer,
    authn_instant: iso(rest.authn_instant),
    ...(rest.authn_context !== undefined && { authn_context: rest.authn_context }),
    ...(rest.session_index !== undefined && { session_index: rest.session_index }),
    ...(rest.session_not_on_or_after !== undefined && { session_not_on_or_after: iso(rest.session_not_on_or_after) }),
    signed_by: rest.signed_by,
    encrypted: rest.encrypted,
    algorithms: { ...rest.algorithms },
  };
}
