import type { Act, Audit } from '../../audit/index.ts';
import { Conflict, NotFound, type OrgId } from '../../kernel/index.ts';
import type { Listed, ListRequest } from '../../organizations/index.ts';
import type { ScimRequestRow, Storage, Tx } from '../../storage/index.ts';
import type { DirectoryDeps } from '../deps.ts';
import { parse_body } from '../parse_body.ts';
import { replay_request } from './replay.ts';
import { make_request_log, type RequestLog, request_context_of } from './log.ts';
import {
  present_request,
  present_summary,
  type ScimReplay,
  scim_request_schemas,
  type ScimRequestSummary,
  type ScimRequestView,
} from './present.ts';
import { type Opened, read_sealed } from './sealed.ts';
import { in_batches, REMOVED_AT_ONCE, type Trimming } from './trim.ts';

export interface ScimRequestFilters {
  /** `2xx`, `4xx`, `5xx` */
  readonly status?: string | undefined;
  readonly token?: string | undefined;
  /** The id of who or what was changed. */
  readonly resource?: string | undefined;
  /** Epoch milliseconds. */
  readonly since?: number | undefined;
}

/** What the directories of one organization asked of us. */
export interface ScimRequestsOf {
  /** Newest first. @throws InvalidInput for a cursor that is not ours */
  list(request: Pick<ListRequest, 'limit' | 'after'>, filters?: ScimRequestFilters): Promise<Listed<ScimRequestSummary>>;
  /** Whoever may not see personal data sees how the request was built. @throws NotFound */
  get(id: string, reader: { readonly personal: boolean }): Promise<ScimRequestView>;
  /** The same request once more, for the same directory. With `dry_run` everything is done and nothing kept. @throws NotFound | Conflict when not all of it is there any more */
  replay(id: string, body: unknown, act: Act): Promise<ScimReplay>;
  /** Removes all of them: the organization goes. */
  clear(): Promise<void>;
}

/** By organization; and the log itself. */
export interface ScimRequests {
  (org_id: OrgId): ScimRequestsOf;
  readonly log: RequestLog;
  /** Empties the requests that spoke of somebody, within the caller's unit of work. Answers how many. */
  forget(tx: Tx, org_id: OrgId, words: readonly string[]): Promise<number>;
}

export interface ScimRequestsDeps extends Omit<DirectoryDeps, 'record'> {
  readonly record: Audit['record'];
  readonly issuer_url: string;
  readonly limits: Trimming;
  readonly log: (message: string, fields: object) => void;
}

export function make_scim_requests(deps: ScimRequestsDeps): ScimRequests {
  const { storage } = deps;
  const log = make_request_log(deps);
  const require_row = async (org_id: OrgId, id: string): Promise<ScimRequestRow> => {
    await log.flush();
    const row = await storage.org(org_id).scim_requests.find_one({ id });
    if (row === undefined) throw new NotFound('SCIM request');
    return row;
  };
  const of = (org_id: OrgId): ScimRequestsOf => ({
    async list({ limit, after }, { status, token, resource, since } = {}) {
      await log.flush();
      const { data, next } = await storage.org(org_id).scim_requests.page(
        { limit, after, descending: true },
        {
          match: token === undefined ? {} : { token_id: token },
          narrow(query) {
            const least = Number(status?.[0]) * 100;
            if (status !== undefined) query.andWhere('row.status >= :least AND row.status < :beyond', { least, beyond: least + 100 });
            // an organization keeps so few that they can be looked through
            if (resource !== undefined)
              query.andWhere(`REPLACE(row.resource_ids, :resource, '') <> row.resource_ids`, { resource: ` ${resource} ` });
            if (since !== undefined) query.andWhere('row.created_at >= :since', { since });
          },
        },
      );
      return { data: data.map(present_summary), next };
    },
    async get(id, { personal }) {
      const row = await require_row(org_id, id);
      return present_request(row, open(storage, row), personal);
    },
    async clear() {
      await log.flush();
      await in_batches(() =>
        storage.write_once(
          `DELETE FROM "scim_requests" WHERE "org_id" = ? AND "id" IN (SELECT "id" FROM "scim_requests" WHERE "org_id" = ? LIMIT ${REMOVED_AT_ONCE})`,
          [org_id, org_id],
        ),
      );
    },
    async replay(id, body, act) {
      const row = await require_row(org_id, id);
      const { dry_run } = parse_body(scim_request_schemas.scim_replay_body, body ?? {});
      const opened = open(storage, row);
      if (opened === undefined || row.token_id === null || opened.body?.truncated === true)
        throw new Conflict('not_replayable', 'Not all of this request is kept: it cannot be done again.');
      const token = await storage.org(org_id).scim_tokens.find_one({ id: row.token_id });
      if (token === undefined) throw new Conflict('token_gone', 'The token of this request was deleted: nobody is there to speak for.');
      return replay_request({ ...deps, request_log: log }, { row, opened, token }, dry_run === true, act);
    },
  });
  return Object.assign(of, { log, forget: (tx: Tx, org_id: OrgId, words: readonly string[]) => forget(storage, tx, org_id, words) });
}

const open = ({ seal }: Pick<Storage, 'seal'>, row: ScimRequestRow): Opened | undefined =>
  row.sealed_request === null ? undefined : read_sealed(seal.open(row.sealed_request, request_context_of(row.org_id, row.id)));

const BATCH = 200;

/** Words stand anywhere in what was sealed: every request is opened. The caller has flushed the log. */
async function forget({ seal }: Pick<Storage, 'seal'>, tx: Tx, org_id: OrgId, words: readonly string[]): Promise<number> {
  const wanted = words.map((word) => JSON.stringify(word.toLowerCase()).slice(1, -1)).filter((word) => word.length > 2);
  if (wanted.length === 0) return 0;
  let emptied = 0;
  for (let after = ''; ; ) {
    const rows = await tx.sql.all<{ id: string; sealed_request: string | null }>(
      `SELECT "id", "sealed_request" FROM "scim_requests" WHERE "org_id" = ? AND "id" > ? ORDER BY "id" LIMIT ${BATCH}`,
      [org_id, after],
    );
    for (const { id, sealed_request } of rows) {
      if (sealed_request === null) continue;
      const text = told(seal.open(sealed_request, request_context_of(org_id, id)));
      if (!wanted.some((word) => text.includes(word))) continue;
      emptied += await tx.sql.run(`UPDATE "scim_requests" SET "sealed_request" = NULL, "bytes" = 0 WHERE "org_id" = ? AND "id" = ?`, [
        org_id,
        id,
      ]);
    }
    const last = rows.at(-1);
    if (rows.length < BATCH || last === undefined) return emptied;
    after = last.id;
  }
}

/** Everything in it, as it is compared: bodies are JSON within JSON, some with every letter escaped; queries are written for addresses. */
function told(sealed: string): string {
  const { query, body, ...rest } = read_sealed(sealed);
  return [decoded(query), without_escapes(body?.text ?? ''), JSON.stringify(rest)].join('\n').toLowerCase();
}

/** Whether or not it is JSON as a whole: quotes, backslashes and control characters stay as JSON writes them. */
const without_escapes = (text: string): string =>
  text.replaceAll(/\\u([0-9a-f]{4})/gi, (escape, code: string) => {
    const letter = String.fromCharCode(Number.parseInt(code, 16));
    return /["\\\p{Cc}]/u.test(letter) ? escape : letter;
  });

function decoded(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '));
  } catch {
    return query;
  }
}
