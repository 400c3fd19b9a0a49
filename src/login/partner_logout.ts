import type { Context } from 'koa';
import { frame_of, send_page } from '../http/index.ts';
import { hash_token, type OrgId, random_token } from '../kernel/index.ts';
import { redirect_page, signed_out_page } from '../pages/index.ts';
import type { Storage } from '../storage/index.ts';
import { type Conductor, go } from './conductor.ts';
import type { ConnectionView, LoginDeps } from './deps.ts';
import { brand_of } from './visit.ts';

/** Until then somebody who has signed out here can sign out at the partner as well, or comes back from there. */
const LIFE_MS = 10 * 60_000;

interface Row {
  readonly id: string;
  readonly org_id: OrgId;
  readonly connection_id: string;
  readonly request: string;
  readonly sealed_pending: string;
}

/** What is kept between the end of a session here and the end of the one at the partner. */
interface Leaving {
  readonly id: string;
  readonly connection: ConnectionView;
  readonly return_url: string;
  /** What the connector kept of the partner's session. */
  readonly session: Readonly<Record<string, string>>;
}

const id_of = (token: string): string => `logout_${hash_token(token)}`;
const context = (id: string): string => `login_attempt/${id}/pending`;

/**
 * Prepares the way to the partner's logout for a session that is about to end; answers where the browser goes first. Undefined where the
 * connection does not want it or nothing is known of the partner's session.
 */
export function make_partner_logout(deps: {
  readonly storage: Storage;
  readonly now: () => number;
  readonly issuer_url: string;
  readonly directory: Pick<LoginDeps['directory'], 'connection_view'>;
}) {
  const { storage } = deps;
  return async (
    ending: { readonly org_id: OrgId; readonly session_id: string; readonly connection_id: string },
    return_url: string,
  ): Promise<string | undefined> => {
    const { org_id, session_id, connection_id } = ending;
    const connection = await deps.directory.connection_view(connection_id);
    if (connection?.enabled !== true || !wants_logout(connection)) return undefined;
    const row = await storage.sql.get<{ sealed_upstream: string | null }>(
      `SELECT "sealed_upstream" FROM "sessions" WHERE "org_id" = ? AND "id" = ?`,
      [org_id, session_id],
    );
    if (row === undefined || row.sealed_upstream === null) return undefined;
    const session = storage.seal.open(row.sealed_upstream, `session/${org_id}/${session_id}`);
    const token = random_token(24);
    const id = id_of(token);
    const at = deps.now();
    await storage.write_once(
      `INSERT INTO "login_attempts" ("id", "purpose", "browser_hash", "org_id", "connection_id", "reference", "request", "sealed_pending", "steps", "started_at", "expires_at")
       VALUES (?, 'logout', '', ?, ?, '', ?, ?, '[]', ?, ?)`,
      [id, org_id, connection_id, JSON.stringify({ return_url }), storage.seal.seal(session, context(id)), at, at + LIFE_MS],
    );
    return `${deps.issuer_url.replace(/\/$/, '')}/logout/partner/${token}`;
  };
}

const wants_logout = ({ settings }: ConnectionView): boolean => settings['logout'] === 'offer' || settings['logout'] === 'follow';

/** The session here is over: the partner's may end as well, at once or if the person wants it. */
export async function offer_partner_logout(conductor: Conductor, ctx: Context): Promise<void> {
  const { deps } = conductor;
  const leaving = await find_leaving(deps, 'id', id_of(ctx.path.split('/')[3] ?? ''));
  if (leaving === undefined) return signed_out(conductor, ctx, undefined, {});
  if (leaving.connection.settings['logout'] === 'follow') return follow_partner_logout(conductor, ctx);
  return signed_out(conductor, ctx, leaving, { url: new URL(`${ctx.path}/go`, deps.issuer_url).href });
}

