import type { KoaContextWithOIDC } from 'oidc-provider';
import type { OrgId } from '../../src/kernel/index.ts';
import type { Storage } from '../../src/storage/index.ts';
import type { ClaimsDeps } from '../../src/tokens/claims.ts';
import { make_load_grant } from '../../src/tokens/grants.ts';

/** What the authorization endpoint does for an app once it has looked at the session, without the endpoint: every app is known to this process. */
export function make_grant_loader(
  storage: Storage,
  signed_in: { org_id: OrgId; session_id: string; user_id: string; connection_id: string },
): (client_id: string) => Promise<unknown> {
  class Grant {
    jti = '';
    readonly accountId: string;
    readonly clientId: string;
    constructor({ accountId, clientId }: { accountId: string; clientId: string }) {
      this.accountId = accountId;
      this.clientId = clientId;
    }
    getOIDCScope(): string {
      return '';
    }
    getOIDCClaims(): string[] {
      return [];
    }
    async save(): Promise<void> {}
  }
  const directory = {
    client: async (client_id: string) => ({ client_id, metadata: {}, secret: '', organizations: null, first_party: true }),
  };
  const deps = { storage, directory, now: () => 0 } as unknown as ClaimsDeps; // no more of the directory is asked
  const load = make_load_grant(deps);
  return (client_id) => {
    const oidc = {
      session: { grantIdFor: () => undefined, ensureClientContainer: () => {}, sidFor: () => 'sid' },
      client: { clientId: client_id },
      account: { accountId: signed_in.user_id, sign_in: { ...signed_in, user: { id: signed_in.user_id } } },
      provider: { Grant },
      requestParamOIDCScopes: [],
      requestParamClaims: [],
      requestParamScopes: [],
    };
    return load({ oidc } as unknown as KoaContextWithOIDC); // what is read of it
  };
}
