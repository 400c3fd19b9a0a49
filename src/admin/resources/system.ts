import { z } from 'zod';
import { rfc3339 } from '../../kernel/index.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Route } from '../route.ts';
import { named } from '../shapes.ts';
import { system_checks_shape, system_shape } from '../system_shape.ts';

/** What runs here, and whether it is in order. */
export const system_routes = ({ system, system_checks, now }: ResourceDeps): Route[] => [
  {
    ...{ method: 'get', path: '/system', permission: 'system.read' },
    summary: 'What runs here: version, database, health, background tasks and settings',
    answer: { status: 200, shape: named('system', system_shape) },
    handle: async () => ({ status: 200, body: await system() }),
  },
  {
    ...{ method: 'get', path: '/system/checks', permission: 'system.check' },
    summary: 'What `postern doctor` finds, and how to mend it; with `partners=true` every partner is asked as well',
    query: { partners: z.enum(['true', 'false']) },
    answer: { status: 200, shape: named('system checks', system_checks_shape) },
    async handle({ act, list: { filters = {} } }) {
      const partners = filters['partners'] === 'true';
      const findings = await system_checks({ act, partners });
      const count = (level: string): number => findings.filter((finding) => finding.level === level).length;
      return {
        status: 200,
        body: {
          ...{ partners, checked_at: rfc3339(now()), problems: count('problem'), warnings: count('warning') },
          findings: findings.map(({ name, level, detail, fix = null }) => ({ name, level, detail, fix })),
        },
      };
    },
  },
];
