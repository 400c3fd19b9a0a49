import { z } from 'zod';
import { NotFound, type OrgId, rfc3339 } from '../kernel/index.ts';
import {
  type Match,
  type ReceiptEntryRow,
  type ReceiptRow,
  type SqlValue,
  type Storage,
  time_ordered_id,
  type Tx,
} from '../storage/index.ts';
import { type Act, type Actor, system_act } from './act.ts';
import type { AuditEvent } from './event.ts';

const time = z.iso.datetime();

const receipt = z.object({
  id: z.string(),
  organization_id: z.string(),
  /** Null: of more than one person. */
  user_id: z.string().nullable(),
  /** The event that ended access. */
  reason: z.string(),
  actor: z.object({ kind: z.string(), id: z.string().optional(), name: z.string().optional() }),
  created_at: time,
  /** When every app had been told or given up; null while one is still tried. */
  completed_at: time.nullable(),
  /** Signed access tokens cannot be taken back: every one that was out has expired by then. */
  signed_tokens_end_by: time,
  sessions: z.array(z.object({ id: z.string(), user_id: z.string(), ended_at: time })),
  /** Each family of tokens, all of which ended with `created_at`, and whether its app knows. */
  apps: z.array(
    z.object({
      client_id: z.string(),
      user_id: z.string(),
      session_id: z.string(),
      tokens: z.int(),
      /** `wants_none`: the app has no `backchannel_logout_uri`. `given_up`: it never answered as it should. */
      outcome: z.enum(['wants_none', 'pending', 'told', 'given_up']),
      tries: z.int(),
      error: z.string().nullable(),
      at: time,
    }),
  ),
  /** Each sign-in of which an app was to hear as a security event. */
  signals: z.array(
    z.object({
      client_id: z.string(),
      user_id: z.string(),
      session_id: z.string(),
      outcome: z.enum(['pending', 'told', 'given_up']),
      tries: z.int(),
      error: z.string().nullable(),
      at: time,
    }),
  ),
  /** Each account that the person has at an app which is told of its people by SCIM, and whether the app has confirmed that it is switched off. */
  accounts: z.array(
    z.object({
      client_id: z.string(),
      target_id: z.string(),
      user_id: z.string(),
      outcome: z.enum(['sent', 'confirmed', 'given_up']),
      tries: z.int(),
      error: z.string().nullable(),
      at: time,
    }),
  ),
});

export const receipt_schemas = { receipt };
export type ReceiptView = z.output<typeof receipt>;

export interface NewReceipt {
  readonly org_id: OrgId;
  readonly user_id: string | null;
  /** A type of event. */
  readonly reason: string;
  readonly act: Act;
  readonly entries: readonly Pick<ReceiptEntryRow, 'id' | 'user_id' | 'kind' | 'session_id' | 'client_id' | 'tokens' | 'delivery_id'>[];
}

export interface Receipts {
  /** In the unit of work that ends the access. */
  open(tx: Tx, receipt: NewReceipt): Promise<void>;
  /** Writes down what became of the deliveries; a receipt that is complete is told as `access.ended`. Called by a timer. */
  settle(): Promise<void>;
  /** Newest first; `user_id`: only what ended of this person. */
  list(
    org_id: OrgId,
    request: { readonly limit?: number | undefined; readonly after?: string | undefined; readonly user_id?: string | undefined },
  ): Promise<{ readonly data: readonly ReceiptView[]; readonly next: string | null }>;
  /** @throws NotFound */
  get(org_id: OrgId, id: string): Promise<ReceiptView>;
}

/** A signed access token lives no longer (RFC 9068; the resource's own limit). */
const SIGNED_TOKEN_MS = 300_000;
const BATCH = 50;
const SETTLED_AT_ONCE = 500;
/** An event names no more than so many; the receipt itself has them all. */
const IN_EVENT = 100;

