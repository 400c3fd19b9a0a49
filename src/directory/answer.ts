import { bulk } from './bulk.ts';
import type { Client } from './deps.ts';
import type { Endpoint } from './endpoint.ts';
import { MethodNotAllowed, operate, type ScimAnswer, type ScimRequest } from './operate.ts';

export const is_bulk = (path: readonly string[]): boolean => path.length === 1 && path[0] === 'Bulk';

/** Answers one request, or the many of a bulk. @throws PosternError */
export async function answer_scim(endpoints: readonly Endpoint[], client: Client, request: ScimRequest): Promise<ScimAnswer> {
  if (!is_bulk(request.path)) return operate(endpoints, client, request);
  if (request.method !== 'POST') throw new MethodNotAllowed(['POST']);
  return { status: 200, body: await bulk(endpoints, client, request.body) };
}
