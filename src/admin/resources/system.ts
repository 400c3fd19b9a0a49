import type { ResourceDeps } from '../deps.ts';
import type { Route } from '../route.ts';
import { named } from '../shapes.ts';
import { system_shape } from '../system_shape.ts';

/** What runs here, and whether it is in order. */
export const system_routes = ({ system }: ResourceDeps): Route[] => [
  {
    ...{ method: 'get', path: '/system', permission: 'system.read' },
    summary: 'What runs here: version, database, health and settings',
    answer: { status: 200, shape: named('system', system_shape) },
    handle: async () => ({ status: 200, body: await system() }),
  },
];
