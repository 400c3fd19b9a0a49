/**
 * The error families of Postern. `code` is stable and public, `message` is safe to show to whoever made the request,
 * `detail` goes to log and trace only. Translated at the edges in `src/http`, nowhere else.
 */
export interface FieldProblem {
  /** Where, as in the request body: `saml.sso_url`. Empty for the whole. */
  readonly path: string;
  readonly message: string;
}

interface PosternErrorOptions {
  readonly detail?: string;
  readonly cause?: unknown;
}

export abstract class PosternError extends Error {
  /** HTTP status at every edge that has one. */
  abstract readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  constructor(code: string, message: string, options: PosternErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.detail = options.detail;
  }
}

/** 400, or 422 for a body that is well-formed but wrong. Lists every wrong field. */
export class InvalidInput extends PosternError {
  readonly status: number;
  readonly fields: readonly FieldProblem[];
  constructor(
    code: string,
    message: string,
    options: PosternErrorOptions & { fields?: readonly FieldProblem[]; status?: 400 | 405 | 413 | 415 | 422 } = {},
  ) {
    super(code, message, options);
    this.fields = options.fields ?? [];
    this.status = options.status ?? 400;
  }
}

export class Unauthenticated extends PosternError {
  readonly status = 401;
}

export class Forbidden extends PosternError {
  readonly status = 403;
}

/** Absent, or another organization's: the same answer. */
export class NotFound extends PosternError {
  readonly status = 404;
  constructor(what = 'resource', options: PosternErrorOptions = {}) {
    super('not_found', `No such ${what}.`, options);
  }
}

/** 409, or 412 for a precondition that no longer holds. */
export class Conflict extends PosternError {
  readonly status: number;
  constructor(code: string, message: string, options: PosternErrorOptions & { status?: 409 | 412 } = {}) {
    super(code, message, options);
    this.status = options.status ?? 409;
  }
}

/** A person may not come in. `status` 400: forged, malformed, expired step; 401: wrong password; 403: refused. */
export class LoginRefused extends PosternError {
  readonly status: 400 | 401 | 403;
  /** What the vendor lets the person know, as plain text; shown beside our own words. */
  readonly said: string | undefined;
  /** `clock_difference`: how far the partner's message is from our clock. */
  readonly seconds: number | undefined;
  constructor(
    code: string,
    message: string,
    options: PosternErrorOptions & { status?: 400 | 401 | 403; said?: string | undefined; seconds?: number | undefined } = {},
  ) {
    super(code, message, options);
    this.status = options.status ?? 403;
    this.said = options.said;
    this.seconds = options.seconds;
  }
}

/** The partner is down (502) or too slow (504). */
export class UpstreamFault extends PosternError {
  readonly status: 502 | 504;
  constructor(code: string, message: string, options: PosternErrorOptions & { status?: 502 | 504 } = {}) {
    super(code, message, options);
    this.status = options.status ?? 502;
  }
}

/** Too many attempts: `retry_after` seconds. */
export class TooMany extends PosternError {
  readonly status = 429;
  readonly retry_after: number;
  constructor(retry_after: number, options: PosternErrorOptions = {}) {
    super('too_many_requests', 'Too many attempts. Wait a moment and try again.', options);
    this.retry_after = retry_after;
  }
}

/** This installation is not set up right. */
export class Misconfigured extends PosternError {
  readonly status = 500;
}
