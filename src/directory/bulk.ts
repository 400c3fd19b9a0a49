import { scim_error } from '../http/index.ts';
import { InvalidInput, is_deeper_than, PosternError } from '../kernel/index.ts';
import type { Client } from './deps.ts';
import type { Endpoint } from './endpoint.ts';
import { is_record } from './filter/evaluate.ts';
import { MOST_OPERATIONS } from './limits.ts';
import { operate } from './operate.ts';
import { invalid_syntax, invalid_value, quoted, uniqueness } from './refusals.ts';
import type { Resource } from './schema/index.ts';

export const BULK_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const BULK_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

export interface BulkOperation {
  readonly method: string;
  readonly path: string;
  readonly bulk_id: string | undefined;
  readonly version: string;
  readonly data: unknown;
  /** The bulkIds that it speaks of. */
  readonly needs: ReadonlySet<string>;
}

/**
 * Many requests in one (RFC 7644 section 3.7), each a unit of work of its own. One that speaks of what another makes waits for it.
 * The whole is read before the first begins. @throws InvalidInput
 */
export async function bulk(endpoints: readonly Endpoint[], client: Client, body: unknown): Promise<Resource> {
  const { operations, fail_on_errors } = read_bulk(body, client.dialect.schemas_optional);
  const made = new Map<string, string>();
  const failed = new Set<string>();
  const answers = new Map<number, Resource>();
  let errors = 0;
  let waiting = [...operations.keys()];
  const settle = (index: number, answer: Resource, id: string | undefined): void => {
    answers.set(index, answer);
    const bulk_id = operations[index]?.bulk_id;
    if (id === undefined) errors += 1;
    if (bulk_id !== undefined && id !== undefined) made.set(bulk_id, id);
    else if (bulk_id !== undefined) failed.add(bulk_id);
  };
  while (waiting.length > 0 && (fail_on_errors === 0 || errors < fail_on_errors)) {
    const open = new Set(waiting.map((index) => operations[index]?.bulk_id).filter((id) => id !== undefined));
    // in their order, but for those that need what is still to come
    const index = waiting.find((one) => [...(operations[one]?.needs ?? [])].every((id) => made.has(id) || !open.has(id))) ?? waiting[0];
    const operation = index === undefined ? undefined : operations[index];
    if (index === undefined || operation === undefined) break;
    waiting = waiting.filter((one) => one !== index);
    const { answer, id } = await run(endpoints, client, operation, made, failed, open);
    settle(index, answer, id);
  }
  return { schemas: [BULK_RESPONSE], Operations: [...answers].sort(([a], [b]) => a - b).map(([, answer]) => answer) };
}

interface Ran {
  readonly answer: Resource;
  /** Undefined: it failed. */
  readonly id: string | undefined;
}

async function run(
  endpoints: readonly Endpoint[],
  client: Client,
  operation: BulkOperation,
  made: ReadonlyMap<string, string>,
  failed: ReadonlySet<string>,
  open: ReadonlySet<string>,
): Promise<Ran> {
  const { method, bulk_id, version, needs } = operation;
  const about = { method, ...(bulk_id !== undefined && { bulkId: bulk_id }) };
  try {
    for (const id of needs) {
      if (made.has(id)) continue;
      if (open.has(id)) throw uniqueness(`These operations need each other: bulkId ${quoted(id)}.`);
      throw invalid_value(
        `bulkId ${quoted(id)} ${failed.has(id) ? 'was not made: its operation failed' : 'is made by no operation of this request'}.`,
      );
    }
    const path = split(String(resolved(operation.path.slice(1), made, true)));
    const { status, etag, location } = await operate(endpoints, client, {
      method,
      path,
      query: {},
      body: resolved(operation.data, made, false),
      if_match: version,
    });
    const id = location?.split('/').at(-1) ?? path[1] ?? '';
    const at = location ?? `${client.base_url}/${path.join('/')}`;
    return { id, answer: { ...about, location: at, ...(etag !== undefined && { version: etag }), status: String(status) } };
  } catch (error) {
    // what nobody foresaw ends the request
    if (!(error instanceof PosternError)) throw error;
    const response = scim_error(error);
    client.observed.note({ op: 'refused', path: `${method} ${operation.path.split('/')[1] ?? ''}`, value: response['detail'] });
    return {
      id: undefined,
      answer: {
        ...about,
        ...(method !== 'POST' && { location: `${client.base_url}${operation.path}` }),
        status: response.status,
        response,
      },
    };
  }
}

