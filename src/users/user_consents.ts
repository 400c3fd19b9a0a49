import type { Act } from '../audit/index.ts';
import { NotFound, type OrgId, rfc3339 } from '../kernel/index.ts';
import type { ConsentRow } from '../storage/index.ts';
import { hold_user, require_user } from './find.ts';
import type { UsersDeps } from './record.ts';
import type { PresentedConsent } from './schemas.ts';

export interface UserConsents {
  /** What the person has allowed third-party apps to see, newest first. @throws NotFound */
  consents(id: string): Promise<PresentedConsent[]>;
  /** Takes one back: the app's tokens for this person end, and it asks again. @throws NotFound for a consent of anybody else as well */
  revoke_consent(id: string, consent_id: string, act: Act): Promise<void>;
}

export function user_consents(deps: UsersDeps, org_id: OrgId): UserConsents {
  const { storage } = deps;
  return {
    async consents(id) {
      const user = await require_user(storage.org(org_id).users, id);
      const rows = await storage.org(org_id).consents.find({ user_id: user.id });
      return rows.sort((a, b) => b.created_at - a.created_at || (a.id < b.id ? -1 : 1)).map(present);
    },
    revoke_consent: (id, consent_id, act) =>
      storage.transact(async (tx) => {
        const user = await hold_user(tx, org_id, id);
        const row = await tx.org(org_id).consents.find_one({ id: consent_id, user_id: user.id });
        if (row === undefined) throw new NotFound('consent');
        await tx.org(org_id).consents.delete({ id: row.id });
        await deps.end_access(tx, { org_id, user_id: user.id, client_id: row.client_id }, act);
        await deps.record(tx, act, {
          type: 'consent.revoked',
          org_id,
          target: { kind: 'user', id: user.id, name: user.user_name },
          before: { client_id: row.client_id, scopes: row.scopes },
        });
      }),
  };
}

const present = (row: ConsentRow): PresentedConsent => ({
  id: row.id,
  client_id: row.client_id,
  scopes: [...new Set(Object.values(row.scopes).flat())],
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
});
