import { new_id, type OrgId } from '../kernel/index.ts';
import type { ConsentRow, Storage } from '../storage/index.ts';

/** What a person allows an app to see: scope names by resource ('' for the issuer's own), and claims asked for one by one. */
export type Consent = Pick<ConsentRow, 'scopes' | 'claims'>;

interface About {
  readonly org_id: OrgId;
  readonly user_id: string;
  readonly client_id: string;
}

/** What the person has allowed this app before, in whatever browser; undefined when nothing, or when it was taken back. */
export function consent_of(storage: Storage, { org_id, user_id, client_id }: About): Promise<Consent | undefined> {
  return storage.org(org_id).consents.find_one({ user_id, client_id });
}

/** Adds to what the person has allowed before. */
export async function keep_consent(storage: Storage, about: About, given: Consent, now: number): Promise<void> {
  const { org_id, user_id, client_id } = about;
  await storage.transact(async (tx) => {
    // the person's row is held: of two pages at once, the second adds to what the first kept
    await tx.sql.run(`UPDATE "users" SET "version" = "version" WHERE "org_id" = ? AND "id" = ?`, [org_id, user_id]);
    const rows = tx.org(org_id).consents;
    const before = await rows.find_one({ user_id, client_id });
    if (before === undefined) {
      await rows.insert({ id: new_id('cns'), user_id, client_id, ...given, created_at: now, updated_at: now });
      return;
    }
    await rows.update({ id: before.id }, { ...joined(before, given), updated_at: now });
  });
}

function joined(before: Consent, given: Consent): Consent {
  const scopes: Record<string, string[]> = { ...before.scopes };
  for (const [resource, names] of Object.entries(given.scopes)) scopes[resource] = [...new Set([...(scopes[resource] ?? []), ...names])];
  return { scopes, claims: [...new Set([...before.claims, ...given.claims])] };
}
