import type { KoaContextWithOIDC } from 'oidc-provider';
import { logout_form, signed_out_of } from './faces.ts';
import { type KnownApps, told_apps, type ToldHere } from './front_channel_logout.ts';
import type { EndedBy, IssuerDeps } from './issuer_deps.ts';
import { type SignIn, sign_in_of_session } from './sign_in.ts';

/** RP-initiated logout: an app that proves whose session it is with its `id_token_hint` is believed; anybody else's request asks the person first. */
export function make_logout_source(deps: IssuerDeps): (ctx: KoaContextWithOIDC) => Promise<void> {
  return async (ctx) => {
    const hint = ctx.oidc.entities.IdTokenHint;
    const session = ctx.oidc.session;
    if (hint === undefined || session === undefined || hint.payload.sub !== session.accountId) {
      logout_form(ctx);
      return;
    }
    const ended = await end_session(deps, session, way_out(ctx));
    await session.destroy();
    leave(ctx, ended);
  };
}

/** What is left to do in the browser once a session has ended. */
export interface EndedHere {
  /** Where it goes first, where the partner's session is to end as well. */
  readonly onward?: string | undefined;
  readonly apps?: readonly ToldHere[];
}

/** Ends what the issuer's session stood for, its apps told. */
export async function end_session(deps: IssuerDeps, session: { readonly uid: string } & KnownApps, return_url: string): Promise<EndedHere> {
  const sign_in = await sign_in_of_session(deps.storage, session.uid);
  const apps = await told_apps(deps, session);
  if (sign_in === undefined) return { apps };
  // looked at before the session is gone, and never a reason for it to stay
  const onward = await deps.partner_logout?.(sign_in, return_url).catch(() => undefined);
  await end_sign_in(deps, sign_in, 'person');
  return { onward, apps };
}

/** Ends a sign-in with every app's access that rests on it. */
export async function end_sign_in(
  { storage, end_access, session_ended }: Pick<IssuerDeps, 'storage' | 'end_access' | 'session_ended'>,
  sign_in: SignIn,
  by: EndedBy,
): Promise<void> {
  await storage.transact(async (tx) => {
    await end_access(tx, { org_id: sign_in.org_id, session_id: sign_in.session_id });
    await session_ended(tx, sign_in, by);
  });
}

/** Nobody is signed in any more: straight on, without a form that would need a script; by our page where an app is told in this browser. */
export function leave(ctx: KoaContextWithOIDC, { onward, apps = [] }: EndedHere = {}, after = way_out(ctx)): void {
  const next = onward ?? after;
  if (apps.some(({ frame_url }) => frame_url !== undefined)) {
    // our own page for afterwards is this one
    const ours = new URL(next).pathname === new URL(ctx.oidc.urlFor('end_session_success')).pathname && onward === undefined;
    signed_out_of(ctx, apps, ours ? undefined : next);
    return;
  }
  ctx.status = 303;
  ctx.redirect(next);
}

/** The app's own address for afterwards, which oidc-provider has checked, or our page. */
function way_out(ctx: KoaContextWithOIDC): string {
  const { params, client } = ctx.oidc;
  const target = typeof params?.['post_logout_redirect_uri'] === 'string' ? params['post_logout_redirect_uri'] : undefined;
  const url = new URL(target ?? ctx.oidc.urlFor('end_session_success'));
  if (target === undefined && client !== undefined) url.searchParams.set('client_id', client.clientId);
  if (target !== undefined && typeof params?.['state'] === 'string') url.searchParams.set('state', params['state']);
  return url.href;
}
