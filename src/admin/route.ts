import type { z } from 'zod';
import type { Act } from '../audit/index.ts';
import type { OrgId } from '../kernel/index.ts';
import type { ListRequest } from '../organizations/index.ts';
import type { Caller } from './identify.ts';
import type { IfMatch } from './etag.ts';
import type { Permission } from './policy.ts';

/** One request that was let in: who, on what, with which parameters, all checked. */
export interface Call {
  readonly who: Caller;
  readonly act: Act;
  /** The organization of the path, loaded; the caller may see it. */
  readonly org_id: OrgId | undefined;
  readonly params: Readonly<Record<string, string>>;
  /** The route's own query parameters and those of paging. */
  readonly list: ListRequest;
  /** Undefined when none was sent. */
  readonly body: unknown;
  readonly if_match: IfMatch;
  /** A file, of a type that the route takes: not read yet. */
  readonly upload: Upload | undefined;
  /** The header, as it came. */
  readonly accept: string;
}

export interface Upload {
  /** `text/csv` */
  readonly type: string;
  readonly charset: string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface Reply {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: unknown;
  /** Becomes the ETag. */
  readonly version?: number | undefined;
  /** Under `/api/v1`. */
  readonly location?: string;
  /** Instead of a JSON body. */
  readonly text?: { readonly type: string; readonly body: string; readonly headers?: Readonly<Record<string, string>> };
}

/** A shape and its name among the document's components. */
export interface Named {
  readonly name: string;
  readonly schema: z.ZodType;
}

/** One route: the router, the matrix of roles and the OpenAPI document are all made from it. */
export interface Route {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** `/organizations/:organization_id/users/:id` */
  readonly path: string;
  readonly permission: Permission;
  readonly summary: string;
  /** Its own query parameters; any other is refused. */
  readonly query?: Readonly<Record<string, z.ZodType>> | undefined;
  /** Takes `limit` and `after`. */
  readonly paged?: boolean;
  /** What it reads; absent: a body is ignored but must be JSON. */
  readonly body?: Named | undefined;
  /** Media types of files that it takes instead of a body. */
  readonly uploads?: readonly string[];
  /** What it answers with 202 where the work goes on behind. */
  readonly accepted?: Named;
  /** Has `If-Match`, and `ETag` on its answer. */
  readonly versioned?: boolean;
  /** `files`: media types of a text that is answered instead of a shape. */
  readonly answer: { readonly status: 200 | 201 | 204; readonly shape?: Named; readonly files?: readonly string[] };
  readonly handle: (call: Call) => Promise<Reply>;
}

/** The organization of a route whose path has one. */
export function org_of({ org_id }: Call): OrgId {
  if (org_id === undefined) throw new TypeError('this route has no organization in its path');
  return org_id;
}

export const param = ({ params }: Call, name: string): string => params[name] ?? '';
