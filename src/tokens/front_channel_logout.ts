import type { IssuerDeps } from './issuer_deps.ts';

/** An app of a session that has ended: how a person knows it, and what tells its part in this browser, where it hears of the end there. */
export interface ToldHere {
  readonly name: string;
  readonly frame_url: string | undefined;
}

/** What oidc-provider's session remembers of each app, by its id; there also once the session is over. */
export interface KnownApps {
  readonly authorizations?: Readonly<Record<string, { readonly sid?: string | undefined }>> | undefined;
}

/**
 * The apps of a session that are told of its end. For old ones the browser itself calls their address, with
 * `iss` and `sid` (OpenID Connect Front-Channel Logout 1.0, section 3); the others hear by back-channel logout.
 */
export async function told_apps({ directory, issuer }: IssuerDeps, session: KnownApps): Promise<ToldHere[]> {
  const told: ToldHere[] = [];
  for (const [client_id, { sid }] of Object.entries(session.authorizations ?? {})) {
    if (sid === undefined) continue;
    const metadata = (await directory.registered_client(client_id))?.metadata ?? {};
    const { client_name, frontchannel_logout_uri: front, backchannel_logout_uri: back } = metadata;
    if (typeof front !== 'string' && typeof back !== 'string') continue;
    const frame_url = typeof front === 'string' ? address(front, issuer, sid) : undefined;
    told.push({ name: typeof client_name === 'string' ? client_name : client_id, frame_url });
  }
  return told.sort((a, b) => a.name.localeCompare(b.name));
}

/** A query of its own stays as it was registered. */
function address(registered: string, iss: string, sid: string): string {
  const more = new URLSearchParams({ iss, sid }).toString();
  return `${registered}${registered.includes('?') ? '&' : '?'}${more}`;
}
