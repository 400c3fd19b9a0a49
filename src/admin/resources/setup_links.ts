import { schemas } from '../../organizations/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { mount_collection } from '../mount_collection.ts';
import { type Call, org_of, param, type Route } from '../route.ts';
import { named } from '../shapes.ts';
import { BOUND, read_and_write } from './organizations.ts';

const LINKS = `${BOUND}/setup-links`;

/** Links by which a partner sets itself up. A new one takes the place of those that are for the same steps. */
export function setup_link_routes({ organizations: room }: ResourceDeps): Route[] {
  const links = (call: Call) => room.setup_links(org_of(call));
  const shape = named('setup link', schemas.setup_link);
  return [
    ...mount_collection({
      path: LINKS,
      noun: 'setup link',
      permissions: read_and_write('setup_links'),
      ...{ view: schemas.setup_link, create: schemas.setup_link_create, created: schemas.setup_link_created },
      of: links,
    }),
    {
      ...{ method: 'post', path: `${LINKS}/:id/revoke`, permission: 'setup_links.write' },
      summary: 'End a set-up link at once; it stays in the list',
      answer: { status: 200, shape },
      handle: async (call) => ({ status: 200, body: (await links(call).revoke(param(call, 'id'), call.act)).view }),
    },
    {
      ...{ method: 'post', path: `${LINKS}/:id/approve`, permission: 'setup_links.approve' },
      summary: 'Approve what a partner has set up and switch the connection on',
      answer: { status: 200, shape },
      handle: async (call) => ({ status: 200, body: (await links(call).approve(param(call, 'id'), call.act)).view }),
    },
  ];
}
