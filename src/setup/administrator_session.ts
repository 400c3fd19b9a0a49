import type { Context } from 'koa';
import { z } from 'zod';
import { own_cookie } from '../http/index.ts';
import type { Administrator } from './administrator.ts';
import type { SetupDeps } from './deps.ts';

const MINUTE_MS = 60_000;
/** Without a request. */
const IDLE_MS = 30 * MINUTE_MS;
/** However much it is used. */
const LIFE_MS = 8 * 60 * MINUTE_MS;
const CONTEXT = 'setup administrator';

const content = z.object({ grant_hash: z.string(), since: z.int(), seen: z.int() });
type Content = z.output<typeof content>;

/** An administrator of an organization, for one request. */
export interface AdministratorSession {
  readonly administrator: Administrator;
  readonly grant_hash: string;
  readonly ends_at: number;
}

type Deps = Pick<SetupDeps, 'issuer_url' | 'seal' | 'now' | 'administrators'>;

/** Sealed, so that nobody can make one; worth exactly what the sign-in behind it is worth at the moment of the request. Lax: links in mails lead here, and no GET changes anything. */
const cookie_of = ({ issuer_url }: Deps) => own_cookie(issuer_url, 'postern_setup_person');

function give(deps: Deps, ctx: Context, session: Content): void {
  cookie_of(deps).set(ctx, deps.seal.seal(JSON.stringify(session), CONTEXT));
}

/** Always a new one: what the browser brought along is never taken over. */
export function open_session(deps: Deps, ctx: Context, grant_hash: string): void {
  const at = deps.now();
  give(deps, ctx, { grant_hash, since: at, seen: at });
}

export const close_session = (deps: Deps, ctx: Context): void => cookie_of(deps).clear(ctx);

/** Undefined when nobody is signed in, and once the sign-in, the role or the person is gone. */
export async function session_here(deps: Deps, ctx: Context): Promise<AdministratorSession | undefined> {
  const session = read(deps, cookie_of(deps).get(ctx));
  const at = deps.now();
  if (session === undefined || session.seen + IDLE_MS <= at || session.since + LIFE_MS <= at) return undefined;
  const { grant_hash } = session;
  const administrator = await deps.administrators.of_grant(grant_hash);
  if (administrator === undefined) return undefined;
  if (at - session.seen >= MINUTE_MS) give(deps, ctx, { ...session, seen: at });
  return { administrator, grant_hash, ends_at: session.since + LIFE_MS };
}

function read({ seal }: Deps, sealed: string | undefined): Content | undefined {
  if (sealed === undefined) return undefined;
  try {
    return content.parse(JSON.parse(seal.open(sealed, CONTEXT)));
  } catch {
    return undefined;
  }
}
