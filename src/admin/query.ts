import type { Context } from 'koa';
import { query_of } from '../http/index.ts';
import { type FieldProblem, InvalidInput } from '../kernel/index.ts';
import type { ListRequest } from '../organizations/index.ts';
import type { Route } from './route.ts';

const MAX_LIMIT = 1000;

/** The query as the route has it; every other, repeated or wrong parameter is told. @throws InvalidInput 400 */
export function read_query(ctx: Context, route: Route): ListRequest {
  const { values, repeated } = query_of(ctx);
  const problems: FieldProblem[] = repeated.slice(0, 20).map((path) => ({ path: path.slice(0, 100), message: 'is given more than once' }));
  const filters: [string, string][] = [];
  for (const [name, value] of Object.entries(values).slice(0, 100)) {
    const message = problem_of(route, name, value);
    if (message !== undefined) problems.push({ path: name.slice(0, 100), message });
    else if (!is_paging(route, name)) filters.push([name, value]);
  }
  if (problems.length > 0) throw new InvalidInput('invalid_parameter', 'Some query parameters are wrong.', { fields: problems });
  const { limit, after } = route.paged === true ? values : {};
  return {
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(after !== undefined && { after }),
    ...(filters.length > 0 && { filters: Object.fromEntries(filters) }),
  };
}

const is_paging = (route: Route, name: string): boolean => route.paged === true && (name === 'limit' || name === 'after');

function problem_of(route: Route, name: string, value: string): string | undefined {
  if (is_paging(route, name)) {
    if (name === 'after') return undefined; // whoever gave it out reads it
    return /^[1-9]\d{0,3}$/.test(value) && Number(value) <= MAX_LIMIT ? undefined : `must be a whole number from 1 to ${MAX_LIMIT}`;
  }
  const schema = route.query !== undefined && Object.hasOwn(route.query, name) ? route.query[name] : undefined;
  if (schema === undefined) return 'is not a parameter of this address';
  return schema.safeParse(value).error?.issues[0]?.message;
}
