import { type Act, make_audit } from '../../src/audit/index.ts';
import type { AccessScope } from '../../src/kernel/index.ts';
import { new_connection_id, new_id, new_org_id, type OrgId } from '../../src/kernel/index.ts';
import type { ConnectionRow, Storage } from '../../src/storage/index.ts';
import { make_end_access } from '../../src/tokens/index.ts';
import { make_users, type PeopleEvent, type Users } from '../../src/users/index.ts';
import { temporary_storage } from './temporary_storage.ts';

export const start = 1_767_225_600_000;
export const act: Act = { actor: { kind: 'admin_key', id: 'key_test', name: 'test' } };

/** Rooms that work on people, on a database of their own, with a clock that stands still until it is told. */
export interface PeopleWorld {
  readonly storage: Storage;
  readonly users: Users;
  readonly clock: { now: number };
  /** What was recorded in units of work that were kept, in order; the table has it as well. */
  readonly events: PeopleEvent[];
  /** Whose access ended. */
  readonly ended: AccessScope[];
  /** Domains proven by an organization. */
  readonly domains: Map<OrgId, Set<string>>;
  readonly deps: Parameters<typeof make_users>[0];
  add_organization(domains?: readonly string[]): Promise<OrgId>;
  add_connection(org_id: OrgId, more?: Partial<Omit<ConnectionRow, 'org_id'>>): Promise<string>;
  /** A session of this person and one app in it; answers its id. */
  add_session(org_id: OrgId, user_id: string, connection_id: string, more?: { expires_at?: number; client_id?: string }): Promise<string>;
  close(): Promise<void>;
}

/** On a database of its own, unless one is given. */
export async function people_world(given?: Storage): Promise<PeopleWorld> {
  const storage = given ?? (await temporary_storage());
  const clock = { now: start };
  const events: PeopleEvent[] = [];
  const ended: AccessScope[] = [];
  const domains = new Map<OrgId, Set<string>>();
  const audit = make_audit({ storage, now: () => clock.now, trace_days: 30 });
  const end_access = make_end_access({ wants_logout: async () => true, append_outbox: async () => 'out_1' });
  const deps: PeopleWorld['deps'] = {
    storage,
    now: () => clock.now,
    record: async (tx, who, event) => {
      tx.after_commit(() => void events.push(event));
      await audit.record(tx, who, event);
    },
    end_access: async (tx, scope) => {
      tx.after_commit(() => void ended.push(scope));
      return end_access(tx, scope);
    },
    domains: (org_id) => domains.get(org_id) ?? new Set(),
  };
  return {
    ...{ storage, clock, events, ended, domains, deps },
    users: make_users(deps),
    async add_organization(proven = []) {
      const id = new_org_id();
      domains.set(id, new Set(proven));
      const row = { id, slug: id.toLowerCase(), name: 'Acme', external_id: null, metadata: {}, branding: {}, people_policy: null };
      await storage.transact((tx) =>
        tx.gateway.organizations.insert({ ...row, status: 'active', created_at: start, updated_at: start, version: 1 }),
      );
      return id;
    },
    async add_connection(org_id, more = {}) {
      const id = new_connection_id();
      await storage.transact((tx) =>
        tx.org(org_id).connections.insert({
          id,
          protocol: 'oidc',
          name: 'Partner',
          enabled: true,
          settings: {},
          sealed_secrets: null,
          resolved: {},
          resolved_at: null,
          refresh_at: null,
          upkeep: {},
          announce_at: null,
          certificates_end_at: null,
          attribute_mapping: null,
          provisioning: { jit: true, update_on_login: true, link_by: 'none' },
          created_at: start,
          updated_at: start,
          version: 1,
          ...more,
        }),
      );
      return id;
    },
    async add_session(org_id, user_id, connection_id, { expires_at = start + 3_600_000, client_id = 'app' } = {}) {
      const id = new_id('ses');
      const common = { user_id, connection_id, auth_time: start, acr: null, amr: ['pwd'], created_at: start };
      await storage.transact(async (tx) => {
        const own = { ip: '192.0.2.7', user_agent: 'Firefox', sealed_upstream: null, upstream_hash: null, expires_at };
        await tx.org(org_id).sessions.insert({ ...common, ...own, id, uid_hash: `hash-${id}` });
        const grant = {
          session_id: id,
          client_id,
          told_sub: null,
          sid: `sid-${id}`,
          session_expires_at: expires_at,
          grant_hash: `grant-${id}`,
        };
        await tx.org(org_id).app_grants.insert({ ...common, ...grant });
      });
      return id;
    },
    close: () => storage.close(),
  };
}
