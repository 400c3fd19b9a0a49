import type { Context } from 'koa';
import { InvalidInput, PosternError, TooMany } from '../kernel/index.ts';
import { is_unstorable_text } from '../storage/index.ts';

/** Anything thrown, as one of ours: what nobody foresaw is `internal`, and its message stays inside. */
export interface Told {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly fields: InvalidInput['fields'];
}

export function told(error: unknown): Told {
  if (error instanceof PosternError) {
    return { status: error.status, code: error.code, message: error.message, fields: error instanceof InvalidInput ? error.fields : [] };
  }
  if (is_unstorable_text(error)) return told(new InvalidInput('unstorable_text', 'A text holds a character that cannot be stored.'));
  const status = http_status(error);
  if (status === 413) return { status, code: 'body_too_large', message: 'The body is too large.', fields: [] };
  if (status !== undefined) return { status, code: 'invalid_request', message: 'The request cannot be understood.', fields: [] };
  return { status: 500, code: 'internal', message: 'Something went wrong here. It was logged.', fields: [] };
}

/** Koa and its parsers mark what the client did wrong. */
function http_status(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

function answer(ctx: Context, error: unknown, status: number, type: string, body: unknown): void {
  ctx.status = status;
  ctx.set('cache-control', 'no-store');
  if (error instanceof TooMany) ctx.set('retry-after', String(error.retry_after));
  if (status === 401 && !ctx.res.hasHeader('www-authenticate')) ctx.set('www-authenticate', 'Bearer');
  ctx.body = JSON.stringify(body);
  ctx.set('content-type', type);
}

/** RFC 9457. */
export function error_to_problem(ctx: Context, error: unknown, request_id: string): void {
  const { status, code, message, fields } = told(error);
  answer(ctx, error, status, 'application/problem+json', {
    type: `urn:postern:error:${code}`,
    title: message,
    status,
    code,
    ...(fields.length > 0 && { errors: fields }),
    request_id,
  });
}

/** RFC 6749 section 5.2. */
export function error_to_oauth(ctx: Context, error: unknown): void {
  const { status, code, message } = told(error);
  const name = status >= 500 ? 'server_error' : code === 'too_many_requests' ? 'temporarily_unavailable' : 'invalid_request';
  answer(ctx, error, status, 'application/json; charset=utf-8', { error: name, error_description: in_ascii(message) });
}

/** Printable ASCII without quotes and backslashes: the grammar of error_description. */
const in_ascii = (text: string): string => text.replaceAll('’', "'").replaceAll(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?');

/** RFC 7644 section 3.12. */
export function error_to_scim(ctx: Context, error: unknown): void {
  answer(ctx, error, told(error).status, 'application/scim+json; charset=utf-8', scim_error(error));
}

/** The same as a body, for one operation of many. */
export function scim_error(error: unknown): Readonly<Record<string, unknown>> & { readonly status: string } {
  const { status, code, message, fields } = told(error);
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(SCIM_TYPES.has(code) && { scimType: code }),
    detail: [message, ...fields.map((field) => `${field.path}: ${field.message}`)].join(' '),
  };
}

const SCIM_TYPES = new Set([
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
  'sensitive',
  'invalidCursor',
  'expiredCursor',
  'invalidCount',
]);
