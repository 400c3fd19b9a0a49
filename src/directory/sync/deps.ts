import type { Attributes, Connector } from '../../../connectors/connector.ts';
import type { Act } from '../../audit/index.ts';
import type { OrgId } from '../../kernel/index.ts';
import type { PeoplePolicy } from '../../organizations/index.ts';
import type { Tx, UserRow } from '../../storage/index.ts';
import type { UserChanges } from '../../users/index.ts';
import type { DirectoryDeps } from '../deps.ts';

/** A connection whose directory is read. */
export interface SyncedConnection {
  readonly id: string;
  readonly org_id: OrgId;
  readonly protocol: 'saml' | 'oidc' | 'ldap';
  readonly name: string;
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly attribute_mapping: Readonly<Record<string, unknown>> | null;
  readonly provisioning: { readonly link_by: 'none' | 'verified_email' };
}

interface Mapped {
  readonly ok: true;
  readonly person: {
    readonly user_name?: string;
    readonly email?: string;
    readonly groups?: readonly string[];
    readonly attributes: Readonly<Record<string, string | readonly string[]>>;
  };
  readonly targets: readonly string[];
  readonly ignored: readonly string[];
}

/** A person as the mapping of the connection makes them. */
export type ReadPerson = Mapped | { readonly ok: false; readonly missing: readonly string[]; readonly ignored: readonly string[] };

interface Told {
  readonly subject: string;
  readonly attributes: Attributes;
}

interface Of {
  readonly org_id: OrgId;
  readonly connection: SyncedConnection;
  readonly policy: PeoplePolicy;
  readonly proven: ReadonlySet<string>;
}

/** What linking knows of people of a partner: a sync follows the rules of a sign-in. */
export interface PeopleRules {
  read(connection: SyncedConnection, person: Told): ReadPerson;
  read_groups(connection: SyncedConnection, person: Told): readonly string[] | undefined;
  groups_are_memberships(connection: SyncedConnection): boolean;
  /** @throws PosternError `link_refused` */
  find(tx: Tx, of: Of, told: Told, person: Mapped['person']): Promise<UserRow | undefined>;
  bind(tx: Tx, org_id: OrgId, of: { user_id: string; connection_id: string; subject: string }, at: number): Promise<boolean>;
  changes(
    row: UserRow,
    read: Mapped,
    attributes: Attributes,
    policy: PeoplePolicy,
  ): { readonly fields: UserChanges; readonly states: readonly string[] };
}

/** What somebody who has a say answers about a person of whom a user would be made. */
export type CreationAnswer =
  | { readonly allow: true; readonly person?: Readonly<Record<string, string>> }
  /** `problem`: for the report of the run. */
  | { readonly allow: false; readonly why: 'deny' | 'wait' | 'failed'; readonly problem: string };

/** Somebody who has a say in whom the directories of an organization make. */
export interface Asked {
  about(question: {
    readonly org_id: OrgId;
    readonly connection_id: string;
    readonly subject: string;
    readonly person: Mapped['person'];
  }): Promise<CreationAnswer>;
  /** Where there is no more time to ask, people are made all the same. */
  readonly may_be_left_out: boolean;
}

export interface SyncDeps extends DirectoryDeps {
  readonly people: PeopleRules;
  /** Undefined: nobody is. */
  readonly who_is_asked?: (org_id: OrgId) => Promise<Asked | undefined>;
  /** Opened once per version of the connection. @throws NotFound | Misconfigured */
  connector(connection_id: string): Promise<Connector>;
  /** As it is now. */
  connection(connection_id: string): Promise<SyncedConnection | undefined>;
  verified_domains(org_id: OrgId): Promise<ReadonlySet<string>>;
  log(level: 'info' | 'warn' | 'error', message: string, fields: Readonly<Record<string, unknown>>): void;
  /** A run ended: `finished`, `failed`, `stopped`. */
  observe?(outcome: string): void;
}

/** One run, as everything in it needs it. */
export interface Run {
  readonly id: string;
  readonly org_id: OrgId;
  readonly connection: SyncedConnection;
  readonly dry_run: boolean;
  readonly act: Act;
}
