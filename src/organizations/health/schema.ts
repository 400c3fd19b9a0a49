import { z } from 'zod';
import { time } from '../parse.ts';

const item = z.object({
  name: z.enum([
    'organization',
    'domain',
    'connection',
    'tested',
    'metadata',
    'certificate',
    'own_certificate',
    'last_sign_in',
    'scim',
    'contacts',
  ]),
  /** False wherever somebody has to do something, now or soon. */
  ok: z.boolean(),
  /** `warning`: sign-ins work, and will stop doing so, or something is missing that is usual; `wrong`: something does not work. */
  level: z.enum(['good', 'warning', 'wrong']),
  detail: z.string(),
  /** What to do; null where nothing is to be done. */
  fix: z.string().nullable(),
  /** What it is about, where there may be several. */
  about: z.object({ kind: z.enum(['domain', 'connection', 'scim_token']), id: z.string(), name: z.string() }).nullable(),
});

const organization_health = z.object({
  /** The worst level of the items. */
  level: z.enum(['good', 'warning', 'wrong']),
  items: z.array(item),
  looked_at: time,
});

export const health_schemas = { organization_health };
export type HealthItem = z.output<typeof item>;
export type HealthView = z.output<typeof organization_health>;

type About = NonNullable<HealthItem['about']>;

export const good = (name: HealthItem['name'], detail: string, about: About | null = null): HealthItem => ({
  ...{ name, ok: true, level: 'good' as const, detail, fix: null, about },
});

export const not_good = (
  name: HealthItem['name'],
  level: 'warning' | 'wrong',
  said: { readonly detail: string; readonly fix: string },
  about: About | null = null,
): HealthItem => ({ name, ok: false, level, ...said, about });

const DAY_MS = 86_400_000;
/** Whole days, the way people say it. */
export const days = (milliseconds: number): string => {
  const count = Math.floor(Math.abs(milliseconds) / DAY_MS);
  return count === 1 ? '1 day' : `${count} days`;
};

export const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
