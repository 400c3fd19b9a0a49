import type { Act, Audit } from '../../audit/index.ts';
import { scim_error, told } from '../../http/index.ts';
import { PosternError } from '../../kernel/index.ts';
import type { ScimRequestRow, ScimTokenRow, Storage } from '../../storage/index.ts';
import type { Client, DirectoryDeps } from '../deps.ts';
import { dialect_name, dialect_of } from '../dialect.ts';
import { answer_scim } from '../answer.ts';
import { group_endpoint } from '../group_endpoint.ts';
import type { ScimAnswer } from '../operate.ts';
import { invalid_syntax } from '../refusals.ts';
import { base_url_of, parts_of } from '../address.ts';
import { user_endpoint } from '../user_endpoint.ts';
import type { RequestLog } from './log.ts';
import { Observed } from './observed.ts';
import type { ScimReplay } from './present.ts';
import { rehearse } from './rehearse.ts';
import type { Opened } from './sealed.ts';

export interface ReplayDeps extends Omit<DirectoryDeps, 'record'> {
  readonly record: Audit['record'];
  readonly issuer_url: string;
  readonly request_log: Pick<RequestLog, 'note'>;
}

interface Kept {
  readonly row: ScimRequestRow;
  readonly opened: Opened;
  readonly token: ScimTokenRow;
}

/** Does a request again as its directory would, in the dialect it was read in, in the name of whoever asks for it. */
export async function replay_request(deps: ReplayDeps, { row, opened, token }: Kept, dry_run: boolean, act: Act): Promise<ScimReplay> {
  const observed = new Observed();
  const dialect = dialect_name.exclude(['auto']).catch('strict').parse(row.dialect);
  const org_id = token.org_id as Client['org_id']; // a row comes from its organization's store
  const client: Client = {
    ...{ org_id, token_id: token.id, connection_id: token.connection_id, dialect: dialect_of(dialect), act, observed },
    base_url: base_url_of(deps.issuer_url, org_id),
  };
  const began = deps.now();
  const operate = (storage: Storage): Promise<ScimAnswer> => {
    const within = { ...deps, storage };
    const query = Object.fromEntries(new URLSearchParams(opened.query));
    const request = {
      method: row.method,
      path: parts_of(opened.path),
      query,
      if_match: opened.headers['if-match'] ?? '',
      body: body_of(opened),
    };
    return answer_scim([user_endpoint(within), group_endpoint(within)], client, request);
  };
  const { answer, error } = await settled(() => (dry_run ? rehearse(deps.storage, operate) : operate(deps.storage)));
  const status = answer?.status ?? told(error).status;
  const { understood, effects, left_out } = observed;
  await deps.storage.transact((tx) =>
    deps.record(tx, act, {
      type: 'scim_request.replayed',
      org_id,
      target: { kind: 'scim_request', id: row.id },
      after: { dry_run, status, changes: effects.length },
    }),
  );
  if (!dry_run)
    deps.request_log.note({
      ...{ org_id, token, dialect, method: row.method, shown_path: row.path, status, replay_of: row.id, at: began },
      error_code: error === undefined ? undefined : told(error).code,
      duration_ms: deps.now() - began,
      ...{ ...opened, body: opened.body, understood, effects, left_out },
      ...{ ip: act.ip ?? '', request_id: act.request_id ?? '' },
      detail: error === undefined ? undefined : String(scim_error(error)['detail']),
    });
  return { dry_run, status, body: answer === undefined ? scim_error(error) : (answer.body ?? null), effects: [...effects] };
}

function body_of({ body }: Opened): unknown {
  if (body === undefined || body.text === '') return undefined;
  try {
    const value: unknown = JSON.parse(body.text);
    return value;
  } catch (cause) {
    throw invalid_syntax('The body is no JSON.', cause);
  }
}

/** A refusal is an answer too. */
async function settled(work: () => Promise<ScimAnswer>): Promise<{ readonly answer?: ScimAnswer; readonly error?: PosternError }> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (!(error instanceof PosternError)) throw error;
    return { error };
  }
}
