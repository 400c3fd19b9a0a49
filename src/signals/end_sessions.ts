import type { Act } from '../audit/index.ts';
import { hash_token, type OrgId } from '../kernel/index.ts';
import { first_use_within, type SignalSourceRow, type Tx } from '../storage/index.ts';
import type { ReceiverDeps } from './deps.ts';
import { OLDEST_S, type SetClaims } from './read_set.ts';
import { read_subject, type Subject } from './subject.ts';
import { SESSION_REVOKED } from './vocabulary.ts';

/** Where an event came in. */
export interface Place {
  readonly org_id: OrgId;
  readonly source: SignalSourceRow;
  /** Whose subjects the connection knows. */
  readonly issuers: ReadonlySet<string>;
}

/** Ends what the event names, of this connection alone, once: an event that comes again is heard and does nothing. Answers how many sessions ended. */
export async function take_event(deps: ReceiverDeps, place: Place, claims: SetClaims, act: Act): Promise<number> {
  const { org_id, source } = place;
  const subject = claims.events[SESSION_REVOKED] === undefined ? undefined : read_subject(claims.sub_id, place.issuers);
  // believed before it is needed: no look-up of names in the unit of work
  const domains = subject?.email === undefined ? undefined : await deps.directory.verified_domains(org_id);
  const known = subject?.email === undefined || domains?.has(subject.email.domain) === true ? subject : undefined;
  return deps.storage.transact(async (tx) => {
    const until = (claims.iat + OLDEST_S + 3600) * 1000;
    if (!(await first_use_within(tx, `signal_source/${source.id}`, claims.jti, until))) return 0;
    if (known === undefined) return 0;
    const sessions = await named_sessions(tx, place, known);
    for (const { id } of sessions) {
      await deps.end_access(tx, { org_id, session_id: id }, act, 'session.ended');
      await deps.record(tx, act, {
        type: 'session.ended',
        org_id,
        target: { kind: 'session', id },
        after: { by: 'transmitter', connection_id: source.connection_id, transmitter: source.issuer, jti: claims.jti },
      });
    }
    return sessions.length;
  });
}

/** Of this connection only. A session of which the partner's own name is not known may be the one that is meant. */
async function named_sessions({ sql }: Tx, { org_id, source }: Place, { subject, email, session }: Subject): Promise<{ id: string }[]> {
  const mine = [org_id, source.connection_id];
  const of_session = session === undefined ? '' : ` AND (s."upstream_hash" = ? OR s."upstream_hash" IS NULL)`;
  const named = session === undefined ? [] : [hash_token(session)];
  if (subject !== undefined)
    return sql.all(
      `SELECT s."id" FROM "sessions" s JOIN "identities" i ON i."org_id" = s."org_id" AND i."user_id" = s."user_id" AND i."connection_id" = s."connection_id"
       WHERE s."org_id" = ? AND s."connection_id" = ? AND i."subject" = ?${of_session}`,
      [...mine, subject, ...named],
    );
  if (email !== undefined)
    return sql.all(
      `SELECT s."id" FROM "sessions" s JOIN "users" u ON u."org_id" = s."org_id" AND u."id" = s."user_id"
       WHERE s."org_id" = ? AND s."connection_id" = ? AND u."email_key" = ? AND u."email_denied" = ?${of_session}`,
      [...mine, email.key, false, ...named],
    );
  if (session === undefined) return [];
  return sql.all(`SELECT s."id" FROM "sessions" s WHERE s."org_id" = ? AND s."connection_id" = ? AND s."upstream_hash" = ?`, [
    ...mine,
    ...named,
  ]);
}
