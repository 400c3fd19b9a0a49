import { z } from 'zod';
import { NotFound } from '../../kernel/index.ts';
import type { ResourceDeps } from '../deps.ts';
import { param, type Route } from '../route.ts';
import { named } from '../shapes.ts';

const time = z.iso.datetime();
const second_factors = named(
  'second factors',
  z.object({
    data: z.array(
      z.object({ id: z.string(), kind: z.enum(['totp', 'passkey']), name: z.string(), last_used_at: time.nullable(), created_at: time }),
    ),
    recovery_codes_left: z.int(),
  }),
);

/** What the holder of a key shows beside it at the console; for the day on which they lost it. `first` is the key of the settings. */
export function second_factor_routes({ admin_keys, second_factors: factors }: ResourceDeps): Route[] {
  const known = async (id: string): Promise<string> => (id === 'first' ? id : (await admin_keys.get(id)).view.id);
  return [
    {
      ...{ method: 'get', path: '/admin-keys/:id/second-factors', permission: 'admin_keys.read' },
      summary: 'List the second factors of an admin key',
      answer: { status: 200, shape: second_factors },
      async handle(call) {
        const id = await known(param(call, 'id'));
        return { status: 200, body: { data: await factors.list(id), recovery_codes_left: await factors.codes_left(id) } };
      },
    },
    {
      ...{ method: 'delete', path: '/admin-keys/:id/second-factors', permission: 'admin_keys.write' },
      summary: 'Remove every second factor of an admin key, and end its sessions at the console',
      answer: { status: 204 },
      async handle(call) {
        const id = await known(param(call, 'id'));
        if ((await factors.list(id)).length === 0) throw new NotFound('second factor');
        await factors.reset(id, call.act);
        return { status: 204 };
      },
    },
  ];
}
