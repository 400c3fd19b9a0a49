import type { Identity } from '../../connectors/connector.ts';
import { LoginRefused, new_id, type OrgId } from '../kernel/index.ts';
import { type PeoplePolicy } from '../organizations/index.ts';
import type { Tx, UserRow } from '../storage/index.ts';
import type { UserChanges } from '../users/index.ts';
import { map_attributes, type MappedAttributes, type MappedPerson } from './map_attributes.ts';
import { default_mappings, type Mapping, rule_of } from './mapping.ts';
import { LinkQuestion, meet } from './meet.ts';
import { joining_email, profile_changes, states_of } from './profile.ts';

/** A connection, as far as its people are concerned. */
export interface PartnerConnection {
  readonly id: string;
  readonly protocol: 'saml' | 'oidc' | 'ldap';
  readonly attribute_mapping: Mapping | null;
  readonly provisioning: { readonly link_by: 'none' | 'verified_email' };
}

/** What a partner tells of a person whom nobody signs in. */
export type PartnerPerson = Pick<Identity, 'subject' | 'attributes'>;

/** How a person of a partner's directory becomes a user: by the same mapping and the same rules as one who signs in. */
export const partner_people = {
  read: (connection: PartnerConnection, person: PartnerPerson): MappedAttributes =>
    map_attributes(connection.attribute_mapping, connection.protocol, person),

  /** Only the groups; undefined where the mapping says nothing of groups. */
  read_groups(connection: PartnerConnection, person: PartnerPerson): readonly string[] | undefined {
    const groups = mapping_of(connection)['groups'];
    if (groups === undefined) return undefined;
    const mapped = map_attributes({ groups }, connection.protocol, person);
    return mapped.ok ? mapped.person.groups : undefined;
  },

  /** Whether the groups hang on memberships alone: then nobody whose entry is as it was can be in others for another reason. */
  groups_are_memberships(connection: PartnerConnection): boolean {
    const groups = mapping_of(connection)['groups'];
    const from = groups === undefined ? [] : [rule_of(groups)?.from ?? []].flat();
    return (
      connection.attribute_mapping === null || from.every((name) => ['memberof', 'groups', 'memberof;dn'].includes(name.toLowerCase()))
    );
  },

  /** The user who this is already, though not by this subject of this connection. @throws LoginRefused `link_refused` */
  async find(
    tx: Tx,
    of: {
      readonly org_id: OrgId;
      readonly connection: PartnerConnection;
      readonly policy: PeoplePolicy;
      readonly proven: ReadonlySet<string>;
    },
    { subject, attributes }: PartnerPerson,
    person: MappedPerson,
  ): Promise<UserRow | undefined> {
    const email = joining_email(person, { attributes }, of.connection, of.proven);
    const stranger = { org_id: of.org_id, connection_id: of.connection.id, subject, joining_email: email };
    const met = await meet(tx, stranger, of.policy).catch((error: unknown) => {
      if (!(error instanceof LinkQuestion)) throw error;
      throw new LoginRefused('link_refused', 'Another account has this address.', {
        detail: 'another account has this address, and the person is asked at a sign-in whether it is theirs',
      });
    });
    if (met !== undefined && met.user.source !== 'sync' && of.policy.on_conflict === 'refuse')
      throw new LoginRefused('link_refused', 'Another source made this user.', {
        detail: `user ${met.user.id} was made by another source, and on_conflict is refuse`,
      });
    return met?.user;
  },

  /** Ties the user to the subject, so that a sign-in finds them; false when somebody else is tied to it. */
  async bind(
    tx: Tx,
    org_id: OrgId,
    of: { readonly user_id: string; readonly connection_id: string; readonly subject: string },
    at: number,
  ): Promise<boolean> {
    const bound = await tx.sql.run(
      `INSERT INTO "identities" ("org_id", "id", "user_id", "connection_id", "subject", "last_login_at", "created_at")
       VALUES (?, ?, ?, ?, ?, NULL, ?) ON CONFLICT DO NOTHING`,
      [org_id, new_id('idn'), of.user_id, of.connection_id, of.subject, at],
    );
    return bound === 1;
  },

  /** What the directory changes of an account that exists, and what it says of it. */
  changes(
    row: UserRow,
    read: Extract<MappedAttributes, { ok: true }>,
    attributes: Identity['attributes'],
    policy: PeoplePolicy,
  ): { readonly fields: UserChanges; readonly states: readonly string[] } {
    const { person, targets } = read;
    const fields = profile_changes(row, person, targets, { attributes }, true, policy.attribute_owners !== undefined);
    return { fields, states: states_of(person, targets) };
  },
};

export type PartnerPeople = typeof partner_people;

const mapping_of = ({ attribute_mapping, protocol }: PartnerConnection): Mapping => attribute_mapping ?? default_mappings[protocol];
