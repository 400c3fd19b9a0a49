import { randomBytes } from 'node:crypto';
import { make_test_sign_ins } from '../../src/login/index.ts';
import { admin_routes, make_admin_keys } from '../../src/admin/index.ts';
import type { Caller } from '../../src/admin/index.ts';
import { type Act, type Audit, make_audit, make_receipts, new_reference } from '../../src/audit/index.ts';
import { bulk_as_rows, make_outbound, make_directory_sync, make_scim_requests, make_scim_tokens } from '../../src/directory/index.ts';
import { make_deliveries } from '../../src/events/index.ts';
import { type AccessScope, new_id, type OrgId } from '../../src/kernel/index.ts';
import { partner_people } from '../../src/linking/index.ts';
import { make_rate_limits } from '../../src/http/index.ts';
import type { AdminRole, Storage, Tx } from '../../src/storage/index.ts';
import { make_second_factors } from '../../src/operators/index.ts';
import { make_organizations, type Organizations } from '../../src/organizations/index.ts';
import { make_tenants } from '../../src/organizations/tenants/index.ts';
import { make_end_access, make_keys, preview_claims, start_session } from '../../src/tokens/index.ts';
import { make_user_imports, make_users, type UserImports, type Users } from '../../src/users/index.ts';
import { type FakePartner, fake_types } from '../src/organizations/fake_connector.ts';
import { type Answer, ask, serve_room, type Served } from './admin_app.ts';
import { temporary_storage } from './temporary_storage.ts';

export const FIRST_KEY = 'first-key-of-the-settings-0123456789';
export const START = 1_767_225_600_000;

/** One organization and one of everything in it, by the name of the path's parameter. */
export interface Furnished {
  readonly organization_id: string;
  readonly domain: string;
  readonly connection_id: string;
  readonly user_id: string;
  readonly session_id: string;
  readonly consent_id: string;
  readonly group_id: string;
  readonly role_mapping_id: string;
  readonly contact_id: string;
  readonly signal_source_id: string;
  readonly setup_link_id: string;
  readonly scim_token_id: string;
  readonly scim_request_id: string;
  readonly user_import_id: string;
  readonly sync_run_id: string;
  readonly reference: string;
  /** A test sign-in of the connection that nobody has finished. */
  readonly test: string;
}

/** The admin API over the real rooms, on a database of its own; partners are fakes. */
export interface AdminWorld {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly user_imports: UserImports;
  /** Of which the API's routes are made, where a test makes more of them. */
  readonly rooms: { readonly users: Users; readonly scim_requests: ReturnType<typeof make_scim_requests> };
  readonly organizations: Organizations;
  readonly partner: FakePartner;
  readonly served: Served;
  readonly clock: { now: number };
  readonly txt: Map<string, string[][]>;
  /** Opaque access tokens and whose they are. */
  readonly tokens: Map<string, Caller>;
  /** A request under `/api/v1`, with the first key unless another is given. */
  api(method: string, path: string, options?: Parameters<typeof ask>[2]): Promise<Answer>;
  /** The same with a body that must be accepted. */
  made(path: string, body: unknown, key?: string): Promise<Readonly<Record<string, unknown>> & { readonly id: string }>;
  new_key(role: AdminRole, organization_id?: string): Promise<string>;
  furnish(slug: string): Promise<Furnished>;
  close(): Promise<void>;
}

