import { Conflict, NotFound } from '../kernel/index.ts';
import type { ConnectionView, Shown } from '../organizations/index.ts';
import type { Guest } from './guest.ts';
import { type Guide, guide_of, type GuideValues } from './guides/index.ts';

export type Draft = Shown<ConnectionView>;
type Protocol = ConnectionView['protocol'];

/** Reserved, so that it never resolves (RFC 2606): what stands there is not the partner's yet, and no sign-in can come from it. */
const NOBODY = 'not-given-yet.invalid';

/** A connection before the partner has given its side: our addresses are real, theirs lead nowhere. */
export const unfilled: Readonly<Record<Protocol, Readonly<Record<string, unknown>>>> = {
  saml: { metadata_url: `https://${NOBODY}/metadata` },
  // by a key of ours: there is no secret yet
  oidc: { issuer: `https://${NOBODY}`, client_id: 'not-given-yet', private_key_jwt: true },
  ldap: { urls: [`ldaps://${NOBODY}`], base_dn: 'dc=not-given-yet' },
};

export const settings_of = (view: ConnectionView): Readonly<Record<string, unknown>> => view[view.protocol] ?? {};

/** Whether the partner has said who it is. */
export function is_given(view: ConnectionView): boolean {
  const { metadata_url, issuer, urls } = settings_of(view);
  const list: readonly unknown[] = Array.isArray(urls) ? urls : [];
  return ![metadata_url, issuer, ...list].some((text) => typeof text === 'string' && text.includes(NOBODY));
}

/** The connection that this link sets up; undefined before there is one, and when somebody has removed it. */
export async function draft_of({ deps, visit }: Guest): Promise<Draft | undefined> {
  const { connection_id } = visit.draft;
  if (connection_id === null) return undefined;
  return deps.organizations
    .connections(visit.org_id)
    .get(connection_id)
    .catch((error: unknown) => {
      if (error instanceof NotFound) return undefined;
      throw error;
    });
}

/** The same, to be changed. @throws Conflict when there is none, or it is in use */
export async function own_draft(guest: Guest): Promise<Draft> {
  const draft = await draft_of(guest);
  if (draft === undefined) throw new Conflict('no_draft', 'Choose your identity provider first.');
  if (draft.view.enabled)
    throw new Conflict('in_use', 'This connection has been switched on in the meantime. Look after it on the page for what is in use.');
  return draft;
}

/** The guide that was chosen. */
export const chosen_guide = ({ visit }: Guest): Guide | undefined => (visit.draft.guide === null ? undefined : guide_of(visit.draft.guide));

const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';

/** What the partner types in, from the connection as it is. */
export function values_of(view: ConnectionView | undefined): GuideValues {
  const ours = view?.service_provider ?? {};
  const signing = ours.certificates?.find((one) => one.use === 'signing' && one.state === 'current');
  const format = view === undefined ? undefined : settings_of(view)['name_id_format'];
  return {
    acs_url: ours.acs_url ?? '',
    entity_id: ours.entity_id ?? '',
    metadata_url: ours.metadata_url ?? '',
    slo_url: ours.slo_url ?? '',
    certificate: signing?.pem ?? '',
    redirect_uri: ours.redirect_uri ?? '',
    jwks_uri: ours.jwks_uri ?? '',
    backchannel_logout_uri: ours.backchannel_logout_uri ?? '',
    scim_base_url: '',
    scim_token: '',
    name_id_format: typeof format === 'string' ? format : PERSISTENT,
  };
}
