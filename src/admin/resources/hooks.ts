import { delivery_schemas, inline_test_schemas, try_inline_hook } from '../../events/index.ts';
import { schemas } from '../../organizations/index.ts';
import { body_problems } from '../body_problems.ts';
import type { ResourceDeps } from '../deps.ts';
import { mount_collection } from '../mount_collection.ts';
import { type Call, param, type Route } from '../route.ts';
import { listed, named } from '../shapes.ts';
import { read_and_write } from './organizations.ts';

const HOOKS = '/event-hooks';
const INLINE = '/inline-hooks';
const DELIVERIES = `${HOOKS}/:hook_id/deliveries`;

/** Endpoints of the vendor that hear of events, with the log of what was sent to each; and those that are asked while a person waits. */
export function hook_routes({ organizations: room, deliveries, fetch, now }: ResourceDeps): Route[] {
  const delivery = named('delivery', delivery_schemas.delivery);
  /** @throws NotFound when there is no such hook */
  const hook_of = async (call: Call): Promise<string> => (await room.event_hooks.get(param(call, 'hook_id'))).view.id;
  return [
    ...mount_collection({
      path: HOOKS,
      noun: 'event hook',
      permissions: read_and_write('event_hooks'),
      view: schemas.event_hook,
      create: schemas.event_hook_create,
      created: schemas.event_hook_created,
      patch: schemas.event_hook_patch,
      of: () => room.event_hooks,
    }),
    {
      ...{ method: 'post', path: `${HOOKS}/:id/rotate-secret`, permission: 'event_hooks.write' },
      summary: 'Give an event hook a new secret; the one before signs beside it for a day',
      answer: { status: 200, shape: named('created event hook', schemas.event_hook_created) },
      handle: async (call) => ({ status: 200, body: (await room.event_hooks.rotate_secret(param(call, 'id'), call.act)).view }),
    },
    ...mount_collection({
      path: INLINE,
      noun: 'inline hook',
      permissions: read_and_write('inline_hooks'),
      view: schemas.inline_hook,
      create: schemas.inline_hook_create,
      created: schemas.inline_hook_created,
      patch: schemas.inline_hook_patch,
      filters: { point: schemas.inline_hook.shape.point },
      of: () => room.inline_hooks,
    }),
    {
      ...{ method: 'post', path: `${INLINE}/:id/rotate-secret`, permission: 'inline_hooks.write' },
      summary: 'Give an inline hook a new secret; the one before signs beside it for a day',
      answer: { status: 200, shape: named('created inline hook', schemas.inline_hook_created) },
      handle: async (call) => ({ status: 200, body: (await room.inline_hooks.rotate_secret(param(call, 'id'), call.act)).view }),
    },
    {
      ...{ method: 'post', path: `${INLINE}/:id/test`, permission: 'inline_hooks.write' },
      summary: 'Ask an inline hook now, about an invented person or what is sent, and see what it says',
      body: named('inline hook question', inline_test_schemas.inline_hook_question),
      answer: { status: 200, shape: named('inline hook test', inline_test_schemas.inline_hook_test) },
      async handle(call) {
        const given = inline_test_schemas.inline_hook_question.safeParse(call.body ?? {});
        if (!given.success) throw body_problems(given.error);
        return {
          status: 200,
          body: await try_inline_hook({ fetch, now }, await room.inline_hooks.asked(param(call, 'id')), given.data.data),
        };
      },
    },
    {
      ...{ method: 'get', path: DELIVERIES, permission: 'event_hooks.read', paged: true },
      summary: 'List deliveries to an event hook, newest first',
      query: { status: delivery_schemas.delivery_status },
      answer: { status: 200, shape: listed(delivery) },
      handle: async (call) => ({ status: 200, body: await deliveries.list(await hook_of(call), call.list) }),
    },
    {
      ...{ method: 'get', path: `${DELIVERIES}/:id`, permission: 'event_hooks.read' },
      summary: 'Read a delivery, with every try',
      answer: { status: 200, shape: delivery },
      handle: async (call) => ({ status: 200, body: await deliveries.get(await hook_of(call), param(call, 'id')) }),
    },
    {
      ...{ method: 'post', path: `${DELIVERIES}/:id/resend`, permission: 'event_hooks.write' },
      summary: 'Send a delivery once more',
      answer: { status: 200, shape: delivery },
      handle: async (call) => ({ status: 200, body: await deliveries.resend(await hook_of(call), param(call, 'id'), call.act) }),
    },
  ];
}
