import type { OrgId } from '../../kernel/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { ConnectionView } from '../connection/index.ts';
import { own_certificates, partner_certificates, partner_metadata } from './certificates.ts';
import { day, good, type HealthItem, not_good } from './schema.ts';

type Times = ReadonlyMap<string, number>;

/** Every connection: switched on, tried, with certificates that last, and used. */
export async function connection_health(
  storage: Storage,
  org_id: OrgId,
  views: readonly ConnectionView[],
  now: number,
): Promise<HealthItem[]> {
  if (views.length === 0)
    return [
      not_good('connection', 'wrong', {
        detail: 'There is no connection: nobody can sign in.',
        fix: 'Create a connection, or send the organization a set-up link.',
      }),
    ];
  const [signed_in, tested, keys] = [
    await last_sign_ins(storage, org_id),
    await last_tests(storage, org_id),
    await storage.org(org_id).connection_keys.find({}),
  ];
  const items = views.flatMap((view) => [
    enabled(view),
    tried(view, tested, signed_in),
    // nobody depends on what is switched off
    ...(view.enabled ? [...partner_metadata(view), ...partner_certificates(view, now), ...own_certificates(view, keys, now)] : []),
  ]);
  return [...items, last_sign_in(signed_in)];
}

const about_of = (view: ConnectionView) => ({ kind: 'connection' as const, id: view.id, name: view.name });

const enabled = (view: ConnectionView): HealthItem =>
  view.enabled
    ? good('connection', 'Switched on.', about_of(view))
    : not_good(
        'connection',
        'warning',
        { detail: 'Switched off: nobody signs in over it.', fix: 'Test it, then switch it on.' },
        about_of(view),
      );

function tried(view: ConnectionView, tested: Times, signed_in: Times): HealthItem {
  const [test, use] = [tested.get(view.id), signed_in.get(view.id)];
  if (test !== undefined) return good('tested', `A test sign-in passed on ${day(test)}.`, about_of(view));
  if (use !== undefined) return good('tested', `People sign in over it, the last on ${day(use)}.`, about_of(view));
  const said = { detail: 'No test sign-in has passed yet.', fix: 'Open a test sign-in and mend what it crosses.' };
  return not_good('tested', view.enabled ? 'warning' : 'wrong', said, about_of(view));
}

function last_sign_in(signed_in: Times): HealthItem {
  if (signed_in.size === 0)
    return not_good('last_sign_in', 'warning', {
      detail: 'Nobody has signed in yet.',
      fix: 'Tell the people of the organization where they sign in.',
    });
  return good('last_sign_in', `The last sign-in was on ${day(Math.max(...signed_in.values()))}.`);
}

async function last_sign_ins(storage: Storage, org_id: OrgId): Promise<Times> {
  const rows = await storage.sql.all<{ id: string; at: number | string }>(
    `SELECT "connection_id" AS "id", MAX("last_login_at") AS "at" FROM "identities" WHERE "org_id" = ? AND "last_login_at" IS NOT NULL GROUP BY "connection_id"`,
    [org_id],
  );
  return new Map(rows.map(({ id, at }) => [id, Number(at)]));
}

/** As far back as traces are kept. */
async function last_tests(storage: Storage, org_id: OrgId): Promise<Times> {
  const rows = await storage.sql.all<{ id: string; at: number | string }>(
    `SELECT "connection_id" AS "id", MAX("started_at") AS "at" FROM "login_traces" WHERE "org_id" = ? AND "purpose" = 'test' AND "outcome" = 'succeeded' GROUP BY "connection_id"`,
    [org_id],
  );
  return new Map(rows.map(({ id, at }) => [id, Number(at)]));
}