export async function admin_world(options: { operators_organization?: string } = {}): Promise<AdminWorld> {
  const storage = await temporary_storage();
  const clock = { now: START };
  const now = (): number => clock.now;
  const audit = make_audit({
    ...{ storage, now, trace_days: 30 },
    subscribers: () => organizations.directory.event_hooks(),
    heard: (tx, event) => outbound.heard(tx, event),
  });
  const { record } = audit;
  const partner: FakePartner = { down: false, asked: [], opened: [], closed: 0, published: { keys: 1 }, preflight: async () => [] };
  const txt = new Map<string, string[][]>();
  const tokens = new Map<string, Caller>();
  const receipts = make_receipts({ storage, now, record });
  const end_access = make_end_access({
    append_outbox: audit.append_outbox,
    wants_logout: async () => false,
    open_receipt: (tx, receipt) => receipts.open(tx, receipt),
    end_accounts: (tx, scope) => outbound.end_accounts(tx, scope),
  });
  const end = (tx: Tx, scope: AccessScope, act: Act, reason?: string) =>
    end_access(tx, scope, reason === undefined ? undefined : { act, reason });
  const organizations = make_organizations({
    ...{ storage, now, record },
    end_access: end,
    issuer_url: 'http://localhost:4400',
    connector_types: fake_types(partner),
    egress: { fetch: () => Promise.reject(new Error('no network')), resolve: () => Promise.reject(new Error('no network')) },
    random_bytes: (length) => new Uint8Array(randomBytes(length)),
    log: () => {},
    resolve_txt: async (name) => txt.get(name) ?? Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' })),
  });
  const outbound = make_outbound({
    ...{ storage, now, record, append_latest: audit.append_latest },
    fetch: () => Promise.reject(new Error('no network')),
    roles_of: async () => [],
  });
  const people = {
    ...{ storage, now, record, end_access: end },
    domains: (org_id: OrgId) => organizations.directory.verified_domains(org_id),
  };
  const users = make_users(people);
  const user_imports = make_user_imports({ ...people, days: 30, read_bulk: bulk_as_rows });
  const keys = make_keys(storage);
  await keys.ensure(clock.now);
  const test_sign_ins = make_test_sign_ins({
    ...{ storage, now, new_reference, record, save_trace: audit.save_trace },
    issuer_url: 'http://localhost:4400',
  });
  const scim_requests = make_scim_requests({
    ...{ storage, now, record, end_access: end, issuer_url: 'http://localhost:4400' },
    ...{ limits: { days: 14, most: 2000 }, log: () => {} },
  });
  const second_factors = make_second_factors({ storage, record });
  const served = await serve_room(
    admin_routes({
      scim_requests,
      user_imports,
      test_sign_ins,
      ...{ storage, now, audit, organizations, users, keys },
      admin_keys: make_admin_keys({ storage, now, record, forget: second_factors.forget }),
      second_factors,
      system: async () => ({
        ...{ version: '0', node: '24', issuer: 'http://localhost:4400', started_at: new Date(START).toISOString() },
        database: { kind: storage.kind, migrated: true },
        ...{ checks: [], tasks: [], operators_organization: null, settings: [] },
      }),
      system_checks: async () => [{ name: 'secret', level: 'warning', detail: 'It is old.', fix: 'Make another.' }],
      fetch: () => Promise.reject(new Error('no network')),
      tenants: make_tenants(organizations, { storage, connector_types: fake_types(partner) }),
      preview_claims: (of) => preview_claims({ storage, directory: organizations.directory, now }, of),
      scim_tokens: make_scim_tokens({ storage, now, record, issuer_url: 'http://localhost:4400' }),
      directory_sync: make_directory_sync({
        ...{ storage, now, record, end_access: end, people: partner_people },
        connector: (id) => organizations.connector(id),
        connection: (id) => organizations.directory.connection(id),
        verified_domains: (org_id) => organizations.directory.verified_domains(org_id),
        log: () => {},
      }),
      receipts,
      deliveries: make_deliveries({ storage, append_outbox: audit.append_outbox }),
      outbound,
      first_key: FIRST_KEY,
      identify_token: async (token) => tokens.get(token),
      rate_limits: make_rate_limits(false),
      issuer_url: 'http://localhost:4400',
      operators_organization: options.operators_organization,
    }),
    now,
  );
  const api: AdminWorld['api'] = (method, path, options = {}) => ask(`${served.url}/api/v1${path}`, method, { key: FIRST_KEY, ...options });
  const made: AdminWorld['made'] = async (path, body, key = FIRST_KEY) => {
    const answer = await api('POST', path, { key, body });
    if (answer.status !== 201 || typeof answer.json?.['id'] !== 'string') throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return { ...answer.json, id: answer.json['id'] };
  };
  return {
    rooms: { users, scim_requests },
    ...{ storage, audit, user_imports, organizations, partner, served, clock, txt, tokens, api, made },
    async new_key(role, organization_id) {
      const { key } = await made('/admin-keys', { name: role, role, ...(organization_id !== undefined && { organization_id }) });
      return String(key);
    },
    async furnish(slug) {
      const { id: organization_id } = await made('/organizations', { slug, name: slug });
      const path = `/organizations/${organization_id}`;
      const domain = `${slug}.example`;
      await made(`${path}/domains`, { domain });
      const connection = {
        protocol: 'oidc',
        name: 'IdP',
        oidc: { issuer: 'https://idp.example', client_id: 'x', client_secret: 'canary' },
      };
      const { id: connection_id } = await made(`${path}/connections`, connection);
      const { id: user_id } = await made(`${path}/users`, { user_name: `ann@${domain}`, email: `ann@${domain}` });
      const { id: group_id } = await made(`${path}/groups`, { display_name: 'Staff', members: [user_id] });
      const { id: role_mapping_id } = await made(`${path}/role-mappings`, { group: 'Staff', role: 'reader' });
      const { id: contact_id } = await made(`${path}/contacts`, { email: `it@${domain}` });
      const transmitter = { connection_id, issuer: 'https://idp.example', jwks_uri: 'https://idp.example/jwks' };
      const { id: signal_source_id } = await made(`${path}/signal-sources`, transmitter);
      const { id: setup_link_id } = await made(`${path}/setup-links`, {});
      const { id: scim_token_id } = await made(`${path}/scim-tokens`, {});
      const { id: org_id } = await organizations.require_organization(organization_id);
      scim_requests.log.note({
        ...{ org_id, token: { id: scim_token_id, name: 'SCIM' }, dialect: 'strict', method: 'GET', shown_path: '/Users', path: '/Users' },
        ...{ status: 200, error_code: undefined, detail: undefined, duration_ms: 1, at: clock.now, query: `filter=ann@${domain}` },
        ...{ headers: {}, body: undefined, ip: '192.0.2.1', request_id: 'req_1', understood: [], effects: [], left_out: 0 },
      });
      const scim_request_id = (await scim_requests(org_id).list({})).data[0]?.id ?? '';
      async function* file(): AsyncGenerator<Uint8Array> {
        yield Buffer.from(`user_name\nimported@${domain}\n`);
      }
      const { id: user_import_id } = await user_imports(org_id).begin(
        { format: 'csv', dry_run: true, body: file() },
        { actor: { kind: 'cli' } },
      );
      while (await user_imports.work());
      const reference = new_reference();
      const { reference: test } = await test_sign_ins.begin({ org_id, connection_id }, { actor: { kind: 'cli' } });
      const session_id = await storage.transact(async (tx) => {
        const signed_in = {
          acr: undefined,
          amr: ['pwd'],
          upstream: undefined,
          upstream_hash: undefined,
          ip: '192.0.2.1',
          user_agent: 'test',
        };
        const times = { auth_time: clock.now, created_at: clock.now, expires_at: clock.now + 3_600_000 };
        const step = { at: clock.now, name: 'answer', ok: false, detail: 'the audience is wrong' };
        await audit.save_trace(tx, {
          ...{
            reference,
            org_id,
            connection_id,
            client_id: null,
            user_id: null,
            outcome: 'refused',
            code: 'wrong_audience',
            steps: [step],
          },
          ...{ personal: { email: `ann@${domain}` }, started_at: clock.now, finished_at: clock.now },
        });
        return start_session(tx, storage, { org_id, user_id, connection_id, ...signed_in, ...times });
      });
      const sync_run_id = new_id('syn');
      await storage.transact((tx) =>
        tx.org(org_id).sync_runs.insert({
          ...{ id: sync_run_id, connection_id, status: 'stopped', dry_run: false, whole: true, counts: { seen: 1 } },
          ...{ problems: [], error: null, brake: { losing: 10, of: 11, percent: 20 }, started_at: clock.now, finished_at: clock.now },
        }),
      );
      const consent_id = new_id('cns');
      await storage.transact((tx) =>
        tx.org(org_id).consents.insert({
          ...{ id: consent_id, user_id, client_id: 'app_third', scopes: { '': ['openid'] }, claims: [] },
          ...{ created_at: clock.now, updated_at: clock.now },
        }),
      );
      return {
        organization_id,
        domain,
        connection_id,
        user_id,
        consent_id,
        session_id,
        group_id,
        role_mapping_id,
        contact_id,
        signal_source_id,
        setup_link_id,
        scim_token_id,
        scim_request_id,
        user_import_id,
        sync_run_id,
        reference,
        test,
      };
    },
    async close() {
      await served.stop();
      await organizations.close();
      await storage.close();
    },
  };
}
