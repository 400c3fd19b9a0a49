import type { OrgId } from '../../src/kernel/index.ts';
import { type ScimAnswer, type ScimClient, scim_client, USER } from '../support/scim_world.ts';
import type { BrokerProcess } from './broker_process.ts';
import type { Operation } from './measure.ts';

const PAGE = 100;
const BULK = 1000;

/** A directory of `people`, of whom every second one is active, and what it does all day. */
export async function scim_operations(broker: BrokerProcess, people: number): Promise<Operation[]> {
  const { id: org_id } = await broker.api<{ id: string }>('POST', '/organizations', { slug: 'bench-scim', name: 'Bench' });
  const made = await broker.api<{ id: string; token: string }>('POST', `/organizations/${org_id}/scim-tokens`, { dialect: 'strict' });
  const scim = scim_client(broker.issuer, org_id as OrgId, made.token, made.id); // an id of the API
  let number = 0;
  const list = (cursor: string) =>
    scim.call('GET', `/Users?filter=${encodeURIComponent('active eq true and userName sw "person"')}&count=${PAGE}&cursor=${cursor}`);
  /** The cursor of page 100, or of the last but one, once there are people. */
  let far: Promise<string> | undefined;
  const page_100 = (): Promise<string> => (far ??= fill(scim, people).then(() => walk(list)));
  const must = (status: number, wanted: number): void => {
    if (status !== wanted) throw new Error(`SCIM answered ${status}`);
  };
  const made_ids: string[] = [];
  let group: Promise<string> | undefined;
  return [
    {
      name: 'scim-create',
      count: 10_000,
      run: async () => {
        const user = await scim.user(`created${++number}@acme.example`, {
          externalId: `x${number}`,
          name: { givenName: 'Ann', familyName: 'Archer' },
          emails: [{ value: `created${number}@acme.example`, type: 'work', primary: true }],
        });
        made_ids.push(user.id);
      },
    },
    {
      name: 'scim-group-of-100',
      count: 100,
      run: async () => {
        await scim.group(`Group ${++number}`, made_ids.slice(number % 100, (number % 100) + 100));
      },
    },
    {
      // one group, everybody at once
      name: 'scim-member',
      count: 2000,
      run: async () => {
        const id = await (group ??= scim.group('Everybody').then((made) => made.id));
        const value = made_ids[++number % made_ids.length];
        must((await scim.patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value }] })).status, 204);
      },
    },
    {
      name: 'scim-page-1',
      count: 300,
      run: async () => {
        await page_100();
        must((await list('')).status, 200);
      },
    },
    {
      name: 'scim-by-address',
      count: 300,
      run: async () => {
        await page_100();
        const filter = encodeURIComponent(`emails[type eq "work"].value eq "created${++number % 1000}@acme.example"`);
        must((await scim.call('GET', `/Users?filter=${filter}`)).status, 200);
      },
    },
    {
      name: 'scim-page-100',
      count: 300,
      run: async () => must((await list(await page_100())).status, 200),
    },
  ];
}

async function walk(list: (cursor: string) => Promise<ScimAnswer>): Promise<string> {
  let cursor = '';
  for (let page = 1; page < 100; page++) {
    const { nextCursor } = (await list(cursor)).json;
    if (nextCursor === undefined) break;
    cursor = nextCursor;
  }
  return cursor;
}

async function fill(scim: ScimClient, people: number): Promise<void> {
  for (let start = 0; start < people; start += BULK) {
    const Operations = Array.from({ length: Math.min(BULK, people - start) }, (_, index) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `b${index}`,
      data: { schemas: [USER], userName: `person${start + index}@acme.example`, active: index % 2 === 0, title: 'Engineer' },
    }));
    const { status } = await scim.call('POST', '/Bulk', { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations });
    if (status !== 200) throw new Error(`Bulk answered ${status}`);
  }
}
