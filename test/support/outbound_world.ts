import { randomBytes } from 'node:crypto';
import type { Act } from '../../src/audit/index.ts';
import { parse_settings, type Settings } from '../../src/config/index.ts';
import { make_worker, scim_target as scim_deliverer, type Worker } from '../../src/events/index.ts';
import type { OrgId } from '../../src/kernel/index.ts';
import { make_world } from '../../src/main.ts';
import type { ScimTargetView } from '../../src/organizations/index.ts';
import { open_postern, type Postern } from '../../src/wiring.ts';
import { scim_target, type ScimTarget } from './scim_target.ts';
import { temporary_database } from './temporary_database.ts';

export const START = 1_767_225_600_000;
export const act: Act = { actor: { kind: 'admin_key', id: 'key_test', name: 'test' }, role: 'owner' };
export const TOKEN = 'canary-token-of-the-target';

/** Everything that works on data, one app with a target, and a clock that stands still until it is told. */
export interface OutboundWorld {
  readonly postern: Postern;
  readonly clock: { now: number };
  readonly remote: ScimTarget;
  readonly client_id: string;
  /** For another process on the same data. */
  readonly database: Settings['database'];
  readonly secret: string;
  readonly logged: string[];
  readonly worker: Worker;
  add_organization(slug: string): Promise<OrgId>;
  add_target(body?: Readonly<Record<string, unknown>>): Promise<ScimTargetView>;
  add_user(org_id: OrgId, user_name: string, more?: Readonly<Record<string, unknown>>): Promise<string>;
  add_group(org_id: OrgId, display_name: string, members?: readonly string[]): Promise<string>;
  /** Lets time pass, and everything that waits be done. */
  settle(seconds?: number): Promise<void>;
  close(): Promise<void>;
}

export async function outbound_world(client: Readonly<Record<string, unknown>> = {}): Promise<OutboundWorld> {
  const database = await temporary_database();
  const secret = randomBytes(32).toString('base64');
  const result = parse_settings(
    { POSTERN_SECRET: secret, POSTERN_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8', POSTERN_LOG_LEVEL: 'silent' },
    () => undefined,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const clock = { now: START };
  const postern = await open_postern({
    ...make_world({ ...result.settings, database: database.address }),
    now: () => clock.now,
    random: () => 0,
  });
  await postern.storage.migrate();
  const remote = await scim_target();
  const logged: string[] = [];
  const { organizations, users, storage, outbound } = postern;
  const worker = make_worker({
    storage,
    now: () => clock.now,
    random: () => 0,
    log: (level, message, fields) => void logged.push(JSON.stringify({ level, message, fields })),
    deliverers: { scim_target: scim_deliverer({ deliver: (payload, hearing) => outbound.deliver(payload, hearing) }) },
  });
  const { view: app } = await organizations.clients.create(
    { client_name: 'App', redirect_uris: ['https://app.example/callback'], ...client },
    act,
  );
  return {
    ...{ postern, clock, remote, client_id: app.client_id, logged, worker, secret, database: database.address },
    async add_organization(slug) {
      return (await organizations.organizations.create({ slug, name: slug }, act)).view.id as OrgId; // an id as the room shows it
    },
    async add_target(body = {}) {
      const given = { client_id: app.client_id, base_url: remote.base_url, token: TOKEN, ...body };
      return (await organizations.scim_targets.create(given, act)).view;
    },
    add_user: async (org_id, user_name, more = {}) => (await users.users(org_id).create({ user_name, ...more }, act)).view.id,
    add_group: async (org_id, display_name, members = []) => (await users.groups(org_id).create({ display_name, members }, act)).view.id,
    async settle(seconds = 8) {
      for (let turn = 0; turn < seconds; turn++) {
        clock.now += 1000;
        await outbound.tend();
        await worker.run_once();
      }
    },
    async close() {
      await worker.stop();
      await remote.close();
      await postern.close();
      await database.dispose();
    },
  };
}