export interface ReceiptsDeps {
  readonly storage: Storage;
  readonly now: () => number;
  readonly record: (tx: Tx, act: Act, event: AuditEvent) => Promise<void>;
}

export function make_receipts(deps: ReceiptsDeps): Receipts {
  const { storage, now } = deps;
  const views = async (rows: readonly ReceiptRow[], user_id?: string): Promise<ReceiptView[]> => {
    const shown: ReceiptView[] = [];
    for (const row of rows) {
      const match: Match<ReceiptEntryRow> = { receipt_id: row.id, ...(user_id !== undefined && { user_id }) };
      shown.push(present(row, await storage.gateway.receipt_entries.find(match)));
    }
    return shown;
  };
  return {
    open: (tx, given) => open_receipt(tx, given, now()),
    async settle() {
      await settle_entries(storage, now());
      const done = await storage.sql.all<{ id: string }>(
        `SELECT r."id" FROM "receipts" r WHERE r."completed_at" IS NULL
         AND NOT EXISTS (SELECT 1 FROM "receipt_entries" e WHERE e."receipt_id" = r."id" AND e."outcome" = 'pending') LIMIT ${SETTLED_AT_ONCE}`,
      );
      for (const { id } of done) await complete(deps, id);
    },
    async list(org_id, { limit, after, user_id }) {
      const { data, next } = await storage.gateway.receipts.page(
        { limit, after, descending: true },
        {
          match: { org_id },
          narrow(query) {
            if (user_id === undefined) return;
            const of_person = 'SELECT "receipt_id" FROM "receipt_entries" WHERE "org_id" = :org_id AND "user_id" = :person';
            query.andWhere(`(row.user_id = :person OR row.id IN (${of_person}))`, { org_id, person: user_id });
          },
        },
      );
      return { data: await views(data, user_id), next };
    },
    async get(org_id, id) {
      const row = await storage.gateway.receipts.find_one({ id, org_id });
      if (row === undefined) throw new NotFound('receipt');
      const [view] = await views([row]);
      return view as ReceiptView; // one view for one row
    },
  };
}

async function open_receipt(tx: Tx, { org_id, user_id, reason, act, entries }: NewReceipt, at: number): Promise<void> {
  const id = time_ordered_id('rcp', at);
  await tx.sql.run(
    `INSERT INTO "receipts" ("id", "org_id", "user_id", "reason", "actor", "request_id", "created_at") VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [id, org_id, user_id, reason, JSON.stringify(act.actor), act.request_id ?? null, at],
  );
  for (let start = 0; start < entries.length; start += BATCH) {
    const batch = entries.slice(start, start + BATCH);
    const values = batch.flatMap((entry): SqlValue[] => [
      ...[id, entry.id, org_id, entry.user_id, entry.kind, entry.session_id, entry.client_id, entry.tokens, entry.delivery_id],
      ...[entry.delivery_id === null ? 'ended' : 'pending', 0, at],
    ]);
    await tx.sql.run(
      `INSERT INTO "receipt_entries" ("receipt_id", "id", "org_id", "user_id", "kind", "session_id", "client_id", "tokens", "delivery_id", "outcome", "tries", "at")
       VALUES ${batch.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
      values,
    );
  }
}

interface Settled {
  receipt_id: string;
  id: string;
  done_at: number | null;
  dead_at: number | null;
  attempts: number | null;
  last_error: string | null;
}

/** One statement each: whichever process is first has said it. */
async function settle_entries(storage: Storage, at: number): Promise<void> {
  const rows = await storage.sql.all<Settled>(
    `SELECT e."receipt_id", e."id", o."done_at", o."dead_at", o."attempts", o."last_error" FROM "receipt_entries" e
     LEFT JOIN "outbox" o ON o."id" = e."delivery_id"
     WHERE e."outcome" = 'pending' AND (o."id" IS NULL OR o."done_at" IS NOT NULL OR o."dead_at" IS NOT NULL) LIMIT ${SETTLED_AT_ONCE}`,
  );
  for (const { receipt_id, id, done_at, dead_at, attempts, last_error } of rows) {
    const told = done_at !== null && dead_at === null;
    await storage.write_once(
      `UPDATE "receipt_entries" SET "outcome" = ?, "tries" = ?, "error" = ?, "at" = ? WHERE "receipt_id" = ? AND "id" = ? AND "outcome" = 'pending'`,
      [
        told ? 'told' : 'given_up',
        attempts ?? 0,
        told ? null : (last_error ?? 'nothing is known of it'),
        done_at ?? dead_at ?? at,
        receipt_id,
        id,
      ],
    );
  }
}

