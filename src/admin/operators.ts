import { Forbidden } from '../kernel/index.ts';
import type { Caller } from './identify.ts';
import type { Route } from './route.ts';

/**
 * People of the operators' organization may hold admin roles: whoever changes its people, its connections or its domains decides who an owner is.
 * So there only an owner changes anything, and only an owner lets an organization take its slug.
 * @throws Forbidden
 */
export function guard_operators(
  operators: string | undefined,
  { method }: Pick<Route, 'method'>,
  who: Pick<Caller, 'role'>,
  /** The slug of the organization of the path. */
  slug: string | undefined,
  body: unknown,
): void {
  if (operators === undefined || method === 'get' || who.role === 'owner') return;
  const wanted = typeof body === 'object' && body !== null && 'slug' in body ? body.slug : undefined;
  if (slug === operators || wanted === operators)
    throw new Forbidden('owners_only', 'The organization of the operators is for an owner to change.');
}