const split = (path: string): string[] => path.split('/').filter((part) => part !== '');

const MAX_DEPTH = 32;
const METHODS = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** @throws InvalidInput */
export function read_bulk(
  body: unknown,
  schemas_optional: boolean,
  most = MOST_OPERATIONS,
): { operations: readonly BulkOperation[]; fail_on_errors: number } {
  if (!is_record(body)) throw invalid_syntax('The body is a JSON object.');
  const fields = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  const schemas = fields.get('schemas');
  if (!schemas_optional && !(Array.isArray(schemas) && schemas.includes(BULK_REQUEST)))
    throw invalid_syntax(`\`schemas\` must name ${BULK_REQUEST}.`);
  const list = fields.get('operations');
  if (!Array.isArray(list)) throw invalid_syntax('`Operations` is a list.');
  if (list.length > most) throw new InvalidInput('too_many_operations', `A bulk request has ${most} operations at most.`, { status: 413 });
  const limit = fields.get('failonerrors') ?? 0;
  if (typeof limit !== 'number' || !Number.isSafeInteger(limit) || limit < 0) throw invalid_value('failOnErrors is a whole number.');
  const operations = list.map(read_operation);
  const ids = operations.map(({ bulk_id }) => bulk_id).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length) throw invalid_value('A bulkId names one operation.');
  return { operations, fail_on_errors: limit };
}

function read_operation(operation: unknown): BulkOperation {
  if (!is_record(operation)) throw invalid_syntax('An operation is a JSON object.');
  const fields = new Map(Object.entries(operation).map(([name, value]) => [name.toLowerCase(), value]));
  const method = String(fields.get('method')).toUpperCase();
  const path = fields.get('path');
  const bulk_id = fields.get('bulkid') ?? undefined;
  const version = fields.get('version') ?? '';
  if (!METHODS.has(method)) throw invalid_syntax('`method` is POST, PUT, PATCH or DELETE.');
  if (typeof path !== 'string' || !/^\/(?:Users|Groups)(?:\/[^/?#]{1,300})?$/.test(path))
    throw invalid_syntax('`path` is /Users or /Groups, or one of theirs.');
  if (bulk_id !== undefined && (typeof bulk_id !== 'string' || bulk_id === '' || bulk_id.length > 255))
    throw invalid_syntax('`bulkId` is a text.');
  if (method === 'POST' && bulk_id === undefined) throw invalid_syntax('A POST needs a `bulkId`.');
  if (typeof version !== 'string') throw invalid_syntax('`version` is a text.');
  const data = fields.get('data');
  if (is_deeper_than(MAX_DEPTH, data)) throw invalid_syntax(`\`data\` is nested deeper than ${MAX_DEPTH} levels.`);
  return { method, path, bulk_id, version, data, needs: new Set([...references(data), ...in_path(path)]) };
}

const REFERENCE = /^bulkId:(.+)$/s;

function* references(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    const id = REFERENCE.exec(value)?.[1];
    if (id !== undefined) yield id;
  } else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) yield* references(one);
}

const in_path = (path: string): string[] => split(path).flatMap((part) => [...references(part)]);

/** The same with the ids of what was made. */
function resolved(value: unknown, made: ReadonlyMap<string, string>, within_path: boolean): unknown {
  if (typeof value === 'string') {
    if (within_path)
      return split(value)
        .map((part) => resolved(part, made, false))
        .join('/');
    const id = REFERENCE.exec(value)?.[1];
    return id === undefined ? value : (made.get(id) ?? value);
  }
  if (Array.isArray(value)) return value.map((one) => resolved(one, made, false));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolved(one, made, false)]));
}
