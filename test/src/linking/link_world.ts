import assert from 'node:assert/strict';
import type { Attributes, Check, Identity } from '../../../connectors/connector.ts';
import { LoginRefused, new_id, type OrgId } from '../../../src/kernel/index.ts';
import { type LinkInput, type LinkingDeps, type LinkResult, make_linking } from '../../../src/linking/index.ts';
import { insert_user, type NewUser } from '../../../src/users/index.ts';
import { people_world, type PeopleWorld, start } from '../../support/people_world.ts';

type Connection = LinkInput['connection'];

/** A partner's connection, as a sign-in knows it. */
export interface Partner extends Connection {
  readonly org_id: OrgId;
}

export interface LinkWorld extends PeopleWorld {
  /** A connection of this organization; OIDC, JIT, linking by nothing, unless said. */
  partner(
    org_id: OrgId,
    more?: Partial<Omit<Connection, 'id' | 'provisioning'>> & { provisioning?: Partial<Connection['provisioning']> },
  ): Promise<Partner>;
  /** Signs in somebody whom the partner calls by `subject`. */
  sign_in(
    partner: Partner,
    subject: string,
    attributes?: Attributes,
    more?: Partial<Identity> & { org_id?: OrgId; ask_hook?: LinkingDeps['ask_hook'] },
  ): Promise<LinkResult>;
  /** How a sign-in was refused: code and status; fails when it was not. Nothing that was there may have changed. */
  refused(work: () => Promise<LinkResult>): Promise<string>;
  /** A person made by SCIM under this token. */
  made_by_scim(org_id: OrgId, fields: Omit<NewUser, 'source'>, token: { connection_id: string | null }): Promise<string>;
  /** The checks of the last sign-in. */
  readonly checks: Check[];
}

export async function link_world(): Promise<LinkWorld> {
  const world = await people_world();
  const { storage } = world;
  const checks: Check[] = [];
  const deps: LinkingDeps = {
    storage,
    now: () => world.clock.now,
    record: world.deps.record,
    users: world.users,
    directory: { verified_domains: world.deps.domains },
  };
  const act = { actor: { kind: 'user' as const } };
  /** Every row that a sign-in may write, without what tells when. */
  const everything = async (): Promise<string> => {
    const tables = ['users', 'identities', 'groups', 'group_members', 'user_roles', 'audit_events'];
    const rows = await Promise.all(tables.map((table) => storage.sql.all(`SELECT * FROM "${table}"`)));
    return JSON.stringify(rows.map((table) => table.map((row) => JSON.stringify(row)).sort()));
  };
  return {
    ...world,
    checks,
    async partner(org_id, more = {}) {
      const provisioning = { jit: true, update_on_login: true, link_by: 'none' as const, ...more.provisioning };
      const connection = { protocol: 'oidc' as const, attribute_mapping: null, ...more, provisioning };
      const { attribute_mapping, ...columns } = connection;
      const id = await world.add_connection(org_id, {
        ...columns,
        attribute_mapping: attribute_mapping === null ? null : { ...attribute_mapping },
      });
      return { ...connection, id, org_id };
    },
    sign_in(partner, subject, attributes = {}, { org_id = partner.org_id, ask_hook, ...more } = {}) {
      checks.length = 0;
      const linking = make_linking({ ...deps, ...(ask_hook !== undefined && { ask_hook }) });
      const { org_id: _owner, ...connection } = partner;
      return linking.link({
        org_id,
        connection,
        identity: { subject, attributes, ...more },
        act,
        note: (check) => void checks.push(check),
      });
    },
    async refused(work) {
      const before = await everything();
      const error: unknown = await work().then(
        () => assert.fail('the sign-in was not refused'),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof LoginRefused, String(error));
      assert.equal(await everything(), before, 'a refused sign-in changed something');
      return `${error.status} ${error.code}`;
    },
    async made_by_scim(org_id, fields, { connection_id }) {
      const token = new_id('scm');
      const row = await storage.transact(async (tx) => {
        const columns = {
          name: 'token',
          dialect: 'auto',
          detected_dialect: null,
          silence_told_at: null,
          ip_ranges: null,
          expires_at: null,
          last_used_at: null,
          created_at: start,
        };
        await tx.org(org_id).scim_tokens.insert({ ...columns, id: token, token_hash: `hash-${token}`, connection_id });
        return insert_user(tx, org_id, { ...fields, source: 'scim', scim_owner: token }, start);
      });
      assert.ok(row !== undefined);
      return row.id;
    },
  };
}
