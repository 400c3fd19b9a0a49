import { make_directory_sync, type DirectorySync, type SyncDeps, type SyncRunView } from '../../src/directory/index.ts';
import type { OrgId } from '../../src/kernel/index.ts';
import { partner_people } from '../../src/linking/index.ts';
import { type MockLdap, type MockLdapOptions, start_mock_ldap } from '../../src/mock/ldap/index.ts';
import type { Person } from '../../src/mock/people.ts';
import type { CredentialConnector } from '../../connectors/connector.ts';
import type { PresentedUser } from '../../src/users/index.ts';
import { open_ldap } from './ldap_connector.ts';
import { act, people_world, type PeopleWorld } from './people_world.ts';

/** An organization whose people are read from a mock directory. */
export interface SyncWorld extends PeopleWorld {
  readonly org_id: OrgId;
  readonly connection_id: string;
  readonly mock: MockLdap;
  /** What the directory has at this moment: change it in place. */
  readonly people: Person[];
  readonly sync: DirectorySync;
  /** The same in another process. */
  other_process(): DirectorySync;
  run(body?: Readonly<Record<string, unknown>>): Promise<SyncRunView>;
  user(user_name: string): Promise<PresentedUser | undefined>;
  policy(policy: Readonly<Record<string, unknown>> | null): Promise<void>;
}

interface Options extends Partial<Pick<MockLdapOptions, 'flavour' | 'nested_groups'>> {
  readonly sync?: Readonly<Record<string, unknown>>;
  readonly attribute_mapping?: Readonly<Record<string, unknown>>;
  readonly domains?: readonly string[];
  readonly link_by?: 'none' | 'verified_email';
  readonly who_is_asked?: SyncDeps['who_is_asked'];
}

export async function sync_world(people: Person[], options: Options = {}): Promise<SyncWorld> {
  const world = await people_world();
  const mock = await start_mock_ldap({
    people,
    ...(options.flavour !== undefined && { flavour: options.flavour }),
    ...(options.nested_groups !== undefined && { nested_groups: options.nested_groups }),
  });
  const org_id = await world.add_organization(options.domains ?? ['acme.example']);
  const settings = { sync: { enabled: true, interval_seconds: 300, ...options.sync } };
  const connection_id = await world.add_connection(org_id, {
    ...{ protocol: 'ldap', name: 'Directory', settings, attribute_mapping: { ...options.attribute_mapping } },
    ...(options.attribute_mapping === undefined && { attribute_mapping: null }),
    provisioning: { jit: true, update_on_login: true, link_by: options.link_by ?? 'none' },
  });
  await world.storage.transact((tx) =>
    tx.sql.run(`INSERT INTO "connection_syncs" ("org_id", "connection_id", "due_at") VALUES (?, ?, ?)`, [
      org_id,
      connection_id,
      world.clock.now,
    ]),
  );
  const connectors: CredentialConnector[] = [];
  const connector_of = (): CredentialConnector => {
    const made = open_ldap({
      ...{ urls: mock.urls, vendor: options.flavour ?? 'openldap', ca_pem: mock.ca_pem, base_dn: mock.base_dn },
      ...{ bind_dn: mock.bind_dn, bind_password: mock.bind_password, timeout_ms: 10_000 },
    });
    connectors.push(made);
    return made;
  };
  const make = (): DirectorySync => {
    const connector = connector_of();
    return make_directory_sync({
      ...{ storage: world.storage, now: world.deps.now, end_access: world.deps.end_access, people: partner_people },
      record: world.deps.record as never, // the same function, typed for people only
      connector: async () => connector,
      async connection(id) {
        const row = await world.storage.org(org_id).connections.find_one({ id });
        return row === undefined ? undefined : { ...row, org_id };
      },
      verified_domains: async (id) => world.domains.get(id) ?? new Set(),
      ...(options.who_is_asked !== undefined && { who_is_asked: options.who_is_asked }),
      log: () => {},
    });
  };
  const sync = make();
  return {
    ...world,
    ...{ org_id, connection_id, mock, people, sync, other_process: make },
    run: (body = {}) => sync.runs(org_id, connection_id).finish(body, act),
    async user(user_name) {
      const { data } = await world.users.users(org_id).list({ filters: { filter: `user_name eq ${JSON.stringify(user_name)}` } });
      return data[0];
    },
    policy: (policy) =>
      world.storage.transact(async (tx) => {
        await tx.gateway.organizations.update({ id: org_id }, { people_policy: policy === null ? null : { ...policy } });
        await world.users.settle_everyone(tx, org_id, act);
      }),
    async close() {
      await sync.stop();
      for (const one of connectors) await one.close?.();
      await mock.close();
      await world.close();
    },
  };
}
