import { system_act } from '../../audit/index.ts';
import { hash_token, type OrgId, rfc3339 } from '../../kernel/index.ts';
import type { ConnectionRow, Storage, Tx } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { present_certificate } from './certificates.ts';
import { stored_settings } from './settings.ts';

const DAY_MS = 86_400_000;
/** Days before its end at which a certificate is announced, each once. */
const MARKS = [1, 7, 14, 30, 60] as const;
const FIRST_MARK_MS = 60 * DAY_MS;
/** What ended longer ago than this was known to whoever set it up. */
const STALE_MS = 7 * DAY_MS;
const AT_ONCE = 20;
const ROUNDS = 10;
/** Of all connections: what is watched must not grow with their number. */
const MOST_WATCHED = 500;

interface Due {
  readonly org_id: OrgId;
  readonly id: string;
  readonly announce_at: number;
}

/** Announces certificates that end soon, the partner's and ours, each at its marks. A connection is looked at only when the next mark of one of its certificates is reached, or it was changed. */
export async function announce_endings(deps: OrganizationsDeps, now: number): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const due = await deps.storage.sql.all<Due>(
      `SELECT "org_id", "id", "announce_at" FROM "connections" WHERE "announce_at" <= ? ORDER BY "announce_at" LIMIT ${AT_ONCE}`,
      [now],
    );
    for (const one of due) await deps.storage.transact((tx) => look(deps, tx, one, now));
    if (due.length < AT_ONCE) return;
  }
}

interface Ending {
  readonly of: 'partner' | 'own';
  readonly use: 'signing' | 'encryption';
  readonly pem: string;
}

async function look(deps: OrganizationsDeps, tx: Tx, { org_id, id, announce_at }: Due, now: number): Promise<void> {
  // one process looks: the others find another time there
  const claimed = await tx.sql.run(`UPDATE "connections" SET "announce_at" = NULL WHERE "org_id" = ? AND "id" = ? AND "announce_at" = ?`, [
    org_id,
    id,
    announce_at,
  ]);
  const row = claimed === 1 ? await tx.org(org_id).connections.find_one({ id }) : undefined;
  if (row === undefined) return;
  // nobody depends on a connection that is switched off; switching it on is a change
  const endings = row.enabled ? await endings_of(deps, tx, org_id, row) : [];
  const ends = endings.map(({ pem }) => Date.parse(present_certificate(pem, now).not_after));
  for (const [index, ending] of endings.entries()) {
    const own_end = ends[index] ?? 0;
    const later = ends.filter((end, at) => end > own_end && endings[at]?.of === ending.of && endings[at]?.use === ending.use);
    await announce(deps, tx, { org_id, row, ending, next_until: later.length === 0 ? undefined : Math.max(...later) }, now);
  }
  const coming = ends.flatMap((end) => [...MARKS.map((mark) => end - mark * DAY_MS), end]).filter((at) => at > now);
  const valid = ends.filter((end) => end > now);
  await tx.org(org_id).connections.update(
    { id },
    {
      announce_at: coming.length === 0 ? null : Math.min(...coming),
      certificates_end_at: ends.length === 0 ? null : valid.length === 0 ? Math.max(...ends) : Math.min(...valid),
    },
  );
}

async function endings_of(deps: OrganizationsDeps, tx: Tx, org_id: OrgId, row: ConnectionRow): Promise<Ending[]> {
  const { trust, parse } = deps.connector_types[row.protocol];
  const { settings, secrets } = stored_settings(deps.storage, row);
  const read = trust === undefined ? undefined : parse({ ...settings, ...secrets });
  if (trust === undefined || read?.ok !== true) return [];
  const own = await tx.org(org_id).connection_keys.find({ connection_id: row.id, state: 'current' });
  return [
    ...trust.certificates(read.config, row.resolved).map((pem): Ending => ({ of: 'partner', use: 'signing', pem })),
    ...own.map(({ use, certificate_pem: pem }): Ending => ({ of: 'own', use, pem })),
  ];
}

interface About {
  readonly org_id: OrgId;
  readonly row: ConnectionRow;
  readonly ending: Ending;
  /** When the last other certificate of the same side and use ends; undefined: there is none that lasts longer. */
  readonly next_until: number | undefined;
}

/** At the mark that was reached last, and at the end, once for each certificate, whatever process looks how often. */
async function announce(deps: OrganizationsDeps, tx: Tx, { org_id, row, ending, next_until }: About, now: number): Promise<void> {
  const { sha256, subject, serial, not_after, days_left } = present_certificate(ending.pem, now);
  const end = Date.parse(not_after);
  const mark = MARKS.find((days) => end - now <= days * DAY_MS);
  if (mark === undefined) return;
  if (end <= now && now - end > STALE_MS) return;
  const first = await tx.sql.run(`INSERT INTO "first_uses" ("scope", "key_hash", "expires_at") VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, [
    `certificate_end/${row.id}`,
    hash_token(`${ending.of}/${sha256}/${end <= now ? 'ended' : mark}`),
    end + STALE_MS + DAY_MS,
  ]);
  if (first === 0) return;
  await deps.record(tx, system_act, {
    type: end <= now ? 'saml.certificate.expired' : 'saml.certificate.expiring',
    org_id,
    target: { kind: 'connection', id: row.id, name: row.name },
    after: {
      ...{ of: ending.of, use: ending.use, sha256, subject, serial, not_after: rfc3339(end), days_left },
      ...(end > now && { mark }),
      next_until: next_until === undefined ? null : rfc3339(next_until),
    },
  });
}

/** The first certificate of each connection to end within 60 days, the soonest first, a bounded number of them: for metrics. */
export function ending_soon(storage: Pick<Storage, 'sql'>, now: number): Promise<{ readonly id: string; readonly ends_at: number }[]> {
  return storage.sql
    .all<{ id: string; ends_at: number | string }>(
      `SELECT "id", "certificates_end_at" AS "ends_at" FROM "connections" WHERE "certificates_end_at" < ? ORDER BY "certificates_end_at" LIMIT ${MOST_WATCHED}`,
      [now + FIRST_MARK_MS],
    )
    .then((rows) => rows.map(({ id, ends_at }) => ({ id, ends_at: Number(ends_at) })));
}
