import { randomBytes } from 'node:crypto';
import type { Act } from '../../../src/audit/index.ts';
import type { OrgId } from '../../../src/kernel/index.ts';
import { type ConfigEvent, make_organizations, type Organizations } from '../../../src/organizations/index.ts';
import type { Storage } from '../../../src/storage/index.ts';
import { temporary_storage } from '../../support/temporary_storage.ts';
import { type FakePartner, fake_types } from './fake_connector.ts';

export const owner: Act = { actor: { kind: 'cli' }, role: 'owner' };
export const operator: Act = { actor: { kind: 'admin_key', id: 'key_1' }, role: 'operator' };
export const org_admin: Act = { actor: { kind: 'admin_key', id: 'key_2' }, role: 'org_admin' };

/** The room on a temporary database, with partners and name servers that do as the test says. */
export interface Fixture {
  readonly storage: Storage;
  readonly organizations: Organizations;
  readonly partner: FakePartner;
  readonly events: ConfigEvent[];
  /** Scopes whose access was ended. */
  readonly ended: object[];
  /** The end of access fails, as a database may. */
  stuck: boolean;
  readonly txt: Map<string, string[][]>;
  /** Happens while a name server is being asked. */
  meanwhile: (() => Promise<unknown>) | undefined;
  readonly logged: unknown[][];
  now: number;
  new_org(slug?: string): Promise<OrgId>;
  /** A second process on the same database. */
  another(): Organizations;
  close(): Promise<void>;
}

export async function make_fixture(): Promise<Fixture> {
  const storage = await temporary_storage();
  const partner: FakePartner = { down: false, asked: [], opened: [], closed: 0, published: { keys: 1 }, preflight: async () => [] };
  const events: ConfigEvent[] = [];
  const ended: object[] = [];
  const txt = new Map<string, string[][]>();
  const logged: unknown[][] = [];
  const make = (): Organizations =>
    make_organizations({
      storage,
      now: () => fixture.now,
      record: async (_tx, _act, event) => void events.push(event),
      async end_access(_tx, scope) {
        if (fixture.stuck) throw new Error('stuck');
        ended.push(scope);
      },
      issuer_url: 'https://login.vendor.example',
      connector_types: fake_types(partner),
      egress: {
        fetch: () => Promise.reject(new Error('no network in this test')),
        resolve: () => Promise.reject(new Error('no network in this test')),
      },
      random_bytes: (length) => new Uint8Array(randomBytes(length)),
      log: (...line) => void logged.push(line),
      async resolve_txt(name) {
        const found = txt.get(name);
        await fixture.meanwhile?.();
        if (found === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
        return found;
      },
    });
  let count = 0;
  const fixture: Fixture = {
    ...{ storage, partner, events, ended, txt, logged },
    stuck: false,
    meanwhile: undefined,
    now: 1_767_225_600_000,
    organizations: make(),
    another: make,
    async new_org(slug = `org-${++count}`) {
      const { view } = await fixture.organizations.organizations.create({ slug, name: slug }, owner);
      return (await fixture.organizations.require_organization(view.id)).id;
    },
    async close() {
      await fixture.organizations.close();
      await storage.close();
    },
  };
  return fixture;
}

/** The status, code and wrong fields of what a call throws. */
export async function refusal(call: Promise<unknown>): Promise<{ status?: number; code?: string; fields?: string[] }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !('status' in error)) throw error;
    const fields = 'fields' in error ? (error.fields as { path: string }[]).map((field) => field.path) : []; // as InvalidInput has them
    return { status: Number(error.status), code: String(error.code), ...(fields.length > 0 && { fields }) };
  }
  throw new Error('was not refused');
}
