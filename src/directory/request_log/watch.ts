import type { Context } from 'koa';
import { scim_error, state_of, told } from '../../http/index.ts';
import { type OrgId, parse_org_id } from '../../kernel/index.ts';
import { shown_path } from '../address.ts';
import type { Token } from '../authenticate.ts';
import type { KnownDialect } from '../dialect.ts';
import { kept_body, kept_headers } from './kept_body.ts';
import type { RequestLog, SeenRequest } from './log.ts';
import { Observed } from './observed.ts';

const TOO_MANY = 429;

/** What is learned of a request on its way; told to the log at its end. */
export class Watch {
  readonly observed = new Observed();
  token: Pick<Token, 'id' | 'name'> | undefined;
  dialect: KnownDialect | undefined;
  /** Of a body that could not be read: as it came. */
  unread: string | undefined;
  private readonly began: number;
  private readonly ctx: Context;
  private readonly org_id: OrgId | undefined;
  private readonly below: string;
  private readonly now: () => number;

  constructor(ctx: Context, organization: string, below: string, now: () => number) {
    this.ctx = ctx;
    this.org_id = parse_org_id(organization);
    this.below = below;
    this.now = now;
    this.began = now();
  }

  end(log: Pick<RequestLog, 'note'>, error?: unknown): void {
    const seen = this.seen(error);
    if (seen !== undefined) log.note(seen);
  }

  /** Of somebody without a token only what tells a mistake from an attack; one that was turned away unheard is not written down. */
  private seen(error: unknown): SeenRequest | undefined {
    const { ctx, org_id, token } = this;
    const { code, status } = error === undefined ? { code: undefined, status: ctx.status } : told(error);
    if (org_id === undefined || (token === undefined && status === TOO_MANY)) return undefined;
    const { ip, request_id } = state_of(ctx);
    const headers = kept_headers(ctx.req.headers);
    const { understood, effects, left_out } = this.observed;
    const raw = token === undefined ? '' : (this.unread ?? ctx.request.rawBody ?? '');
    return {
      ...{ org_id, token, dialect: this.dialect, method: ctx.method, shown_path: shown_path(this.below), status, error_code: code },
      duration_ms: this.now() - this.began,
      at: this.began,
      path: token === undefined ? shown_path(this.below) : this.below.slice(0, 2000),
      query: token === undefined ? '' : ctx.querystring.slice(0, 10_000),
      headers: token === undefined ? { 'user-agent': headers['user-agent'] ?? '' } : headers,
      body: raw === '' ? undefined : kept_body(raw, this.unread === undefined ? ctx.request.body : undefined),
      ...{ ip, request_id, understood, effects, left_out },
      detail: error === undefined ? undefined : String(scim_error(error)['detail']),
    };
  }
}
