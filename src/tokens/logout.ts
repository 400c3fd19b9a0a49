import type { KoaContextWithOIDC } from 'oidc-provider';
import { logout_form } from './faces.ts';
import type { IssuerDeps } from './issuer_deps.ts';
import { sign_in_of_session } from './sign_in.ts';

/** RP-initiated logout: an app that proves whose session it is with its `id_token_hint` is believed; anybody else's request asks the person first. */
export function make_logout_source(deps: IssuerDeps): (ctx: KoaContextWithOIDC) => Promise<void> {
  return async (ctx) => {
    const hint = ctx.oidc.entities.IdTokenHint;
    const session = ctx.oidc.session;
    if (hint === undefined || session === undefined || hint.payload.sub !== session.accountId) {
      logout_form(ctx);
      return;
    }
    const onward = await end_session(deps, session.uid, way_out(ctx));
    await session.destroy();
    leave(ctx, onward);
  };
}

/** Ends what the issuer's session stood for, its apps told. Answers where the browser goes first, where the partner's session is to end as well. */
export async function end_session(deps: IssuerDeps, session_uid: string, return_url: string): Promise<string | undefined> {
  const sign_in = await sign_in_of_session(deps.storage, session_uid);
  if (sign_in === undefined) return undefined;
  // looked at before the session is gone, and never a reason for it to stay
  const onward = await deps.partner_logout?.(sign_in, return_url).catch(() => undefined);
  await deps.storage.transact(async (tx) => {
    await deps.end_access(tx, { org_id: sign_in.org_id, session_id: sign_in.session_id });
    await deps.session_ended(tx, sign_in);
  });
  return onward;
}

/** Nobody is signed in: straight on, without a form that would need a script. */
export function leave(ctx: KoaContextWithOIDC, onward = way_out(ctx)): void {
  ctx.status = 303;
  ctx.redirect(onward);
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
