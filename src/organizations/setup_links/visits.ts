import type { Act } from '../../audit/index.ts';
import { Conflict, hash_token, type OrgId } from '../../kernel/index.ts';
import type { SetupLinkRow, Tx } from '../../storage/index.ts';
import type { OrganizationsDeps } from '../deps.ts';
import { record_link } from './record.ts';
import { draft_of, type SetupDraft, type SetupStage, type SetupStep, status_of, steps_of } from './schema.ts';

/** A link as the portal has it in hand: everything that it may touch is of `org_id`. */
export interface SetupVisit {
  readonly id: string;
  readonly name: string;
  readonly org_id: OrgId;
  readonly steps: readonly SetupStep[];
  readonly requires_approval: boolean;
  readonly approval: SetupLinkRow['approval'];
  readonly status: 'created' | 'opened' | 'progressed' | 'finished' | 'revoked' | 'expired';
  readonly draft: SetupDraft;
  readonly opened: boolean;
  readonly expires_at: number;
  /** What a form was made from; counts what was set, not what was looked at. */
  readonly version: number;
}

/** What the portal does with a link. Its secret comes in, and only its hash is looked for. */
export interface SetupVisits {
  /** Undefined: there is no such link. */
  find(token: string): Promise<SetupVisit | undefined>;
  /** Somebody looks at it for the first time. */
  opened(visit: SetupVisit, act: Act): Promise<void>;
  /** Takes the right to change something, once for each version that was seen. @throws Conflict 412 when somebody else was first, 409 when the link is over */
  claim(visit: SetupVisit, version: number): Promise<SetupVisit>;
  /** For what ends later than it was begun, in the unit of work that writes it: the link is in use, and stays so until that unit of work ends. @throws Conflict when it is over */
  still_open(tx: Tx, visit: SetupVisit): Promise<void>;
  /** Keeps where the partner got to. @throws Conflict when the link is over */
  save(visit: SetupVisit, change: Partial<SetupDraft>, act: Act, done?: SetupStage): Promise<SetupVisit>;
  /** Nothing more is set up with it. @throws Conflict when the link is over */
  finish(visit: SetupVisit, act: Act, approval: 'none' | 'requested'): Promise<SetupVisit>;
}

export function make_setup_visits(deps: OrganizationsDeps): SetupVisits {
  const { storage, now } = deps;
  const visit_of = (row: SetupLinkRow): SetupVisit => ({
    ...{ id: row.id, name: row.name, steps: steps_of(row), draft: draft_of(row) },
    org_id: row.org_id as OrgId, // a row comes from its organization's store
    ...{ requires_approval: row.requires_approval, approval: row.approval },
    status: status_of(row, now()),
    opened: row.opened_at !== null,
    expires_at: Number(row.expires_at),
    version: Number(row.version),
  });
  const still_open = async (tx: Tx, { org_id, id }: SetupVisit): Promise<void> => {
    const locked = await tx.sql.run(
      `UPDATE "setup_links" SET "version" = "version" WHERE "org_id" = ? AND "id" = ? AND "status" = 'open' AND "expires_at" > ?`,
      [org_id, id, now()],
    );
    if (locked === 0) throw over();
  };
  /** One change of a link that is in use, under the lock of its row. */
  const change = (
    visit: SetupVisit,
    work: (tx: Tx, row: SetupLinkRow) => Promise<Partial<SetupLinkRow>> | Partial<SetupLinkRow>,
  ): Promise<SetupVisit> =>
    storage.transact(async (tx) => {
      // the lock first, then the look: what is read here nobody else changes
      await still_open(tx, visit);
      const { org_id, id } = visit;
      const row = await tx.org(org_id).setup_links.find_one({ id });
      if (row === undefined) throw over();
      const changes = await work(tx, row);
      if (Object.keys(changes).length > 0) await tx.org(org_id).setup_links.update({ id }, changes);
      return visit_of({ ...row, ...changes });
    });

  return {
    still_open,
    async find(token) {
      const found = await storage.sql.get<{ org_id: OrgId; id: string }>(
        `SELECT "org_id", "id" FROM "setup_links" WHERE "token_hash" = ?`,
        [hash_token(token)],
      );
      const row = found === undefined ? undefined : await storage.org(found.org_id).setup_links.find_one({ id: found.id });
      return row === undefined ? undefined : visit_of(row);
    },
    opened: (visit, act) =>
      storage.transact(async (tx) => {
        const first = await tx.sql.run(
          `UPDATE "setup_links" SET "opened_at" = ? WHERE "org_id" = ? AND "id" = ? AND "opened_at" IS NULL AND "status" = 'open'`,
          [now(), visit.org_id, visit.id],
        );
        const row = first === 0 ? undefined : await tx.org(visit.org_id).setup_links.find_one({ id: visit.id });
        if (row !== undefined) await record_link(deps, tx, act, row, 'opened');
      }),
    claim: (visit, version) =>
      change(visit, (_tx, row) => {
        if (Number(row.version) !== version) throw overtaken();
        return { version: version + 1 };
      }),
    save: (visit, given, act, done) =>
      change(visit, async (tx, row) => {
        const draft = { ...draft_of(row), ...given };
        const news = done !== undefined && !draft.done.includes(done);
        if (news) await record_link(deps, tx, act, row, 'progressed', { step: done });
        return {
          draft: news ? { ...draft, done: [...draft.done, done] } : draft,
          ...(done !== undefined && { progressed_at: now() }),
        };
      }),
    finish: (visit, act, approval) =>
      change(visit, async (tx, row) => {
        const { connection_id } = draft_of(row);
        await record_link(deps, tx, act, row, 'finished', { connection_id });
        if (approval === 'requested') await record_link(deps, tx, act, row, 'approval_requested', { connection_id });
        return { status: 'finished', approval, finished_at: now() };
      }),
  };
}

const over = (): Conflict => new Conflict('setup_link_over', 'This set-up link is finished, revoked or expired.');
const overtaken = (): Conflict => new Conflict('stale', 'Somebody else with this link changed something in the meantime.', { status: 412 });