/** Off to the partner. Whatever is wrong there, the person comes back to the app. */
export async function follow_partner_logout(conductor: Conductor, ctx: Context): Promise<void> {
  const { deps } = conductor;
  const leaving = await find_leaving(deps, 'id', id_of(ctx.path.split('/')[3] ?? ''));
  if (leaving === undefined) return signed_out(conductor, ctx, undefined, {});
  const { id, connection, session, return_url } = leaving;
  const handle = random_token(24);
  const departure = await depart(deps, connection, session, handle).catch((error: unknown) => {
    deps.log_error(error, { reference: connection.id, request_id: '' });
    return undefined;
  });
  if (departure === undefined) return signed_out(conductor, ctx, leaving, { partial: true });
  const won = await deps.storage.write_once(`UPDATE "login_attempts" SET "handle_hash" = ? WHERE "id" = ? AND "finished_at" IS NULL`, [
    hash_token(handle),
    id,
  ]);
  if (won !== 1) return go({ ctx }, return_url);
  const { send } = departure;
  if (send.method === 'GET') return go({ ctx }, send.url);
  send_page(ctx, 200, redirect_page({ action: send.url, fields: send.fields }, frame_of(ctx)));
}

async function depart(deps: LoginDeps, connection: ConnectionView, session: Leaving['session'], handle: string) {
  const connector = await deps.connector(connection.id);
  if (connector.kind !== 'redirect' || connector.logout === undefined) return undefined;
  return connector.logout.begin(session, handle, { signal: AbortSignal.timeout(deps.step_timeout_ms), check: () => undefined });
}

/** Back from the partner: on to the app, unless the partner says that something did not end. Once; undefined answers belong to nobody here. */
export async function back_from_partner(
  conductor: Conductor,
  ctx: Context,
  connection: ConnectionView,
  answer: { readonly handle: string | undefined; readonly complete: boolean; readonly detail: string },
): Promise<void> {
  const { deps } = conductor;
  const found = answer.handle === undefined ? undefined : await find_leaving(deps, 'handle_hash', hash_token(answer.handle));
  const leaving = found?.connection.id === connection.id ? found : undefined;
  if (leaving === undefined) return signed_out(conductor, ctx, undefined, {});
  await deps.storage.transact(async (tx) => {
    await tx.sql.run(`DELETE FROM "login_attempts" WHERE "id" = ?`, [leaving.id]);
    await deps.record(
      tx,
      { actor: { kind: 'user' } },
      {
        type: 'session.ended_at_partner',
        org_id: connection.org_id,
        target: { kind: 'connection', id: connection.id, name: connection.name },
        after: { complete: answer.complete, detail: answer.detail },
      },
    );
  });
  if (answer.complete) return go({ ctx }, leaving.return_url);
  return signed_out(conductor, ctx, leaving, { partial: true });
}

async function signed_out(
  { deps }: Conductor,
  ctx: Context,
  leaving: Leaving | undefined,
  partner: { readonly url?: string; readonly partial?: boolean },
): Promise<void> {
  if (leaving === undefined) return send_page(ctx, 200, signed_out_page({}, frame_of(ctx)));
  const organization = await deps.directory.organization_view(leaving.connection.org_id);
  const brand = organization === undefined ? undefined : brand_of(organization);
  const view = { return_url: leaving.return_url, partner: { name: leaving.connection.name, ...partner } };
  send_page(ctx, 200, signed_out_page(view, frame_of(ctx, { brand })));
}

async function find_leaving(deps: LoginDeps, column: 'id' | 'handle_hash', value: string): Promise<Leaving | undefined> {
  const row = await deps.storage.sql.get<Row>(
    `SELECT "id", "org_id", "connection_id", "request", "sealed_pending" FROM "login_attempts" WHERE "${column}" = ? AND "purpose" = 'logout' AND "finished_at" IS NULL AND "expires_at" > ?`,
    [value, deps.now()],
  );
  const connection = row === undefined ? undefined : await deps.directory.connection_view(row.connection_id);
  if (row === undefined || connection?.org_id !== row.org_id) return undefined;
  const { return_url } = JSON.parse(row.request) as { return_url: string }; // written by make_partner_logout
  const session = JSON.parse(deps.storage.seal.open(row.sealed_pending, context(row.id))) as Record<string, string>; // the same
  return { id: row.id, connection, return_url, session };
}
