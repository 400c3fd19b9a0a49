import type { Check, Identity } from '../../connectors/connector.ts';
import { LoginRefused, type OrgId } from '../kernel/index.ts';
import { policy_of } from '../organizations/index.ts';
import type { Storage } from '../storage/index.ts';
import { map_attributes, type MappedPerson } from './map_attributes.ts';
import type { Mapping } from './mapping.ts';
import { meet } from './meet.ts';
import { joining_email } from './profile.ts';

export interface PreviewInput {
  readonly org_id: OrgId;
  readonly connection: {
    readonly id: string;
    readonly protocol: 'saml' | 'oidc' | 'ldap';
    readonly attribute_mapping: Mapping | null;
    readonly provisioning: { readonly jit: boolean; readonly link_by: 'none' | 'verified_email' };
  };
  readonly identity: Identity;
  note(check: Check): void;
}

interface PreviewDeps {
  readonly storage: Storage;
  readonly directory: { verified_domains(org_id: OrgId): ReadonlySet<string> | Promise<ReadonlySet<string>> };
}

/** What a sign-in would have made of this identity. */
export type Preview =
  | { readonly ok: true; readonly user: Readonly<Record<string, string | readonly string[]>> }
  | { readonly ok: false; readonly code: string };

/** The account that this identity would have ended at, without writing anything; also for a connection that is switched off. */
export async function preview(deps: PreviewDeps, { org_id, connection, identity, note }: PreviewInput): Promise<Preview> {
  const mapped = map_attributes(connection.attribute_mapping, connection.protocol, identity);
  const ignored = mapped.ignored.length === 0 ? '' : `; left out: ${mapped.ignored.join('; ')}`;
  if (!mapped.ok) {
    const sent = Object.keys(identity.attributes).join(', ') || 'none';
    note({
      name: 'attributes',
      ok: false,
      detail: `missing: ${mapped.missing.join(', ')}${ignored}; sent were: ${sent}`,
      fix: 'The partner must send what the mapping requires, or the mapping must name what the partner sends.',
    });
    return { ok: false, code: 'attribute_missing' };
  }
  note({ name: 'attributes', ok: true, detail: `read: ${Object.keys(mapped.person).join(', ')}${ignored}` });
  const email = joining_email(mapped.person, identity, connection, await deps.directory.verified_domains(org_id));
  const { subject } = identity;
  try {
    const how = await deps.storage.transact(async (tx) => {
      const known = await tx.org(org_id).identities.find_one({ connection_id: connection.id, subject });
      if (known !== undefined) return { user_id: known.user_id, how: 'known' };
      const policy = await policy_of(tx, org_id);
      const met = await meet(tx, { org_id, connection_id: connection.id, subject, joining_email: email, confirmed: true }, policy);
      const asked = met?.by === 'email' && policy.on_conflict === 'ask' ? ', once the person says that it is theirs' : '';
      return met === undefined ? undefined : { user_id: met.user.id, how: `linked by ${met.by}${asked}` };
    });
    if (how === undefined && !connection.provisioning.jit) {
      const detail = 'there is no account for this person, and the connection makes none (jit is off)';
      note({ name: 'account', ok: false, detail, fix: 'Make the account beforehand, or set provisioning.jit.' });
      return { ok: false, code: 'no_account' };
    }
    note({ name: 'account', ok: true, detail: how === undefined ? 'a new one would be made' : `${how.how}: user ${how.user_id}` });
    return { ok: true, user: user_of(mapped.person, subject, how?.user_id) };
  } catch (error) {
    if (!(error instanceof LoginRefused)) throw error;
    note({ name: 'account', ok: false, detail: error.detail ?? error.message });
    return { ok: false, code: error.code };
  }
}

function user_of(person: MappedPerson, subject: string, user_id: string | undefined): Record<string, string | readonly string[]> {
  const { attributes, user_name, ...fields } = person;
  return {
    ...(user_id !== undefined && { id: user_id }),
    user_name: user_name ?? person.email ?? subject,
    ...fields,
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`attributes.${name}`, value])),
  };
}
