import { bodyParser } from '@koa/bodyparser';
import type { Context, Middleware } from 'koa';
import { InvalidInput } from '../kernel/index.ts';

/** Parameters as they came: the first value of each name, and the names that came more than once. */
export interface Parameters {
  readonly values: Readonly<Record<string, string>>;
  readonly repeated: readonly string[];
}

/** Reads an `application/x-www-form-urlencoded` body of at most `limit` bytes into `ctx.request.rawBody`. @throws InvalidInput 413, 415 */
export function form_body(limit: number): Middleware {
  const parse = bodyParser({ enableTypes: ['form'], formLimit: limit, onError: (error) => refuse(error) });
  return async (ctx, next) => {
    if (has_body(ctx) && ctx.is('application/x-www-form-urlencoded') === false) {
      throw new InvalidInput('unsupported_media_type', 'Send a form (application/x-www-form-urlencoded).', { status: 415 });
    }
    await parse(ctx, next);
  };
}

/** Reads a JSON body of at most `limit` bytes. @throws InvalidInput 400, 413, 415 */
export function json_body(limit: number, types: readonly string[] = ['application/json', 'application/merge-patch+json']): Middleware {
  const parse = bodyParser({
    enableTypes: ['json'],
    jsonLimit: limit,
    jsonStrict: true,
    extendTypes: { json: [...types] },
    onError: (error) => refuse(error),
  });
  return async (ctx, next) => {
    if (has_body(ctx) && ctx.is(...types) === false) {
      throw new InvalidInput('unsupported_media_type', `Send ${types.join(' or ')}.`, { status: 415 });
    }
    await parse(ctx, next);
  };
}

/** Reads text of one media type and at most `limit` bytes into `ctx.request.rawBody`. @throws InvalidInput 400, 413, 415 */
export function text_body(limit: number, type: string): Middleware {
  const parse = bodyParser({ enableTypes: ['text'], textLimit: limit, extendTypes: { text: [type] }, onError: (error) => refuse(error) });
  return async (ctx, next) => {
    if (ctx.is(type) === false) throw new InvalidInput('unsupported_media_type', `Send ${type}.`, { status: 415 });
    await parse(ctx, next);
  };
}

/** A body of no bytes has no media type to be wrong. */
const has_body = (ctx: Context): boolean => ctx.get('content-length') !== '0';

function refuse(error: Error): never {
  if ('type' in error && error.type === 'entity.too.large') {
    throw new InvalidInput('body_too_large', 'The body is too large.', { status: 413, cause: error });
  }
  throw new InvalidInput('malformed_body', 'The body cannot be read as its media type says.', { cause: error });
}

export const form_of = (ctx: Context): Parameters => read(ctx.request.rawBody ?? '');
export const query_of = (ctx: Context): Parameters => read(ctx.querystring);

/** No form of ours or of a partner has nearly as many; a body that is nothing else would keep us reading for long. */
const MOST_PARAMETERS = 1000;

/** @throws InvalidInput 400 for more parameters than anybody sends */
function read(text: string): Parameters {
  let count = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    if (++count >= MOST_PARAMETERS) throw new InvalidInput('malformed_body', 'There are too many parameters.');
  }
  const parameters = new URLSearchParams(text);
  const values: Record<string, string> = Object.create(null) as Record<string, string>; // no prototype: names come from outside
  const repeated = new Set<string>();
  for (const [name, value] of parameters) {
    if (name in values) repeated.add(name);
    else values[name] = value;
  }
  return { values, repeated: [...repeated] };
}