/** The condition is the claim: of two processes one completes it, and tells. */
async function complete(deps: ReceiptsDeps, id: string): Promise<void> {
  const at = deps.now();
  await deps.storage.transact(async (tx) => {
    const claimed = await tx.sql.run(`UPDATE "receipts" SET "completed_at" = ? WHERE "id" = ? AND "completed_at" IS NULL`, [at, id]);
    if (claimed === 0) return;
    const row = await tx.gateway.receipts.find_one({ id });
    if (row === undefined) return;
    const view = present(row, await tx.gateway.receipt_entries.find({ receipt_id: id }));
    const target = row.user_id === null ? { kind: 'receipt', id } : { kind: 'user', id: row.user_id };
    const after = {
      ...view,
      sessions: view.sessions.slice(0, IN_EVENT),
      apps: view.apps.slice(0, IN_EVENT),
      signals: view.signals.slice(0, IN_EVENT),
      accounts: view.accounts.slice(0, IN_EVENT),
      left_out: [view.sessions, view.apps, view.signals, view.accounts].reduce(
        (all, { length }) => all + Math.max(length - IN_EVENT, 0),
        0,
      ),
      everyone_told: [...view.apps, ...view.signals, ...view.accounts].every(({ outcome }) => outcome !== 'given_up'),
    };
    await deps.record(tx, system_act, { type: 'access.ended', org_id: row.org_id as OrgId, target, after }); // of a row
  });
}

const present = (row: ReceiptRow, entries: readonly ReceiptEntryRow[]): ReceiptView => ({
  id: row.id,
  organization_id: row.org_id,
  user_id: row.user_id,
  reason: row.reason,
  actor: row.actor as unknown as Actor, // written by open_receipt
  created_at: rfc3339(row.created_at),
  completed_at: row.completed_at === null ? null : rfc3339(row.completed_at),
  signed_tokens_end_by: rfc3339(row.created_at + SIGNED_TOKEN_MS),
  sessions: entries
    .filter(({ kind }) => kind === 'session')
    .map(({ session_id, user_id, at }) => ({ id: session_id, user_id, ended_at: rfc3339(at) })),
  apps: entries
    .filter(({ kind }) => kind === 'app')
    .map(({ client_id, user_id, session_id, tokens, outcome, tries, error, at }) => ({
      ...{ client_id: client_id ?? '', user_id, session_id, tokens },
      outcome: outcome === 'ended' ? 'wants_none' : outcome,
      ...{ tries, error, at: rfc3339(at) },
    })),
  signals: entries
    .filter(({ kind }) => kind === 'signal')
    .map(({ client_id, user_id, session_id, outcome, tries, error, at }) => ({
      ...{ client_id: client_id ?? '', user_id, session_id },
      outcome: outcome === 'ended' ? 'pending' : outcome,
      ...{ tries, error, at: rfc3339(at) },
    })),
  accounts: entries
    .filter(({ kind }) => kind === 'account')
    .map(({ id, client_id, user_id, outcome, tries, error, at }) => ({
      ...{ client_id: client_id ?? '', target_id: id.split('/', 1)[0] ?? '', user_id },
      outcome: outcome === 'told' ? 'confirmed' : outcome === 'given_up' ? 'given_up' : 'sent',
      ...{ tries, error, at: rfc3339(at) },
    })),
});
